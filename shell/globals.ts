/** The options that every command takes. */
import type { ArgumentSpec, ParsedArguments } from './argument-parser.ts';
import type { BinaryFormat } from './client/request.ts';
import { parameterFault } from './faults.ts';
import { checkQuery } from './output/query.ts';

export const OUTPUT_FORMATS = ['json', 'text', 'table', 'yaml', 'yaml-stream'] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** In the CLI's order. */
export const GLOBAL_OPTIONS: readonly ArgumentSpec[] = [
  { name: '--debug', count: 'none' },
  { name: '--endpoint-url', count: 'one' },
  { name: '--no-verify-ssl', count: 'none' },
  { name: '--no-paginate', count: 'none' },
  { name: '--output', count: 'one', choices: OUTPUT_FORMATS },
  { name: '--query', count: 'one' },
  { name: '--profile', count: 'one' },
  { name: '--region', count: 'one' },
  { name: '--version', count: 'none' },
  { name: '--color', count: 'one', choices: ['on', 'off', 'auto'] },
  { name: '--no-sign-request', count: 'none' },
  { name: '--ca-bundle', count: 'one' },
  { name: '--cli-read-timeout', count: 'one', type: 'int' },
  { name: '--cli-connect-timeout', count: 'one', type: 'int' },
  { name: '--cli-binary-format', count: 'one', choices: ['base64', 'raw-in-base64-out'] },
  { name: '--no-cli-pager', count: 'none' },
  { name: '--cli-auto-prompt', count: 'none' },
  { name: '--no-cli-auto-prompt', count: 'none' },
];

export interface Globals {
  readonly endpointUrl?: string;
  readonly paginate: boolean;
  readonly output?: OutputFormat;
  readonly query?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly signRequest: boolean;
  readonly binaryFormat?: BinaryFormat;
}

function text(parsed: ParsedArguments, name: string): string | undefined {
  const value = parsed.values.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** Reads the global options. Throws the CLI's faults for a bad query or endpoint. */
export function readGlobals(parsed: ParsedArguments): Globals {
  const query = text(parsed, 'query');
  if (query !== undefined) checkQuery(query);
  const endpointUrl = text(parsed, 'endpoint-url');
  if (endpointUrl !== undefined && !/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(endpointUrl)) {
    throw parameterFault(
      `Bad value for --endpoint-url "${endpointUrl}": scheme is missing.  Must be of the form http://<hostname>/ or ` +
        'https://<hostname>/',
    );
  }
  const output = OUTPUT_FORMATS.find((format) => format === text(parsed, 'output'));
  const format = text(parsed, 'cli-binary-format');
  const profile = text(parsed, 'profile');
  const region = text(parsed, 'region');
  return {
    ...(endpointUrl !== undefined && { endpointUrl }),
    paginate: !parsed.values.has('no-paginate'),
    ...(output !== undefined && { output }),
    ...(query !== undefined && { query }),
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    signRequest: !parsed.values.has('no-sign-request'),
    ...((format === 'base64' || format === 'raw-in-base64-out') && { binaryFormat: format }),
  };
}
