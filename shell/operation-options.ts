/** The options that an operation takes, made of its input's shape and the CLI's own. */
import type { ArgumentSpec } from './argument-parser.ts';
import { customizationOf } from './customizations/index.ts';
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

/** EC2's booleans in a structure of their own, which the CLI takes as switches as well: `--no-source-dest-check`. */
function isSwitchInside(service: CliService, shape: Shape): boolean {
  const members = Object.entries(shape.members ?? {});
  const [member, inner] = members[0] ?? [];
  if (service.name !== 'ec2' || members.length !== 1 || member !== 'Value' || inner === undefined) return false;
  return shapeOf(service, inner).type === 'boolean';
}

function optionSpec(service: CliService, name: string, shape: Shape, isRequired: boolean): readonly ArgumentSpec[] {
  if (shape.type === 'boolean') {
    return [
      { name: `--${name}`, count: 'none', target: name, required: false },
      { name: `--no-${name}`, count: 'none', target: name, constant: false },
    ];
  }
  if (isSwitchInside(service, shape)) {
    return [
      { name: `--${name}`, count: '?', target: name, constant: 'Value=true', required: isRequired },
      { name: `--no-${name}`, count: 'none', target: name, constant: 'Value=false' },
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
  return shape?.type === 'blob' ? payload : undefined;
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
  const customization = customizationOf(command);
  const specs: ArgumentSpec[] = [];
  for (const [name, member] of Object.entries(operation.options ?? {})) {
    const shape = memberShape(service, input, member);
    if (shape === undefined) continue;
    const isRequired =
      (input.required ?? []).includes(member) &&
      !(input.tokens ?? []).includes(member) &&
      !(customization?.optional ?? []).includes(name);
    specs.push(...optionSpec(service, name, shape, isRequired));
  }
  specs.push(...(customization?.options ?? []));
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
