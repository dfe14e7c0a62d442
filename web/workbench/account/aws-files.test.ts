import { describe, expect, it } from 'vitest';
import type { SandboxAccess } from '../../../contract/index.ts';
import { configFile, credentialsFile, exportLines, mergeIni, ownedKeys } from './aws-files.ts';

const engineer = {
  name: 'engineer',
  principal: 'role/SecurityEngineer',
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'secret/+1',
  sessionToken: 'token==',
};
const bea = { name: 'bea', principal: 'user/Bea', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret2' };
const sandbox: SandboxAccess = {
  accountId: '441709382256',
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:4566',
  backend: 'embedded' as const,
  profiles: [engineer, bea],
};

describe('the files of ~/.aws', () => {
  it('hold the first profile as the default too', () => {
    expect(credentialsFile(sandbox)).toBe(
      [
        '[default]',
        'aws_access_key_id = ASIAEXAMPLE',
        'aws_secret_access_key = secret/+1',
        'aws_session_token = token==',
        '',
        '[engineer]',
        'aws_access_key_id = ASIAEXAMPLE',
        'aws_secret_access_key = secret/+1',
        'aws_session_token = token==',
        '',
        '[bea]',
        'aws_access_key_id = AKIAEXAMPLE',
        'aws_secret_access_key = secret2',
        '',
      ].join('\n'),
    );
  });

  it('name profiles in the config as the CLI wants them', () => {
    const text = configFile(sandbox);
    expect(text).toContain('[default]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:4566\n');
    expect(text).toContain('[profile bea]\n');
  });

  it('have one default section where the profile is called so', () => {
    const text = credentialsFile({ ...sandbox, profiles: [{ ...bea, name: 'default' }] });
    expect(text.match(/\[default\]/g)).toHaveLength(1);
  });
});

describe('exportLines', () => {
  it('clears a session token that an earlier profile left in the shell', () => {
    expect(exportLines(sandbox, bea)).toContain('unset AWS_SESSION_TOKEN');
    expect(exportLines(sandbox, engineer)).toContain('export AWS_SESSION_TOKEN=token==');
  });
});

describe('mergeIni', () => {
  const renewed = credentialsFile({ ...sandbox, profiles: [bea] });

  it('renews the keys of a profile, and drops the token of the session before', () => {
    const merged = mergeIni(
      '[bea]\naws_access_key_id = OLD\naws_session_token = OLD\n',
      renewed,
      ownedKeys.credentials,
    );
    expect(merged).toContain('[bea]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret2\n');
    expect(merged).not.toContain('OLD');
  });

  it('keeps what the learner wrote: profiles, and settings beside ours', () => {
    const config = mergeIni(
      '[default]\nregion = eu-west-1\noutput = table\n\n[profile mine]\nrole_arn = arn:aws:iam::1:role/X\n',
      configFile(sandbox),
      ownedKeys.config,
    );
    expect(config).toContain('[default]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:4566\noutput = table\n');
    expect(config).toContain('[profile mine]\nrole_arn = arn:aws:iam::1:role/X\n');
  });

  it('makes the file where there was none', () => {
    expect(mergeIni('', renewed, ownedKeys.credentials)).toBe(renewed);
  });
});
