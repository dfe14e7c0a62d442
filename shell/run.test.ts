import { beforeEach, describe, expect, test } from 'vitest';
import { accountId } from '../cloud/testing/sandbox.ts';
import { SandboxShell } from './testing/sandbox-shell.ts';

let shell: SandboxShell;
beforeEach(() => {
  shell = new SandboxShell();
});

describe('an operation', () => {
  test('is called with its options and shown as JSON in the order of the model', async () => {
    expect(
      await shell.ok('iam', 'create-user', '--user-name', 'Bea', '--path', '/staff/', '--tags', 'Key=a,Value=b'),
    ).toMatch(
      new RegExp(`^{
    "User": {
        "Path": "/staff/",
        "UserName": "Bea",
        "UserId": "AIDA[A-Z0-9]{17}",
        "Arn": "arn:aws:iam::${accountId}:user/staff/Bea",
        "CreateDate": "2026-01-05T12:00:00\\+00:00",
        "Tags": \\[
            {
                "Key": "a",
                "Value": "b"
            }
        \\]
    }
}
$`),
    );
  });

  test('that answers nothing prints nothing', async () => {
    await shell.ok('iam', 'create-group', '--group-name', 'g');
    expect(await shell.ok('iam', 'delete-group', '--group-name', 'g')).toBe('');
  });

  test('shows a policy as JSON, not as the text that it travels in', async () => {
    shell.write(
      'trust.json',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}',
    );
    await shell.ok('iam', 'create-role', '--role-name', 'r', '--assume-role-policy-document', 'file://trust.json');
    const query = 'Role.AssumeRolePolicyDocument.Statement[0].Action';
    expect(await shell.ok('iam', 'get-role', '--role-name', 'r', '--query', query)).toBe('"sts:AssumeRole"\n');
  });

  test('takes its parameters from a document, under its options', async () => {
    shell.write('user.json', '{"UserName": "a", "Path": "/x/"}');
    const words = [
      'iam',
      'create-user',
      '--cli-input-json',
      'file://user.json',
      '--user-name',
      'b',
      '--query',
      'User.Arn',
    ];
    expect(await shell.ok(...words, '--output', 'text')).toBe(`arn:aws:iam::${accountId}:user/x/b\n`);
  });
});

describe('faults', () => {
  test('of the service', async () => {
    expect(await shell.aws('iam', 'get-user', '--user-name', 'nobody')).toEqual({
      stdout: '',
      stderr:
        '\nAn error occurred (NoSuchEntity) when calling the GetUser operation: The user with name nobody cannot be found.\n',
      exitCode: 254,
    });
  });

  test('of HEAD, which has no body', async () => {
    await shell.ok('s3api', 'create-bucket', '--bucket', 'reports-2026');
    expect(await shell.aws('s3api', 'head-object', '--bucket', 'reports-2026', '--key', 'x')).toMatchObject({
      stderr: '\nAn error occurred (404) when calling the HeadObject operation: Not Found\n',
      exitCode: 254,
    });
  });

  test.each([
    [['iam', 'get-policy'], 'aws: error: the following arguments are required: --policy-arn\n\n', 252],
    [['iam', 'create-user', '--user-name'], 'aws: error: argument --user-name: expected one argument\n\n', 252],
    [['iam', 'list-users', '--x', '1'], 'Unknown options: --x, 1\n\n', 252],
    [
      ['iam', 'create-user', '--user-name', ''],
      'Invalid length for parameter UserName, value: 0, valid min length: 1\n',
      252,
    ],
    [['iam', 'list-users', '--profile', 'x'], '\nThe config profile (x) could not be found\n', 255],
    [['s3api', 'put-object', '--bucket', 'a b', '--key', 'k'], 'accesspoint[/:][a-zA-Z0-9\\-]{1,63}$"\n', 252],
  ])('%j', async (words, end, exitCode) => {
    const printed = await shell.aws(...words);
    expect(printed.stderr.endsWith(end), printed.stderr).toBe(true);
    expect(printed).toMatchObject({ stdout: '', exitCode });
  });

  test('without credentials, without a region', async () => {
    shell.write('.aws/credentials', '');
    expect(await shell.aws('iam', 'list-users')).toMatchObject({
      stderr: '\nUnable to locate credentials. You can configure credentials by running "aws configure".\n',
      exitCode: 253,
    });
    shell.write('.aws/config', '');
    shell.variables = { ...shell.variables, AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };
    expect(await shell.aws('ssm', 'describe-parameters')).toMatchObject({
      stderr: '\nYou must specify a region. You can also configure your region by running "aws configure".\n',
      exitCode: 253,
    });
  });

  test('of a denial come as AWS writes them', async () => {
    await shell.ok('iam', 'create-user', '--user-name', 'Bea');
    const key = JSON.parse(await shell.ok('iam', 'create-access-key', '--user-name', 'Bea')).AccessKey;
    shell.variables = {
      ...shell.variables,
      AWS_ACCESS_KEY_ID: key.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: key.SecretAccessKey,
    };
    const { stderr, exitCode } = await shell.aws('iam', 'list-users');
    expect(stderr).toBe(
      '\nAn error occurred (AccessDenied) when calling the ListUsers operation: ' +
        `User: arn:aws:iam::${accountId}:user/Bea is not authorized to perform: iam:ListUsers on resource: ` +
        `arn:aws:iam::${accountId}:user/ because no identity-based policy allows the iam:ListUsers action\n`,
    );
    expect(exitCode).toBe(254);
  });
});

