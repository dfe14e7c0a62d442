/** Identity pools answer requests that nobody signed: of their own sandbox, and of no other. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { bodyText, type Key, queryCall, startTestGateway, type TestGateway } from './testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

async function ask(operation: string, input: object): Promise<{ readonly status: number; readonly answer: Answer }> {
  const headers = [
    ['host', '127.0.0.1:4566'],
    ['content-type', 'application/x-amz-json-1.1'],
    ['x-amz-target', `AWSCognitoIdentityService.${operation}`],
  ] as const;
  const body = new TextEncoder().encode(JSON.stringify(input));
  const { status, body: answered } = await gateway.answer({ method: 'POST', target: '/', headers, body });
  return { status, answer: JSON.parse(bodyText(answered)) };
}

interface Answer {
  readonly __type?: string;
  readonly IdentityId?: string;
  readonly Credentials?: { readonly AccessKeyId: string; readonly SecretKey: string; readonly SessionToken: string };
}

/** A sandbox with a pool whose guests have a role. */
async function withPool(): Promise<{ readonly sandbox: Sandbox; readonly poolId: string }> {
  const { sandbox, admin } = await gateway.newSandbox();
  const accountId = sandbox.primaryAccountId;
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await gateway.succeed(queryCall('iam', 'CreateRole', { RoleName: 'Guest', AssumeRolePolicyDocument }), admin);
  const call = async (operation: string, input: object) => {
    const { outcome } = await sandbox.call({
      service: 'cognito-identity',
      operation,
      input: input as Readonly<Record<string, unknown>>,
      caller: { kind: 'root', accountId },
      request: { sourceIp: '127.0.0.1', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
      requestId: `identity-pools-${operation}`,
      realNow: Date.now(),
    });
    if (outcome.kind === 'error') throw outcome.error;
    return outcome.output as { readonly IdentityPoolId: string };
  };
  const { IdentityPoolId: poolId } = await call('CreateIdentityPool', {
    IdentityPoolName: 'shop',
    AllowUnauthenticatedIdentities: true,
  });
  const Roles = { unauthenticated: `arn:aws:iam::${accountId}:role/Guest` };
  await call('SetIdentityPoolRoles', { IdentityPoolId: poolId, Roles });
  return { sandbox, poolId };
}

test('a guest gets credentials of the pool’s own account', async () => {
  const [mine, other] = [await withPool(), await withPool()];
  const { answer: guest } = await ask('GetId', { IdentityPoolId: mine.poolId });
  const { answer } = await ask('GetCredentialsForIdentity', { IdentityId: guest.IdentityId });
  const { AccessKeyId = '', SecretKey = '', SessionToken = '' } = answer.Credentials ?? {};
  const key: Key = { accessKeyId: AccessKeyId, secret: SecretKey, token: SessionToken };
  const who = await gateway.succeed(queryCall('sts', 'GetCallerIdentity'), key);
  expect(who).toContain(`arn:aws:sts::${mine.sandbox.primaryAccountId}:assumed-role/Guest/CognitoIdentityCredentials`);
  expect(
    Object.keys(other.sandbox.world.accounts[other.sandbox.primaryAccountId]?.cognitoidentity.identities ?? {}),
  ).toEqual([]);
});

test('an identity of one sandbox is none under another’s account, and a pool of no sandbox is nobody’s', async () => {
  const [mine, other] = [await withPool(), await withPool()];
  const { answer: guest } = await ask('GetId', { IdentityPoolId: mine.poolId });
  const moved = guest.IdentityId?.replace(mine.sandbox.primaryAccountId, other.sandbox.primaryAccountId);
  const { status, answer } = await ask('GetCredentialsForIdentity', { IdentityId: moved });
  expect([status, answer.__type]).toEqual([400, 'ResourceNotFoundException']);
  const nobodys = mine.poolId.replace(mine.sandbox.primaryAccountId, '000000000000');
  expect((await ask('GetId', { IdentityPoolId: nobodys })).answer.__type).toContain('MissingAuthenticationToken');
  expect((await ask('GetId', { IdentityPoolId: 'x' })).status).toBe(400);
});

test('what belongs to the pool’s owner is not done without a signature', async () => {
  const { poolId } = await withPool();
  for (const [operation, input] of [
    ['DescribeIdentityPool', { IdentityPoolId: poolId }],
    ['SetIdentityPoolRoles', { IdentityPoolId: poolId, Roles: {} }],
    ['ListIdentities', { IdentityPoolId: poolId, MaxResults: 1 }],
  ] as const) {
    expect((await ask(operation, input)).answer.__type).toContain('MissingAuthenticationToken');
  }
});
