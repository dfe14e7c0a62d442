/** `aws help` and its relatives: short, and made of what the CLI knows of the command. */
import type { ArgumentSpec } from './argument-parser.ts';
import { GLOBAL_OPTIONS } from './globals.ts';
import type { OperationCommand } from './operation-options.ts';
import { inputShape, memberShape } from './service-description.ts';

const COLUMN = 36;

function listed(names: readonly string[]): string {
  return names.map((name) => `  ${name}\n`).join('');
}

function optionLine(spec: ArgumentSpec, kind: string): string {
  const name = spec.positional ? `<${spec.name}>` : spec.name;
  const required = spec.required || (spec.positional && spec.count === 'one') ? ' (required)' : '';
  return `  ${`${name} `.padEnd(COLUMN)}${kind}${required}\n`;
}

const GLOBALS_NOTE = `GLOBAL OPTIONS\n${listed(GLOBAL_OPTIONS.map((spec) => spec.name))}`;

/** Help on one operation: its options with their types. */
export function operationHelp(command: OperationCommand, options: readonly ArgumentSpec[]): string {
  const { service, operation, cliName } = command;
  const input = inputShape(service, operation);
  const lines = options.map((spec) => {
    const member = operation.options?.[spec.name.replace(/^--(no-)?/, '')];
    const shape = member === undefined ? undefined : memberShape(service, input, member);
    const type = spec.name.startsWith('--no-') || spec.count === 'none' ? 'boolean' : (shape?.type ?? 'string');
    const values = shape?.enum !== undefined && shape.enum.length <= 8 ? `: ${shape.enum.join(' | ')}` : '';
    return optionLine(spec, type + values);
  });
  return `NAME
  ${cliName}

SYNOPSIS
  aws ${service.name} ${cliName} [options]

OPTIONS
${lines.join('')}
${GLOBALS_NOTE}
SEE ALSO
  https://docs.aws.amazon.com/cli/latest/reference/${service.name}/${cliName}.html
`;
}

/** Help on a command that is no operation: `s3 cp`. */
export function optionsHelp(name: string, usage: string, options: readonly ArgumentSpec[]): string {
  const lines = options
    .filter((spec) => spec.positional !== true)
    .map((spec) => {
      const kind = spec.count === 'none' ? 'boolean' : (spec.choices?.join(' | ') ?? 'string');
      return optionLine(spec, kind);
    });
  return `NAME
  ${name}

SYNOPSIS
  aws ${name} ${usage} [options]

OPTIONS
${lines.join('')}
${GLOBALS_NOTE}
SEE ALSO
  https://docs.aws.amazon.com/cli/latest/reference/${name.replace(' ', '/')}.html
`;
}

/** Help on a command with subcommands. */
export function commandHelp(name: string, subcommands: readonly string[]): string {
  const words = name === '' ? 'aws' : `aws ${name}`;
  return `NAME
  ${name === '' ? 'aws' : name}

SYNOPSIS
  ${words} [options] <${name === '' ? 'command' : 'subcommand'}> [parameters]

AVAILABLE ${name === '' ? 'SERVICES' : 'COMMANDS'}
${listed(subcommands)}
${GLOBALS_NOTE}`;
}