describe('pages', () => {
  beforeEach(async () => {
    for (const name of ['a', 'b', 'c', 'd']) await shell.ok('iam', 'create-user', '--user-name', name);
  });
  const names = 'Users[].UserName';

  test('are put together, whatever their size', async () => {
    expect(await shell.ok('iam', 'list-users', '--page-size', '2', '--query', names, '--output', 'text')).toBe(
      'a\tadmin\nb\tc\nd\n',
    );
    expect(JSON.parse(await shell.ok('iam', 'list-users', '--page-size', '2', '--query', names))).toHaveLength(5);
  });

  test('go on from a token', async () => {
    const first = JSON.parse(await shell.ok('iam', 'list-users', '--max-items', '3'));
    expect(first.Users).toHaveLength(3);
    const rest = await shell.ok('iam', 'list-users', '--starting-token', first.NextToken, '--query', names);
    expect(JSON.parse(rest)).toEqual(['c', 'd']);
  });

  test('can be turned off, and then no option of theirs is taken', async () => {
    expect(JSON.parse(await shell.ok('iam', 'list-users', '--no-paginate', '--max-items', '2')).Users).toHaveLength(2);
    expect(await shell.aws('iam', 'list-users', '--no-paginate', '--starting-token', 'x')).toMatchObject({
      stderr: '\nCannot specify --no-paginate along with pagination arguments: --starting-token\n',
      exitCode: 252,
    });
  });
});

describe('profiles', () => {
  test('assume a role', async () => {
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
    });
    await shell.ok('iam', 'create-role', '--role-name', 'Reader', '--assume-role-policy-document', trust);
    await shell.ok('configure', 'set', 'role_arn', `arn:aws:iam::${accountId}:role/Reader`, '--profile', 'reader');
    await shell.ok('configure', 'set', 'source_profile', 'default', '--profile', 'reader');
    await shell.ok('configure', 'set', 'region', 'us-east-1', '--profile', 'reader');
    await shell.ok('configure', 'set', 'role_session_name', 'me', '--profile', 'reader');
    expect(
      await shell.ok('sts', 'get-caller-identity', '--profile', 'reader', '--query', 'Arn', '--output', 'text'),
    ).toBe(`arn:aws:sts::${accountId}:assumed-role/Reader/me\n`);
  });
});

describe('waiters', () => {
  test('poll until it is so, and give up in the end', async () => {
    await shell.ok('iam', 'create-user', '--user-name', 'Bea');
    expect(await shell.ok('iam', 'wait', 'user-exists', '--user-name', 'Bea')).toBe('');
    shell.sent.length = 0;
    expect(await shell.aws('iam', 'wait', 'user-exists', '--user-name', 'Zoe')).toMatchObject({
      stderr:
        '\nWaiter UserExists failed: Max attempts exceeded. Previously accepted state: Matched expected service error code: ' +
        'NoSuchEntity\n',
      exitCode: 255,
    });
    expect(shell.sent).toHaveLength(20);
  });
});

test('bytes of an answer go to a file', async () => {
  await shell.ok('s3api', 'create-bucket', '--bucket', 'reports-2026');
  shell.write('in.txt', 'content');
  await shell.ok(
    's3api',
    'put-object',
    '--bucket',
    'reports-2026',
    '--key',
    'k ü',
    '--body',
    'in.txt',
    '--metadata',
    'a=b',
  );
  const words = ['s3api', 'get-object', '--bucket', 'reports-2026', '--key', 'k ü', '--query', 'Metadata'];
  expect(JSON.parse(await shell.ok(...words, 'out.txt'))).toEqual({ a: 'b' });
  expect(shell.read('out.txt')).toBe('content');
});
