/** What can be typed next: the candidates behind Tab. */
import type { ArgumentSpec } from './argument-parser.ts';
import { CONFIGURE_COMMANDS } from './configure/command.ts';
import type { AwsEnvironment } from './environment.ts';
import { GLOBAL_OPTIONS } from './globals.ts';
import { operationOptions } from './operation-options.ts';
import { readConfiguration } from './profiles/configuration.ts';
import { S3_COMMANDS } from './s3/options.ts';
import {
  type CliService,
  DESCRIBED_SERVICES,
  inputShape,
  loadDescription,
  memberShape,
  type Operation,
} from './service-description.ts';

const COMMANDS: readonly string[] = [...DESCRIBED_SERVICES, 's3', 'configure', 'help'].sort();

interface Place {
  /** Words that are no options and no options' values. */
  readonly path: readonly string[];
  /** The option whose value is being typed. */
  readonly option?: ArgumentSpec;
  readonly used: ReadonlySet<string>;
}

/** Follows the words up to the one being typed. */
function placeOf(words: readonly string[], options: readonly ArgumentSpec[]): Place {
  const path: string[] = [];
  const used = new Set<string>();
  let open: ArgumentSpec | undefined;
  for (const word of words.slice(0, -1)) {
    if (word.startsWith('--')) {
      const spec = options.find(({ name }) => name === word);
      used.add(word);
      open = spec === undefined || spec.count === 'none' ? undefined : spec;
    } else if (open === undefined) path.push(word);
    else if (open.count !== '*' && open.count !== '+') open = undefined;
  }
  return { path, used, ...(open !== undefined && { option: open }) };
}

async function profileNames(environment: AwsEnvironment | undefined): Promise<readonly string[]> {
  if (environment === undefined) return [];
  try {
    return [...(await readConfiguration(environment, undefined, 'tolerate')).profiles.keys()];
  } catch {
    return [];
  }
}

function enumValues(service: CliService, operation: Operation, option: string): readonly string[] {
  const member = operation.options?.[option.slice(2)];
  const shape = member === undefined ? undefined : memberShape(service, inputShape(service, operation), member);
  return shape?.enum ?? [];
}

interface Known {
  readonly subcommands: readonly string[];
  readonly options: readonly ArgumentSpec[];
  readonly values: (option: ArgumentSpec) => readonly string[];
}

const choices = (option: ArgumentSpec): readonly string[] => option.choices ?? [];

/** What the command line knows at a place. */
async function knownAt([command, name, waiter]: readonly string[]): Promise<Known> {
  const nothing: Known = { subcommands: [], options: [], values: choices };
  if (command === undefined) return { ...nothing, subcommands: COMMANDS };
  if (command === 's3') {
    if (name === undefined) return { ...nothing, subcommands: Object.keys(S3_COMMANDS) };
    return { ...nothing, options: (S3_COMMANDS[name] ?? []).filter((spec) => spec.positional !== true) };
  }
  if (command === 'configure') return { ...nothing, subcommands: name === undefined ? CONFIGURE_COMMANDS : [] };
  const service = await loadDescription(command);
  if (service === undefined) return nothing;
  const waiters = Object.keys(service.waiters);
  if (name === undefined) {
    const wait = waiters.length > 0 ? ['wait'] : [];
    return { ...nothing, subcommands: [...Object.keys(service.operations), ...wait, 'help'] };
  }
  if (name === 'wait' && waiter === undefined) return { ...nothing, subcommands: waiters };
  const polled = name === 'wait' ? service.waiters[waiter ?? '']?.operation : undefined;
  const [cliName, operation] =
    Object.entries(service.operations).find(([known, entry]) => known === name || entry.name === polled) ?? [];
  if (cliName === undefined || operation === undefined) return nothing;
  return {
    subcommands: [],
    options: operationOptions({ service, cliName, operation }).filter((spec) => spec.positional !== true),
    values: (option) => option.choices ?? enumValues(service, operation, option.name),
  };
}

/**
 * Candidates for the last of `words` (the words after `aws`; the last may be empty): commands, operations, options, and
 * the values of options that have a list of them. With an environment, `--profile` offers the profiles there are.
 * An empty answer means that a value of the user's own, such as a file, is due.
 */
export async function completions(words: readonly string[], environment?: AwsEnvironment): Promise<readonly string[]> {
  const typed = words.at(-1) ?? '';
  const known = await knownAt(placeOf(words, GLOBAL_OPTIONS).path);
  const options = [...known.options, ...GLOBAL_OPTIONS];
  const place = placeOf(words, options);
  const offered = async (): Promise<readonly string[]> => {
    const isOption = typed.startsWith('-');
    if (place.option?.name === '--profile' && !isOption) return profileNames(environment);
    if (place.option !== undefined && !isOption) return known.values(place.option);
    if (isOption) return options.map(({ name }) => name).filter((name) => !place.used.has(name));
    return known.subcommands;
  };
  return (await offered()).filter((candidate) => candidate.startsWith(typed));
}
