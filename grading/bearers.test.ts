/** Principals of checks that come with a token, or as federated users. */
import { expect, it } from 'vitest';
import type { Check } from './checks.ts';
import { accountId, gradeOne, policy, type Step, sandboxAfter } from './testing/sandbox.ts';

const common = { id: 'check', title: 'It is so', private: false };
const web = 'https://token.actions.githubusercontent.com';
const host = web.slice('https://'.length);
const main = 'repo:acme/shop:ref:refs/heads/main';

const steps: readonly Step[] = [
  ['iam:CreateOpenIDConnectProvider', { Url: web, ClientIDList: ['sts.amazonaws.com'] }],
  [
    'iam:CreateRole',
    {
      RoleName: 'Deploy',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${host}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: main } },
          },
        ],
      },
    },
  ],
  ['iam:CreateUser', { UserName: 'Bea' }],
  ['iam:PutUserPolicy', { UserName: 'Bea', PolicyName: 'All', PolicyDocument: policy('Allow', '*', '*') }],
];

const becomes = (claims: object, ends: string): Check =>
  ({
    ...common,
    kind: 'call',
    call: {
      who: { web, claims: { aud: 'sts.amazonaws.com', ...claims } },
      call: 'sts:AssumeRoleWithWebIdentity',
      with: { RoleArn: `arn:aws:iam::${accountId}:role/Deploy`, RoleSessionName: 'build-7' },
      ends,
    },
  }) as Check;

it.each([
  [becomes({ sub: main }, 'ok')],
  [becomes({ sub: 'repo:mallory/shop:ref:refs/heads/main' }, 'AccessDenied')],
  [becomes({ sub: main, aud: 'someone' }, 'InvalidIdentityToken')],
])('the bearer of a token becomes who its claims allow', async (check) => {
  expect(await gradeOne(sandboxAfter(...steps), check)).toMatchObject({ verdict: 'passed', reason: null });
});

it('says in a reason whose token it was', async () => {
  const { reason } = await gradeOne(sandboxAfter(...steps), becomes({ sub: 'repo:mallory/shop' }, 'ok'));
  expect(reason).toContain(`the bearer of a token of ${host} (repo:mallory/shop)`);
});

it('a bearer makes no other call, since none is signed', async () => {
  const call = { who: { web, claims: { sub: main } }, call: 'iam:ListUsers', ends: 'AccessDenied' };
  expect(await gradeOne(sandboxAfter(...steps), { ...common, kind: 'call', call })).toMatchObject({
    verdict: 'passed',
  });
});

it('a federated user may what both its user and its policy allow', async () => {
  const who = { federated: 'guest', by: 'user/Bea', policy: JSON.parse(policy('Allow', 's3:GetObject', '*')) };
  const access = (body: object): Check => ({
    ...common,
    kind: 'access',
    access: { who, on: 'arn:aws:s3:::a/b', ...body },
  });
  const sandbox = sandboxAfter(...steps);
  expect((await gradeOne(sandbox, access({ can: 's3:GetObject' }))).verdict).toBe('passed');
  expect((await gradeOne(sandbox, access({ cannot: 's3:PutObject' }))).verdict).toBe('passed');
  expect((await gradeOne(sandbox, access({ cannot: 's3:GetObject' }))).verdict).toBe('failed');
});
