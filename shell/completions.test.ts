import { expect, test } from 'vitest';
import { completions } from './completions.ts';
import { SandboxShell } from './testing/sandbox-shell.ts';

test.each([
  [['s'], ['s3', 's3api', 's3control', 'scheduler', 'secretsmanager', 'sns', 'sqs', 'ssm', 'sts']],
  [
    ['iam', 'list-user'],
    ['list-user-policies', 'list-user-tags', 'list-users'],
  ],
  [
    ['--profile', 'dev', 'iam', 'get-us'],
    ['get-user', 'get-user-policy'],
  ],
  [
    ['iam', 'create-user', '--p'],
    ['--path', '--permissions-boundary', '--profile'],
  ],
  [['iam', 'create-user', '--path', '/', '--pat'], []],
  [
    ['iam', 'update-access-key', '--status', ''],
    ['Active', 'Inactive'],
  ],
  [['iam', 'list-users', '--output', 'j'], ['json']],
  [['iam', 'wait', 'user'], ['user-exists']],
  [['iam', 'wait', 'user-exists', '--user'], ['--user-name']],
  [
    ['s3', 'm'],
    ['mv', 'mb'],
  ],
  [['s3', 'cp', '--recur'], ['--recursive']],
  [
    ['configure', 'li'],
    ['list', 'list-profiles'],
  ],
  [['s3', 'cp', 'a.t'], []],
])('%j', async (words, candidates) => {
  expect(await completions(words)).toEqual(candidates);
});

test('profiles are those of the files', async () => {
  const shell = new SandboxShell();
  await shell.ok('configure', 'set', 'region', 'x', '--profile', 'dev');
  expect(await completions(['iam', 'list-users', '--profile', ''], shell.environment)).toEqual(['default', 'dev']);
});
