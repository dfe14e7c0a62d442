import type { Profile, SandboxAccess } from '../../../contract/index.ts';

type Section = readonly [name: string, entries: Readonly<Record<string, string | undefined>>];

/** An INI file as the AWS CLI writes it: no value is escaped, entries without a value are left out. */
export function iniText(sections: readonly Section[]): string {
  return sections
    .map(([name, entries]) => {
      const lines = Object.entries(entries).flatMap(([key, value]) =>
        value === undefined ? [] : [`${key} = ${value}`],
      );
      return `[${name}]\n${lines.map((line) => `${line}\n`).join('')}`;
    })
    .join('\n');
}

const credentialsOf = (profile: Profile): Section[1] => ({
  aws_access_key_id: profile.accessKeyId,
  aws_secret_access_key: profile.secretAccessKey,
  aws_session_token: profile.sessionToken,
});

/** `~/.aws/credentials`: the first profile is the default too, under its own name as well. */
export function credentialsFile(sandbox: SandboxAccess): string {
  const [first] = sandbox.profiles;
  return iniText([
    ...(first && first.name !== 'default' ? [['default', credentialsOf(first)] as const] : []),
    ...sandbox.profiles.map((profile) => [profile.name, credentialsOf(profile)] as const),
  ]);
}

/** `~/.aws/config`: region and endpoint for each profile. */
export function configFile(sandbox: SandboxAccess): string {
  const entries = { region: sandbox.region, endpoint_url: sandbox.endpoint };
  const others = sandbox.profiles.filter((profile) => profile.name !== 'default');
  return iniText([['default', entries], ...others.map((profile) => [`profile ${profile.name}`, entries] as const)]);
}

/** Lines for a shell that make every AWS client in it use this profile. Keys and endpoints hold nothing that a shell reads. */
export function exportLines(sandbox: SandboxAccess, profile: Profile): string {
  return [
    `export AWS_ENDPOINT_URL=${sandbox.endpoint}`,
    `export AWS_REGION=${sandbox.region} AWS_DEFAULT_REGION=${sandbox.region}`,
    `export AWS_ACCESS_KEY_ID=${profile.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${profile.secretAccessKey}`,
    profile.sessionToken ? `export AWS_SESSION_TOKEN=${profile.sessionToken}` : 'unset AWS_SESSION_TOKEN',
    'unset AWS_PROFILE',
    '',
  ].join('\n');
}
