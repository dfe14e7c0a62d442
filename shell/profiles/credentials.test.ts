import { beforeEach, describe, expect, test } from 'vitest';
import { SandboxShell } from '../testing/sandbox-shell.ts';

let shell: SandboxShell;
beforeEach(() => {
  shell = new SandboxShell();
});

const who = (...words: string[]) => shell.aws('configure', 'list', ...words);
const accessKey = (stdout: string) => /access_key\s+\*+(\w{4})\s+(\S+)/.exec(stdout)?.slice(1);

describe('keys come from', () => {
  test('the environment before the profile', async () => {
    shell.variables = { ...shell.variables, AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT1', AWS_SECRET_ACCESS_KEY: 's' };
    expect(accessKey((await who()).stdout)).toEqual(['ENT1', 'env']);
  });

  test('a profile that is asked for by option before the environment', async () => {
    shell.variables = { ...shell.variables, AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT1', AWS_SECRET_ACCESS_KEY: 's' };
    shell.write('.aws/credentials', '[dev]\naws_access_key_id = AKIAPROFILE0DEV1\naws_secret_access_key = s\n');
    expect(accessKey((await who('--profile', 'dev')).stdout)).toEqual(['DEV1', 'shared-credentials-file']);
  });

  test('the config file where the credentials file has none', async () => {
    shell.write('.aws/credentials', '');
    shell.write('.aws/config', '[profile dev]\naws_access_key_id = AKIAPROFILE0CFG1\naws_secret_access_key = s\n');
    shell.variables = { ...shell.variables, AWS_PROFILE: 'dev' };
    expect(accessKey((await who()).stdout)).toEqual(['CFG1', 'config-file']);
  });
});

describe('what is wrong is named', () => {
  test.each([
    [
      '[profile r]\nrole_arn = arn:aws:iam::111122223333:role/R\n',
      'Partial credentials found in assume-role, missing: source_profile or credential_source',
    ],
    [
      '[profile r]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = gone\n',
      'The source_profile "gone" referenced in the profile "r" does not exist.',
    ],
    [
      '[profile r]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = empty\n[profile empty]\nregion = x\n',
      'The source profile "empty" must have credentials.',
    ],
    [
      '[profile r]\nrole_arn = arn:aws:iam::111122223333:role/R\ncredential_source = Moon\n',
      'The credential source "Moon" referenced in profile "r" is not valid.',
    ],
    [
      '[profile r]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = q\n' +
        '[profile q]\nrole_arn = arn:aws:iam::111122223333:role/Q\nsource_profile = r\n',
      'Infinite loop in credential configuration detected.',
    ],
  ])('%j', async (config, message) => {
    shell.write('.aws/config', config);
    const { stderr, exitCode } = await shell.aws(
      'sts',
      'get-caller-identity',
      '--profile',
      'r',
      '--region',
      'us-east-1',
    );
    expect(stderr).toContain(message);
    expect(exitCode).toBe(255);
  });
});
