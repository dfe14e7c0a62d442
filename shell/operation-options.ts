/** The options that an operation takes, made of its input's shape and the CLI's own. */
import type { ArgumentSpec } from './argument-parser.ts';
import { CLI_ONLY_OPTIONS } from './customizations.ts';
import {
  type CliService,
  inputShape,
  memberShape,
  type Operation,
  type Shape,
  shapeOf,
} from './service-description.ts';

/** An operation under the name that the user typed. */
export interface OperationCommand {
  readonly service: CliService;
  /** `create-user`. */
  readonly cliName: string;
  readonly operation: Operation;
}

function optionSpec(name: string, shape: Shape, isRequired: boolean): readonly ArgumentSpec[] {
  if (shape.type === 'boolean') {
    return [
      { name: `--${name}`, count: 'none', target: name, required: false },
      { name: `--no-${name}`, count: 'none', target: name, constant: false },
    ];
  }
  const type = shape.type === 'long' ? 'int' : shape.type === 'float' || shape.type === 'double' ? 'float' : undefined;
  return [
    {
      name: `--${name}`,
      count: shape.type === 'list' ? '*' : 'one',
      required: isRequired,
      ...(type !== undefined && { type }),
    },
  ];
}

/** The member that the answer's bytes are in, which are written to a file. */
export function streamedMember(service: CliService, operation: Operation): string | undefined {
  if (operation.output === undefined) return undefined;
  const output = shapeOf(service, operation.output);
  const payload = output.payload;
  if (payload === undefined) return undefined;
  const shape = memberShape(service, output, payload);
  return output.streaming?.includes(payload) || (shape?.type === 'blob' && shape.stream) ? payload : undefined;
}

/** The input member that the paging option `--max-items` hides. */
export function shadowedLimit(operation: Operation): string | undefined {
  const limit = operation.paginator?.limit_key;
  return limit !== undefined && !Object.values(operation.options ?? {}).includes(limit) ? limit : undefined;
}

/** The options of an operation, in the CLI's order. */
export function operationOptions(command: OperationCommand): readonly ArgumentSpec[] {
  const { service, operation } = command;
  const input = inputShape(service, operation);
  const specs: ArgumentSpec[] = [];
  for (const [name, member] of Object.entries(operation.options ?? {})) {
    const shape = memberShape(service, input, member);
    if (shape === undefined) continue;
    const isRequired = (input.required ?? []).includes(member) && !(input.tokens ?? []).includes(member);
    specs.push(...optionSpec(name, shape, isRequired));
  }
  specs.push(...(CLI_ONLY_OPTIONS[`${service.name} ${command.cliName}`] ?? []));
  const outfile = streamedMember(service, operation);
  if (outfile !== undefined) specs.push({ name: 'outfile', positional: true, count: 'one' });
  if (operation.paginator !== undefined) {
    const limit = operation.paginator.limit_key;
    const limitType = limit === undefined ? 'integer' : memberShape(service, input, limit)?.type;
    const type = limitType === 'string' ? {} : { type: 'int' as const };
    specs.push({ name: '--starting-token', count: 'one' });
    if (limit !== undefined) specs.push({ name: '--page-size', count: 'one', ...type });
    specs.push({ name: '--max-items', count: 'one', ...type });
  }
  if (outfile === undefined) {
    specs.push(
      { name: '--cli-input-json', count: 'one' },
      { name: '--cli-input-yaml', count: 'one' },
      {
        name: '--generate-cli-skeleton',
        count: '?',
        constant: 'input',
        choices: ['input', 'output', 'yaml-input'],
      },
    );
  }
  return specs;
}

/** `--cli-input-json` and a skeleton make every option optional. */
export function relaxed(specs: readonly ArgumentSpec[], words: readonly string[]): readonly ArgumentSpec[] {
  const skeleton = words.indexOf('--generate-cli-skeleton');
  const isRelaxed =
    words.includes('--cli-input-json') ||
    words.includes('--cli-input-yaml') ||
    (skeleton >= 0 && words[skeleton + 1] !== 'output');
  return isRelaxed ? specs.map((spec) => (spec.positional ? spec : { ...spec, required: false })) : specs;
}
