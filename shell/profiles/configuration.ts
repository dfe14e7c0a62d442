/** What the environment, the options and the two files of `~/.aws` say together. */
import type { AwsEnvironment } from '../environment.ts';
import { type CommandFault, generalFault } from '../faults.ts';
import { absolutePath } from '../paths.ts';
import { parseIni, type Section } from './ini.ts';

export interface Profile {
  readonly name: string;
  /** What `~/.aws/config` says, with `~/.aws/credentials` over it. */
  readonly settings: Section;
  /** Of `~/.aws/credentials` alone. */
  readonly shared: Section;
  /** Of `~/.aws/config` alone. */
  readonly config: Section;
}

export interface Configuration {
  /** The profile in use. */
  readonly profile: Profile;
  /** Where its name came from. */
  readonly profileSource: 'option' | 'AWS_PROFILE' | 'AWS_DEFAULT_PROFILE' | 'none';
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly configFile: string;
  readonly credentialsFile: string;
}

/** The paths of the two files, absolute. */
export function configurationFiles(environment: AwsEnvironment): { config: string; credentials: string } {
  const { variables } = environment;
  return {
    config: absolutePath(environment, variables['AWS_CONFIG_FILE'] ?? '~/.aws/config'),
    credentials: absolutePath(environment, variables['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials'),
  };
}

async function readIni(environment: AwsEnvironment, path: string): Promise<ReadonlyMap<string, Section>> {
  if (!(await environment.files.exists(path))) return new Map();
  return parseIni(new TextDecoder('utf-8').decode(await environment.files.readFile(path)), path);
}

/** `profile dev` → `dev`; `default` stands for itself; other sections are none of ours. */
function profileName(section: string): string | undefined {
  if (section === 'default') return section;
  return /^profile\s+["']?([^"']+?)["']?$/.exec(section)?.[1];
}

/** The CLI's fault for a profile that is in neither file. */
export function missingProfile(name: string): CommandFault {
  return generalFault(`The config profile (${name}) could not be found`);
}

/** Reads the files. Throws the CLI's fault where the named profile is in neither. */
export async function readConfiguration(
  environment: AwsEnvironment,
  profileOption: string | undefined,
  missing: 'fault' | 'tolerate' = 'fault',
): Promise<Configuration> {
  const files = configurationFiles(environment);
  const config = await readIni(environment, files.config);
  const shared = await readIni(environment, files.credentials);
  const profiles = new Map<string, Profile>();
  for (const [section, settings] of config) {
    const name = profileName(section);
    if (name !== undefined) profiles.set(name, { name, settings, shared: {}, config: settings });
  }
  for (const [name, settings] of shared) {
    const known = profiles.get(name)?.config ?? {};
    profiles.set(name, { name, settings: { ...known, ...settings }, shared: settings, config: known });
  }
  const { variables } = environment;
  const named =
    profileOption ?? (variables['AWS_PROFILE'] || undefined) ?? (variables['AWS_DEFAULT_PROFILE'] || undefined);
  const profile = profiles.get(named ?? 'default');
  if (profile === undefined && named !== undefined && missing === 'fault') {
    throw missingProfile(named);
  }
  let profileSource: Configuration['profileSource'] = 'none';
  if (profileOption !== undefined) profileSource = 'option';
  else if (variables['AWS_PROFILE']) profileSource = 'AWS_PROFILE';
  else if (variables['AWS_DEFAULT_PROFILE']) profileSource = 'AWS_DEFAULT_PROFILE';
  return {
    profile: profile ?? { name: named ?? 'default', settings: {}, shared: {}, config: {} },
    profileSource,
    profiles,
    configFile: files.config,
    credentialsFile: files.credentials,
  };
}

/** A plain setting of the profile in use; undefined where it has none. */
export function setting(section: Section, name: string): string | undefined {
  const value = section[name];
  return typeof value === 'string' ? value : undefined;
}
