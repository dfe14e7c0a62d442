/** `aws configure list`: the values in use, and where each comes from. */
import { CommandFault } from '../faults.ts';
import type { Printed } from '../printed.ts';
import { missingProfile, setting } from '../profiles/configuration.ts';
import { findCredentials } from '../profiles/credentials.ts';
import { regionOf, type Session } from '../session.ts';

type Row = readonly [value: string, kind: string, location: string];

const NOT_SET: Row = ['<not set>', 'None', 'None'];

function line(name: string, [value, kind, location]: Row): string {
  return `${name.padStart(10)} ${value.padStart(24)} ${kind.padStart(16)}    ${location}\n`;
}

function profileRow(session: Session): Row {
  const { profile, profileSource } = session.configuration;
  if (profileSource === 'option') return [profile.name, 'manual', '--profile'];
  return profileSource === 'none' ? NOT_SET : [profile.name, 'env', "['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']"];
}

function regionRow(session: Session): Row {
  const { variables } = session.environment;
  const named = variables['AWS_REGION'] || variables['AWS_DEFAULT_REGION'];
  if (named) return [named, 'env', "['AWS_REGION', 'AWS_DEFAULT_REGION']"];
  const configured = setting(session.configuration.profile.settings, 'region');
  if (configured !== undefined) return [configured, 'config-file', variables['AWS_CONFIG_FILE'] ?? '~/.aws/config'];
  const region = regionOf(session);
  // The CLI takes a region from anywhere else for one that the instance told it.
  return region === undefined ? NOT_SET : [region, 'imds', ''];
}

/** The table. What was printed before a fault in the credentials stays printed. */
export async function configureList(session: Session): Promise<Printed> {
  const head =
    line('Name', ['Value', 'Type', 'Location']) +
    line('----', ['-----', '----', '--------']) +
    line('profile', profileRow(session));
  const { profile, profiles, profileSource } = session.configuration;
  try {
    if (profileSource !== 'none' && !profiles.has(profile.name)) throw missingProfile(profile.name);
    const credentials = await findCredentials(session);
    const key = (value: string): Row =>
      credentials === undefined ? NOT_SET : [`${'*'.repeat(16)}${value.slice(-4)}`, credentials.method, ''];
    return {
      stdout:
        head +
        line('access_key', key(credentials?.accessKeyId ?? '')) +
        line('secret_key', key(credentials?.secretAccessKey ?? '')) +
        line('region', regionRow(session)),
    };
  } catch (fault) {
    if (!(fault instanceof CommandFault)) throw fault;
    return { stdout: head, stderr: fault.stderr, exitCode: fault.exitCode };
  }
}
