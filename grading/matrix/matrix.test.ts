/** The matrix as data, and that its cells decide as the gateway decides. */
import { describe, expect, test } from 'vitest';
import { accountModel } from '../../cloud/account-model.ts';
import { decide } from '../../iam/decide.ts';
import type { AttachedPolicy, Caller } from '../../iam/model.ts';
import { parsePolicy } from '../../iam/parse.ts';
import type { Check } from '../checks.ts';
import { rootOf } from '../requests.ts';
import { accountId, platform, policy, sandboxAfter, type TestSandbox } from '../testing/sandbox.ts';
import { principalNamed } from '../who.ts';
import { type AccessMatrix, accessMatrix, type KnownPermission } from './matrix.ts';

const bucket = 'arn:aws:s3:::seeds-1';
const trustRoot = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
});
const readBucket = policy('Allow', 's3:GetObject', `${bucket}/*`);

const sandbox = sandboxAfter(
  ['s3:CreateBucket', { Bucket: 'seeds-1' }],
  ['s3:PutObject', { Bucket: 'seeds-1', Key: 'a.txt', Body: 'x' }],
  ['iam:CreateUser', { UserName: 'Bea' }],
  ['iam:CreateUser', { UserName: 'Milo' }],
  ['iam:CreateGroup', { GroupName: 'Clerks' }],
  ['iam:AddUserToGroup', { GroupName: 'Clerks', UserName: 'Bea' }],
  ['iam:PutGroupPolicy', { GroupName: 'Clerks', PolicyName: 'Read', PolicyDocument: readBucket }],
  ['iam:CreatePolicy', { PolicyName: 'Edge', PolicyDocument: policy('Allow', 's3:*', '*') }],
  ['iam:PutUserPermissionsBoundary', { UserName: 'Bea', PermissionsBoundary: `arn:aws:iam::${accountId}:policy/Edge` }],
  ['iam:CreateRole', { RoleName: 'Auditor', AssumeRolePolicyDocument: trustRoot }],
  [
    'iam:PutRolePolicy',
    { RoleName: 'Auditor', PolicyName: 'Look', PolicyDocument: policy('Allow', 's3:ListBucket', '*') },
  ],
  ['s3:PutBucketPolicy', { Bucket: 'seeds-1', Policy: bucketPolicy('Deny', 's3:DeleteObject') }],
);

