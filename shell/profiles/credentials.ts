/** Which keys sign a call. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-authentication.html */
import { connect } from '../client/client.ts';
import { configurationFault, generalFault } from '../faults.ts';
import { loadDescription } from '../service-description.ts';
import type { Session } from '../session.ts';
import { isMap, type ValueMap } from '../value.ts';
import { type Profile, setting } from './configuration.ts';
import { instanceCredentials } from './instance-metadata.ts';
import type { Credentials } from './key-pair.ts';

function fromEnvironment(variables: Readonly<Record<string, string>>): Credentials | undefined {
  const accessKeyId = variables['AWS_ACCESS_KEY_ID'];
  if (!accessKeyId) return undefined;
  const secretAccessKey = variables['AWS_SECRET_ACCESS_KEY'];
  if (!secretAccessKey) {
    throw generalFault('Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY');
  }
  const token = variables['AWS_SESSION_TOKEN'] || variables['AWS_SECURITY_TOKEN'];
  return { accessKeyId, secretAccessKey, method: 'env', ...(token && { sessionToken: token }) };
}

function fromSection(section: Profile['settings'], method: Credentials['method']): Credentials | undefined {
  const accessKeyId = setting(section, 'aws_access_key_id');
  if (accessKeyId === undefined) return undefined;
  const secretAccessKey = setting(section, 'aws_secret_access_key');
  if (secretAccessKey === undefined) {
    throw generalFault(`Partial credentials found in ${method}, missing: aws_secret_access_key`);
  }
  const token = setting(section, 'aws_session_token');
  return { accessKeyId, secretAccessKey, method, ...(token !== undefined && { sessionToken: token }) };
}

function staticKeys(profile: Profile): Credentials | undefined {
  return fromSection(profile.shared, 'shared-credentials-file') ?? fromSection(profile.config, 'config-file');
}

const CREDENTIAL_SOURCES = ['Ec2InstanceMetadata', 'Environment', 'EcsContainer'];

async function originCredentials({ environment }: Session, origin: string): Promise<Credentials | undefined> {
  if (origin === 'Environment') return fromEnvironment(environment.variables);
  return origin === 'Ec2InstanceMetadata' ? instanceCredentials(environment) : undefined;
}

/** The keys that a role is assumed with. */
async function sourceOf(session: Session, profile: Profile, visited: readonly string[]): Promise<Credentials> {
  const source = setting(profile.settings, 'source_profile');
  const origin = setting(profile.settings, 'credential_source');
  if (source !== undefined && origin !== undefined) {
    throw generalFault(`The profile "${profile.name}" contains both source_profile and credential_source.`);
  }
  if (origin !== undefined) {
    if (!CREDENTIAL_SOURCES.includes(origin)) {
      throw generalFault(`The credential source "${origin}" referenced in profile "${profile.name}" is not valid.`);
    }
    const found = await originCredentials(session, origin);
    if (found === undefined) {
      throw generalFault(
        `Error when retrieving credentials from ${origin}: No credentials found in credential_source referenced in profile ${profile.name}`,
      );
    }
    return found;
  }
  if (source === undefined) {
    throw generalFault(`Partial credentials found in assume-role, missing: source_profile or credential_source`);
  }
  const named = session.configuration.profiles.get(source);
  if (named === undefined) {
    throw generalFault(`The source_profile "${source}" referenced in the profile "${profile.name}" does not exist.`);
  }
  if (visited.includes(source) && (source !== profile.name || staticKeys(named) === undefined)) {
    throw generalFault(
      `Infinite loop in credential configuration detected. Attempting to load from profile ${source} which has already been visited. Visited profiles: [${visited.map((name) => `'${name}'`).join(', ')}]`,
    );
  }
  if (source === profile.name || setting(named.settings, 'role_arn') === undefined) {
    const keys = staticKeys(named);
    if (keys !== undefined) return keys;
    throw generalFault(`The source profile "${source}" must have credentials.`);
  }
  return assumeRole(session, named, [...visited, source]);
}

function member(map: ValueMap, name: string): string {
  const value = map[name];
  return typeof value === 'string' ? value : '';
}

async function assumeRole(session: Session, profile: Profile, visited: readonly string[]): Promise<Credentials> {
  const source = await sourceOf(session, profile, visited);
  const sts = await loadDescription('sts');
  if (sts === undefined) throw generalFault('The service sts is not offered here.');
  const client = await connect(session, sts, source);
  const duration = setting(profile.settings, 'duration_seconds');
  const externalId = setting(profile.settings, 'external_id');
  const { output } = await client.callNamed('AssumeRole', {
    RoleArn: setting(profile.settings, 'role_arn') ?? '',
    RoleSessionName:
      setting(profile.settings, 'role_session_name') ??
      `botocore-session-${Math.floor(session.environment.now() / 1000)}`,
    ...(duration !== undefined && { DurationSeconds: Number(duration) }),
    ...(externalId !== undefined && { ExternalId: externalId }),
  });
  const keys = output['Credentials'];
  if (!isMap(keys)) throw generalFault('AssumeRole answered without credentials.');
  return {
    accessKeyId: member(keys, 'AccessKeyId'),
    secretAccessKey: member(keys, 'SecretAccessKey'),
    sessionToken: member(keys, 'SessionToken'),
    method: 'assume-role',
  };
}

/** The credentials that `session` works with; undefined where there are none. */
export async function findCredentials(session: Session): Promise<Credentials | undefined> {
  const { profile, profileSource } = session.configuration;
  if (profileSource !== 'option') {
    const found = fromEnvironment(session.environment.variables);
    if (found !== undefined) return found;
  }
  if (setting(profile.settings, 'role_arn') !== undefined) return assumeRole(session, profile, [profile.name]);
  return staticKeys(profile) ?? instanceCredentials(session.environment);
}

/** As above. Throws the CLI's configuration fault where there are none. */
export async function resolveCredentials(session: Session): Promise<Credentials> {
  const found = await findCredentials(session);
  if (found === undefined) {
    throw configurationFault('Unable to locate credentials. You can configure credentials by running "aws configure".');
  }
  return found;
}
