/** AWS CLI v1 and v2, given nothing but endpoint and credentials. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxAccess } from '../../contract/index.ts';
import { run } from '../command.ts';
import { clientEnvironment, profileOf, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';

const CLIENTS = [
  { name: 'AWS CLI v1', program: process.env['AWS_CLI_V1'] ?? '', version: /^aws-cli\/1\./ },
  { name: 'AWS CLI v2', program: process.env['AWS_CLI_V2'] ?? '', version: /^aws-cli\/2\./ },
];

const ONE_BUCKET = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::conformance-one' }],
});

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

describe.each(CLIENTS)('$name', ({ program, version }) => {
  let directory: string;
  let sandbox: SandboxAccess;
  let env: Record<string, string>;

  const aws = (words: readonly string[], as = env) =>
    run(program, ['--endpoint-url', sandbox.endpoint, ...words], { env: as, cwd: directory });
  const json = async (words: readonly string[], as = env) => {
    const { status, stdout, stderr } = await aws(words, as);
    expect(stderr, words.join(' ')).toBe('');
    expect(status).toBe(0);
    return stdout === '' ? {} : JSON.parse(stdout);
  };

  beforeAll(async () => {
    const { stdout, stderr } = await run(program, ['--version']);
    expect(stdout + stderr).toMatch(version);
    directory = await mkdtemp(join(tmpdir(), 'aws-cli-'));
    sandbox = (await new Visitor(platform.url).open('foundations/playground')).sandbox;
    env = { ...clientEnvironment(sandbox, profileOf(sandbox, 'admin')), HOME: directory };
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('knows who it is', async () => {
    const identity = await json(['sts', 'get-caller-identity']);
    expect(identity.Account).toBe(sandbox.accountId);
    expect(identity.Arn).toMatch(/:user\//);
  });

  test('creates a user, a group, a policy and a role, and attaches', async () => {
    const user = await json(['iam', 'create-user', '--user-name', 'Bea', '--path', '/staff/']);
    expect(user.User.Arn).toBe(`arn:aws:iam::${sandbox.accountId}:user/staff/Bea`);
    await json(['iam', 'create-group', '--group-name', 'Clerks']);
    await json(['iam', 'add-user-to-group', '--group-name', 'Clerks', '--user-name', 'Bea']);
    const policy = await json(['iam', 'create-policy', '--policy-name', 'List', '--policy-document', ONE_BUCKET]);
    await json(['iam', 'attach-group-policy', '--group-name', 'Clerks', '--policy-arn', policy.Policy.Arn]);
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: sandbox.accountId }, Action: 'sts:AssumeRole' }],
    };
    await writeFile(join(directory, 'trust.json'), JSON.stringify(trust));
    await json(['iam', 'create-role', '--role-name', 'Lister', '--assume-role-policy-document', 'file://trust.json']);
    await json(['iam', 'attach-role-policy', '--role-name', 'Lister', '--policy-arn', policy.Policy.Arn]);
    const attached = await json(['iam', 'list-attached-role-policies', '--role-name', 'Lister']);
    expect(attached.AttachedPolicies).toEqual([{ PolicyName: 'List', PolicyArn: policy.Policy.Arn }]);
    const role = await json(['iam', 'get-role', '--role-name', 'Lister']);
    expect(role.Role.AssumeRolePolicyDocument.Statement[0].Principal.AWS).toBe(
      `arn:aws:iam::${sandbox.accountId}:root`,
    );
  });

  test('puts, lists, copies, gets and deletes objects, and presigns', async () => {
    await writeFile(join(directory, 'hello.txt'), 'hello, world\n');
    await json(['s3api', 'create-bucket', '--bucket', 'conformance-one']);
    expect((await aws(['s3', 'cp', 'hello.txt', 's3://conformance-one/a/hello.txt'])).status).toBe(0);
    expect((await aws(['s3', 'cp', 's3://conformance-one/a/hello.txt', 's3://conformance-one/b.txt'])).status).toBe(0);
    expect((await aws(['s3', 'ls', 's3://conformance-one', '--recursive'])).stdout).toMatch(/a\/hello\.txt\n.*b\.txt/);
    expect((await aws(['s3', 'cp', 's3://conformance-one/b.txt', '-'])).stdout).toBe('hello, world\n');
    const presigned = (await aws(['s3', 'presign', 's3://conformance-one/b.txt'])).stdout.trim();
    expect(await (await fetch(presigned)).text()).toBe('hello, world\n');
    expect((await aws(['s3', 'rm', 's3://conformance-one/b.txt'])).stdout).toContain(
      'delete: s3://conformance-one/b.txt',
    );
  });

  test('uploads in parts, and reads the same bytes back', async () => {
    const big = Buffer.alloc(9 * 1024 * 1024, 'leastwise ');
    await writeFile(join(directory, 'big.bin'), big);
    const { status, stderr } = await aws(['s3', 'cp', '--no-progress', 'big.bin', 's3://conformance-one/big.bin']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const head = await json(['s3api', 'head-object', '--bucket', 'conformance-one', '--key', 'big.bin']);
    expect(head.ContentLength).toBe(big.length);
    expect(head.ETag).toMatch(/-2"$/);
    await aws(['s3', 'cp', '--no-progress', 's3://conformance-one/big.bin', 'back.bin']);
    expect((await readFile(join(directory, 'back.bin'))).equals(big)).toBe(true);
  });

  test('assumes a role, and is denied with the code and the text of AWS', async () => {
    const { Credentials } = await json([
      'sts',
      'assume-role',
      '--role-arn',
      `arn:aws:iam::${sandbox.accountId}:role/Lister`,
      '--role-session-name',
      'conformance',
    ]);
    const session = {
      ...env,
      AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials.SessionToken,
    };
    const listed = await aws(['s3', 'ls', 's3://conformance-one/a/'], session);
    expect(listed.stdout).toContain('hello.txt');
    const arn = `arn:aws:sts::${sandbox.accountId}:assumed-role/Lister/conformance`;
    const iam = await aws(['iam', 'list-users'], session);
    expect(iam.status).not.toBe(0);
    expect(iam.stderr).toContain(
      `An error occurred (AccessDenied) when calling the ListUsers operation: User: ${arn} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${sandbox.accountId}:user/ because no identity-based policy allows the iam:ListUsers action`,
    );
    const s3 = await aws(['s3api', 'get-object', '--bucket', 'conformance-one', '--key', 'a/hello.txt', 'x'], session);
    expect(s3.stderr).toContain(
      `An error occurred (AccessDenied) when calling the GetObject operation: User: ${arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::conformance-one/a/hello.txt" because no identity-based policy allows the s3:GetObject action`,
    );
    const ssm = await aws(['ssm', 'get-parameter', '--name', '/x'], session);
    expect(ssm.stderr).toContain(
      `An error occurred (AccessDeniedException) when calling the GetParameter operation: User: ${arn} is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:${sandbox.region}:${sandbox.accountId}:parameter/x because no identity-based policy allows the ssm:GetParameter action`,
    );
  });

  test('keeps parameters', async () => {
    await json(['ssm', 'put-parameter', '--name', '/app/key', '--value', 'one', '--type', 'SecureString']);
    const read = await json(['ssm', 'get-parameter', '--name', '/app/key', '--with-decryption']);
    expect(read.Parameter).toMatchObject({ Name: '/app/key', Value: 'one', Type: 'SecureString', Version: 1 });
    const path = await json(['ssm', 'get-parameters-by-path', '--path', '/app', '--recursive']);
    expect(path.Parameters).toHaveLength(1);
    await json(['ssm', 'delete-parameter', '--name', '/app/key']);
  });

  test('is told of bad input in AWS’s own words', async () => {
    const twice = await aws(['iam', 'create-group', '--group-name', 'Clerks']);
    expect(twice.stderr).toContain(
      '(EntityAlreadyExists) when calling the CreateGroup operation: Group with name Clerks already exists.',
    );
    const bad = await aws([
      'iam',
      'create-policy',
      '--policy-name',
      'Bad',
      '--policy-document',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject"}]}',
    ]);
    expect(bad.stderr).toContain(
      '(MalformedPolicyDocument) when calling the CreatePolicy operation: Policy statement must contain resources.',
    );
    const missing = await aws(['s3api', 'head-object', '--bucket', 'conformance-one', '--key', 'nothing-here']);
    expect(missing.stderr).toContain('(404) when calling the HeadObject operation: Not Found');
    const unknown = await aws(['s3api', 'get-object-torrent', '--bucket', 'conformance-one', '--key', 'a', 'out']);
    expect(unknown.stderr).toContain('(NotImplemented)');
  });
});
