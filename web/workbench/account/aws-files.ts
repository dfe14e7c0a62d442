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

/** The sections of an INI text, in order; lines before the first header belong to none. */
function sectionsOf(text: string): { name: string; lines: string[] }[] {
  const sections: { name: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const header = /^\s*\[\s*(.+?)\s*\]\s*$/.exec(line);
    if (header?.[1]) sections.push({ name: header[1], lines: [] });
    else if (line.trim() !== '') sections.at(-1)?.lines.push(line);
  }
  return sections;
}

const keyOf = (line: string): string | undefined => /^\s*([\w.-]+)\s*=/.exec(line)?.[1];

/**
 * The file with the platform's sections renewed: their own keys are replaced, what the learner added to them or beside them
 * stays. `owned` names the keys that the platform writes, also those that it no longer gives a value.
 */
export function mergeIni(existing: string, renewed: string, owned: readonly string[]): string {
  const fresh = sectionsOf(renewed);
  const old = sectionsOf(existing);
  const merged = fresh.map(({ name, lines }) => {
    const kept = old.filter((section) => section.name === name).flatMap((section) => section.lines);
    return { name, lines: [...lines, ...kept.filter((line) => !owned.includes(keyOf(line) ?? ''))] };
  });
  const own = old.filter((section) => !fresh.some(({ name }) => name === section.name));
  return [...merged, ...own]
    .map(({ name, lines }) => `[${name}]\n${lines.map((line) => `${line}\n`).join('')}`)
    .join('\n');
}

/** The keys of `~/.aws/credentials` and `~/.aws/config` that the platform writes. */
export const ownedKeys = {
  credentials: ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'],
  config: ['region', 'endpoint_url'],
} as const;

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
