/** A pipeline's way in: a token of a provider that a role trusts, shown without a signature, and the session that it gets. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueToken } from '../../cloud/services/sts/token-issuers.ts';
import type { WireResponse } from '../../cloud/wire/model.ts';
import {
  bodyText,
  errorCode,
  type Key,
  queryCall,
  startTestGateway,
  type TestGateway,
} from './testing/test-gateway.ts';

const issuer = 'https://token.actions.githubusercontent.com';
const host = issuer.slice('https://'.length);
const main = 'repo:acme/shop:ref:refs/heads/main';

let gateway: TestGateway;
let roleArn: string;
let tokenOf: (sub: string) => Promise<string>;

beforeAll(async () => {
  gateway = await startTestGateway();
  const { sandbox, admin } = await gateway.newSandbox();
  const account = sandbox.primaryAccountId;
  roleArn = `arn:aws:iam::${account}:role/Deploy`;
  const provider = { Url: issuer, 'ClientIDList.member.1': 'sts.amazonaws.com' };
  await gateway.succeed(queryCall('iam', 'CreateOpenIDConnectProvider', provider), admin);
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${host}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: main } },
      },
    ],
  });
  await gateway.succeed(queryCall('iam', 'CreateRole', { RoleName: 'Deploy', AssumeRolePolicyDocument }), admin);
  tokenOf = (sub) =>
    sandbox.act('issue-token', (world) => {
      const claims = { aud: 'sts.amazonaws.com', sub };
      const { token, ...act } = issueToken(world, { issuer, claims, now: Date.now(), cloud: gateway.parts.cloud });
      return { ...act, newBlobs: new Map(), result: token };
    });
});
afterAll(() => gateway.close());

function show(WebIdentityToken: string): Promise<WireResponse> {
  const parameters = { RoleArn: roleArn, RoleSessionName: 'build-7', WebIdentityToken };
  return gateway.answer(queryCall('sts', 'AssumeRoleWithWebIdentity', parameters).request);
}

test('the token’s bearer becomes a session that signs', async () => {
  const answer = await show(await tokenOf(main));
  const text = bodyText(answer.body);
  expect(answer.status, text).toBe(200);
  const member = (tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(text)?.[1] ?? '';
  expect(member('SubjectFromWebIdentityToken')).toBe(main);
  const key: Key = {
    accessKeyId: member('AccessKeyId'),
    secret: member('SecretAccessKey'),
    token: member('SessionToken'),
  };
  expect(await gateway.succeed(queryCall('sts', 'GetCallerIdentity'), key)).toContain(':assumed-role/Deploy/build-7');
});

test('another branch’s token, and one that nobody signed, are refused', async () => {
  expect(errorCode(await show(await tokenOf('repo:acme/shop:ref:refs/heads/feature')))).toBe('AccessDenied');
  const [header, , signature] = (await tokenOf('repo:mallory/shop:pull_request')).split('.');
  const claims = { iss: issuer, aud: 'sts.amazonaws.com', sub: main, exp: 9_999_999_999 };
  const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  expect(errorCode(await show(forged))).toBe('InvalidIdentityToken');
  expect(errorCode(await show('no token'))).toBe('InvalidIdentityToken');
});
