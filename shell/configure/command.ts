/** `aws configure`, with `list`, `get`, `set` and `list-profiles`. */
import { parseArguments } from '../argument-parser.ts';
import type { AwsEnvironment } from '../environment.ts';
import { generalFault, unknownCommandOptions } from '../faults.ts';
import type { Globals } from '../globals.ts';
import { commandHelp } from '../help.ts';
import type { Printed } from '../printed.ts';
import { type Configuration, readConfiguration } from '../profiles/configuration.ts';
import { onHost, type Session } from '../session.ts';
import { configureList } from './list.ts';
import { type NewValues, updateIni } from './writer.ts';

const LISTED = [
  'list',
  'get',
  'set',
  'add-model',
  'import',
  'list-profiles',
  'sso',
  'sso-session',
  'export-credentials',
  'wizard',
];
/** The subcommands that are offered. */
export const CONFIGURE_COMMANDS = ['list', 'get', 'set', 'list-profiles'];
/** Settings that belong to `~/.aws/credentials`. */
const SECRET = new Set(['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']);
const PROMPTS: readonly (readonly [string, string])[] = [
  ['aws_access_key_id', 'AWS Access Key ID'],
  ['aws_secret_access_key', 'AWS Secret Access Key'],
  ['region', 'Default region name'],
  ['output', 'Default output format'],
];

function words(names: readonly string[], given: readonly string[]): readonly string[] {
  const parsed = parseArguments(
    names.map((name) => ({ name, positional: true as const, count: 'one' as const })),
    given,
  );
  if (parsed.rest.length > 0) throw unknownCommandOptions(parsed.rest);
  return names.map((name) => String(parsed.values.get(name)));
}

async function write(environment: AwsEnvironment, path: string, section: string, values: NewValues): Promise<void> {
  const { files } = environment;
  const before = (await files.exists(path)) ? new TextDecoder('utf-8').decode(await files.readFile(path)) : '';
  await files.makeDirectory(path.slice(0, path.lastIndexOf('/')) || '/');
  await files.writeFile(path, new TextEncoder().encode(updateIni(before, section, values)));
}

/** `default`, or `profile dev`, with quotes where the name has spaces. */
function configSection(profile: string): string {
  if (profile === 'default') return profile;
  return `profile ${/\s/.test(profile) ? `'${profile.replaceAll("'", "'\"'\"'")}'` : profile}`;
}

async function set(
  environment: AwsEnvironment,
  configuration: Configuration,
  name: string,
  value: string,
): Promise<Printed> {
  const parts = name.split('.');
  let profile = configuration.profile.name;
  if (parts.length > 1 && parts[0] === 'default') {
    profile = 'default';
    parts.shift();
  } else if (parts.length > 1 && parts[0] === 'profile') {
    profile = parts[1] ?? '';
    parts.splice(0, 2);
  }
  const [key = '', inner] = parts;
  const values: NewValues = { [key]: parts.length === 2 && inner !== undefined ? { [inner]: value } : value };
  if (SECRET.has(key)) await write(environment, configuration.credentialsFile, profile, values);
  else await write(environment, configuration.configFile, configSection(profile), values);
  return { stdout: '' };
}

function get(configuration: Configuration, name: string): Printed {
  const parts = name.split('.');
  let { profile } = configuration;
  if (parts.length > 1) {
    const isNamed = parts[0] === 'profile';
    const owner = isNamed ? parts[1] : parts[0];
    const found = configuration.profiles.get(owner ?? '');
    if (isNamed || owner === 'default' || found !== undefined) {
      profile = found ?? { ...profile, settings: {} };
      parts.splice(0, isNamed ? 2 : 1);
    }
  }
  const [key = '', inner] = parts;
  const value = profile.settings[key];
  const text = inner === undefined || typeof value !== 'object' ? value : value[inner];
  if (typeof text === 'string' && (inner === undefined || typeof value === 'object')) return { stdout: `${text}\n` };
  if (typeof text === 'object') {
    const reason = `varname (${name}) must reference a value, not a section or sub-section.`;
    return { stdout: '', stderr: reason, exitCode: 1 };
  }
  return { stdout: '', exitCode: 1 };
}

function masked(name: string, value: string | undefined): string {
  if (value === undefined) return 'None';
  return SECRET.has(name) ? `${'*'.repeat(16)}${value.slice(-4)}` : value;
}

/** Asks for the four values; the answers are the lines of standard input. */
async function ask(environment: AwsEnvironment, configuration: Configuration): Promise<Printed> {
  const answers = new TextDecoder('utf-8').decode(environment.stdin).split('\n');
  const secrets: Record<string, string> = {};
  const settings: Record<string, string> = {};
  let stdout = '';
  for (const [name, prompt] of PROMPTS) {
    const setting = configuration.profile.settings[name];
    const current = typeof setting === 'string' ? setting : undefined;
    stdout += `${prompt} [${masked(name, current)}]: `;
    if (answers.length <= 1) return { stdout, stderr: '\nEOF when reading a line\n', exitCode: 255 };
    const answer = answers.shift() ?? '';
    if (answer !== '' && answer !== current) (SECRET.has(name) ? secrets : settings)[name] = answer;
  }
  const { name } = configuration.profile;
  if (Object.keys(secrets).length > 0) await write(environment, configuration.credentialsFile, name, secrets);
  if (Object.keys(settings).length > 0) {
    await write(environment, configuration.configFile, configSection(name), settings);
  }
  return { stdout };
}

/** Runs an `aws configure` command by the words after `configure`. */
export async function runConfigure(
  environment: AwsEnvironment,
  globals: Globals,
  given: readonly string[],
): Promise<Printed> {
  if (given[0] === 'help') return { stdout: commandHelp('configure', CONFIGURE_COMMANDS) };
  const parsed = parseArguments([{ name: 'subcommand', positional: true, count: '?', choices: LISTED }], given);
  const name = parsed.values.get('subcommand');
  const toleratesMissing = name === undefined || name === 'set' || name === 'list-profiles' || name === 'list';
  const configuration = await readConfiguration(environment, globals.profile, toleratesMissing ? 'tolerate' : 'fault');
  const session: Session = { environment, globals, configuration };
  switch (name) {
    case undefined:
      if (parsed.rest.length > 0) throw unknownCommandOptions(parsed.rest);
      return ask(environment, configuration);
    case 'list':
      if (parsed.rest.length > 0) throw unknownCommandOptions(parsed.rest);
      return configureList(await onHost(session));
    case 'get': {
      const [variable = ''] = words(['varname'], parsed.rest);
      return get(configuration, variable);
    }
    case 'set': {
      const [variable = '', value = ''] = words(['varname', 'value'], parsed.rest);
      return set(environment, configuration, variable, value);
    }
    case 'list-profiles':
      if (parsed.rest.length > 0) throw unknownCommandOptions(parsed.rest);
      return { stdout: [...configuration.profiles.keys()].map((profile) => `${profile}\n`).join('') };
    default:
      throw generalFault(
        `aws configure ${String(name)} is not offered here; offered are: ${CONFIGURE_COMMANDS.join(', ')}`,
      );
  }
}