function bucketPolicy(effect: string, action: string): string {
  const statement = { Effect: effect, Principal: '*', Action: action, Resource: `${bucket}/*` };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

const access = (more: object, isPrivate: boolean = false): Check =>
  ({ id: 'c', title: 'A check', private: isPrivate, kind: 'access', access: more }) as Check;

function matrixOf(
  checks: readonly Check[],
  { world }: TestSandbox = sandbox,
  learner: readonly Caller[] = [rootOf(world)],
): AccessMatrix {
  return accessMatrix({ ...platform, checks, world, learner, variables: { Bucket: 'seeds-1', Flag: 'flag{0123}' } });
}

const named = (name: string, { world }: TestSandbox = sandbox): Caller => {
  const caller = principalNamed(world, name, platform.realNow);
  if (caller === undefined) throw new Error(`There is no ${name}`);
  return caller;
};

/** A document of the matrix as the engine takes it. */
function attached({ documents }: AccessMatrix, place: number): AttachedPolicy {
  const { text, ...where } = documents[place] ?? expect.fail(`no document ${place}`);
  const parsed = parsePolicy(
    text ?? '',
    { trust: 'trust', resource: 'resource' }[String(where.layer)] === undefined ? 'identity' : (where.layer as 'trust'),
  );
  return parsed.kind === 'parsed' ? { ...where, policy: parsed.policy } : expect.fail(parsed.awsMessage);
}

const names = (matrix: AccessMatrix) => matrix.principals.map(({ name }) => name);
const columns = (matrix: AccessMatrix) => matrix.permissions.map(({ action, resource }) => `${action} ${resource}`);

describe('what it names', () => {
  test('principals in the order of the checks, permissions by their resource, each once', () => {
    const matrix = matrixOf([
      access({ who: 'user/Bea', can: 's3:GetObject', on: [`${bucket}/a.txt`, `${bucket}/b.txt`] }),
      access({ who: 'role/Auditor', cannot: ['s3:PutObject', 's3:GetObject'], on: `${bucket}/a.txt` }),
      access({ who: 'user/Bea', cannot: 's3:ListAllMyBuckets' }),
    ]);
    expect(names(matrix)).toEqual(['user/Bea', 'role/Auditor']);
    expect(columns(matrix)).toEqual([
      `s3:GetObject ${bucket}/a.txt`,
      `s3:PutObject ${bucket}/a.txt`,
      `s3:GetObject ${bucket}/b.txt`,
      's3:ListAllMyBuckets arn:aws:s3:::*',
    ]);
    expect(matrix.leftOff).toBe(0);
  });

  test('the permissions of a call, as the service asks for them', () => {
    const call = { who: 'user/Bea', call: 's3:ListObjectsV2', with: { Bucket: '${Bucket}', Prefix: 'a' } };
    const matrix = matrixOf([{ id: 'c', title: 'A check', private: false, kind: 'call', call } as Check]);
    expect(matrix.permissions).toMatchObject([
      { action: 's3:ListBucket', resource: bucket, context: { 's3:prefix': 'a' }, given: ['s3:prefix'] },
    ]);
  });

  test('conditions apart, with the keys that the check gives', () => {
    const on = { who: 'user/Bea', can: 's3:GetObject', on: `${bucket}/a.txt` };
    const matrix = matrixOf([access(on), access({ ...on, when: { 'aws:MultiFactorAuthPresent': false } })]);
    expect(matrix.permissions.map(({ given }) => given)).toEqual([[], ['aws:MultiFactorAuthPresent']]);
  });

  test('one column for a permission that an access check and a call both name, as the call asks for it', () => {
    const call = { who: 'user/Bea', call: 's3:GetObject', with: { Bucket: 'seeds-1', Key: 'a.txt' } };
    const matrix = matrixOf([
      access({ who: 'user/Bea', can: 's3:GetObject', on: `${bucket}/a.txt` }),
      { id: 'd', title: 'A call', private: false, kind: 'call', call } as Check,
    ]);
    expect(matrix.permissions).toMatchObject([{ context: { 's3:ResourceAccount': accountId }, given: [] }]);
  });

  test('of patterns one example, and no action on a resource that it cannot be about', () => {
    const both = [bucket, `${bucket}/reports/*`];
    const matrix = matrixOf([
      access({ who: 'user/Bea', cannot: ['s3:ListBucket', 's3:GetObject', 's3:Put*'], on: both }),
    ]);
    expect(columns(matrix)).toEqual([`s3:ListBucket ${bucket}`, `s3:GetObject ${bucket}/reports/example`]);
    expect(matrix.permissions.map(({ pattern }) => pattern)).toEqual([undefined, `${bucket}/reports/*`]);
  });

  test('what bounds allow at most and at least', () => {
    const statement = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
    const bounds = {
      who: 'role/Auditor',
      atMost: [statement('s3:ListBucket', bucket), statement('s3:Get*', '*')],
      atLeast: [statement('s3:GetObject', `${bucket}/*`)],
    };
    const matrix = matrixOf([{ id: 'c', title: 'A check', private: false, kind: 'bounds', bounds } as Check]);
    expect([names(matrix), columns(matrix)]).toEqual([
      ['role/Auditor'],
      [`s3:ListBucket ${bucket}`, `s3:GetObject ${bucket}/example`],
    ]);
  });

  test('nothing of a private check', () => {
    const matrix = matrixOf([access({ who: 'user/Milo', cannot: 'iam:PutUserPolicy', on: `${bucket}/b` }, true)]);
    expect(matrix).toEqual({ principals: [], permissions: [], documents: [], leftOff: 0 });
  });

  test('a principal that is gone, and no flag', () => {
    const matrix = matrixOf([access({ who: 'user/Gone', can: 's3:GetObject', on: `${bucket}/\${Flag}` })]);
    expect(matrix.principals).toEqual([{ kind: 'missing', name: 'user/Gone' }]);
    expect(columns(matrix)).toEqual([`s3:GetObject ${bucket}/flag{…}`]);
  });

  test('nothing of a principal that only the check makes, until the account has it', () => {
    const given = [
      { call: 'iam:CreateUser', with: { UserName: 'Next' } },
      { call: 'iam:CreateRole', with: { RoleName: 'Later', AssumeRolePolicyDocument: trustRoot } },
      { call: 'iam:AddUserToGroup', with: { UserName: 'Gone', GroupName: 'Clerks' } },
    ];
    const on = `${bucket}/a.txt`;
    const checks = [
      access({ given, who: 'user/Next', can: 's3:GetObject', on }),
      access({ given, who: { assume: 'role/Later', by: 'user/Bea' }, can: 's3:PutObject', on }),
      access({ given, who: { assume: 'role/Auditor', by: 'user/Next' }, can: 's3:PutObject', on }),
      access({ given, who: 'user/Gone', cannot: 's3:DeleteObject', on }),
    ];
    const matrix = matrixOf(checks);
    expect([names(matrix), columns(matrix)]).toEqual([['user/Gone'], [`s3:DeleteObject ${on}`]]);
    const after = sandboxAfter(['iam:CreateUser', { UserName: 'Next' }]);
    expect(matrixOf(checks.slice(0, 1), after).principals).toMatchObject([{ kind: 'known', name: 'user/Next' }]);
  });

  test('as many as a page can show, and how many are left', () => {
    const keys = Array.from({ length: 100 }, (_, n) => `${bucket}/${n}`);
    const matrix = matrixOf([
      access({ who: 'user/Bea', can: 's3:GetObject', on: keys.slice(0, 50) }),
      access({ who: 'user/Bea', can: 's3:GetObject', on: keys.slice(50) }),
    ]);
    expect([matrix.permissions.length, matrix.leftOff]).toEqual([80, 20]);
  });
});

describe('what it says of them', () => {
  test('each policy once, the groups’ and the boundary among them', () => {
    const matrix = matrixOf([
      access({ who: 'user/Bea', can: ['s3:GetObject', 's3:PutObject'], on: `${bucket}/a.txt` }),
    ]);
    expect(matrix.documents.map(({ layer, name, attachedTo }) => [layer, name, attachedTo])).toEqual([
      ['identity', 'Read', 'group/Clerks'],
      ['boundary', 'Edge', 'user/Bea'],
      ['resource', 'seeds-1', bucket],
    ]);
    expect(matrix.principals).toMatchObject([{ identity: [0], boundary: 1, holders: ['user/Bea', 'group/Clerks'] }]);
    expect(matrix.permissions.map((column) => column.kind === 'known' && column.policy)).toEqual([2, 2]);
  });

  test('a session with who makes it, the trust policy, and the policy that limits it', () => {
    const who = { assume: 'role/Auditor', by: 'user/Milo', policy: JSON.parse(readBucket), tags: { team: 'blue' } };
    const matrix = matrixOf([access({ who, can: 's3:ListBucket', on: bucket })]);
    const [row] = matrix.principals;
    if (row?.kind !== 'known' || row.assumes === undefined) return expect.fail('no session');
    expect(row.name).toBe('user/Milo as role/Auditor, tagged team=blue, with a session policy');
    expect(row.session).toHaveLength(1);
    expect(row.assumes.by.caller).toMatchObject({ kind: 'user', name: 'Milo' });
    expect(row.assumes.permissions.map(({ action }) => action)).toEqual(['sts:AssumeRole', 'sts:TagSession']);
    expect(matrix.documents[row.assumes.permissions[0]?.policy ?? -1]).toMatchObject({
      layer: 'trust',
      name: 'Auditor',
    });
  });

  test('so that every cell decides as the gateway does', () => {
    const on = [`${bucket}/a.txt`, `${bucket}/b.txt`];
    const matrix = matrixOf([
      access({ who: 'user/Bea', can: ['s3:GetObject', 's3:DeleteObject', 's3:PutObject'], on }),
      access({ who: 'role/Auditor', can: 's3:ListBucket', on: bucket }),
      access({ who: 'anonymous', cannot: 's3:GetObject', on }),
    ]);
    const model = accountModel(sandbox.world, platform.cloud.managedPolicies);
    const at = (place: number) => attached(matrix, place);
    const verdicts: string[] = [];
    for (const row of matrix.principals) {
      if (row.kind !== 'known') return expect.fail(row.kind);
      for (const column of matrix.permissions as readonly KnownPermission[]) {
        const { action, resource, resourceAccountId, context, policy: place, acl, publicAccessBlocks } = column;
        const request = { caller: row.caller, action, resource, resourceAccountId, context };
        const decision = decide(request, {
          identity: row.identity.map(at),
          ...(row.boundary !== undefined && { boundary: at(row.boundary) }),
          ...(place !== undefined && { resource: at(place) }),
          ...(acl && { acl }),
          ...(publicAccessBlocks && { publicAccessBlocks }),
        });
        expect(decision).toEqual(decide(request, model.policiesFor(request)));
        verdicts.push(decision.verdict);
      }
    }
    expect(new Set(verdicts)).toEqual(new Set(['allowed', 'implicitly-denied', 'explicitly-denied']));
  });
});

describe('what the learner’s keys may not read', () => {
  const checks = [
    access({ who: 'user/Bea', can: 's3:GetObject', on: `${bucket}/a.txt` }),
    access({ who: 'role/Auditor', can: 's3:ListAllMyBuckets' }),
  ];

  test('is not there, and the matrix says what they would need', () => {
    const matrix = matrixOf(checks, sandbox, [named('user/Milo')]);
    expect(matrix.documents).toEqual([]);
    const user = `arn:aws:iam::${accountId}:user/Bea`;
    expect(matrix.principals[0]).toMatchObject({
      kind: 'unread',
      needs: expect.arrayContaining([
        `iam:GetUser on ${user}`,
        `iam:GetGroupPolicy on arn:aws:iam::${accountId}:group/Clerks`,
        `iam:GetPolicyVersion on arn:aws:iam::${accountId}:policy/Edge`,
      ]),
    });
    expect(matrix.permissions).toMatchObject([
      { kind: 'unread', needs: expect.arrayContaining([`s3:GetBucketPolicy on ${bucket}`]) },
      { kind: 'known', action: 's3:ListAllMyBuckets' },
    ]);
  });

  test('is judged by all keys together, and one call for everything of IAM is enough', () => {
    const after = sandboxAfter(
      ['iam:CreateUser', { UserName: 'Bea' }],
      ['iam:CreateUser', { UserName: 'Iris' }],
      [
        'iam:PutUserPolicy',
        {
          UserName: 'Iris',
          PolicyName: 'All',
          PolicyDocument: policy('Allow', 'iam:GetAccountAuthorizationDetails', '*'),
        },
      ],
    );
    const rows = (learner: readonly Caller[]) =>
      matrixOf(checks.slice(0, 1), after, learner).principals.map(({ kind }) => kind);
    expect(rows([named('user/Bea', after)])).toEqual(['unread']);
    expect(rows([named('user/Bea', after), named('user/Iris', after)])).toEqual(['known']);
  });
});
