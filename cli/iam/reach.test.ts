import { describe, expect, it } from 'vitest';
import { askLine } from '../testing/ask.ts';

const ACCOUNT = '111122223333';
const EVE = `arn:aws:iam::${ACCOUNT}:user/Eve`;
const ADMIN = `arn:aws:iam::${ACCOUNT}:role/Admin`;
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const trusts = (Principal: object) => document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
const encoded = (value: object) => encodeURIComponent(JSON.stringify(value));

/** As AWS answers it, with documents that are URL-encoded. */
const accountOf = (...allowed: object[]) => ({
  IsTruncated: false,
  UserDetailList: [
    {
      Path: '/',
      UserName: 'Eve',
      UserId: 'AIDAEXAMPLEEVE0000000',
      Arn: EVE,
      CreateDate: '2026-01-01T00:00:00Z',
      UserPolicyList: [{ PolicyName: 'own', PolicyDocument: encoded(document(...allowed)) }],
      GroupList: [],
      AttachedManagedPolicies: [],
      Tags: [],
    },
  ],
  GroupDetailList: [],
  RoleDetailList: [
    {
      Path: '/',
      RoleName: 'Admin',
      RoleId: 'AROAEXAMPLEADMIN00000',
      Arn: ADMIN,
      AssumeRolePolicyDocument: encoded(trusts({ Service: 'lambda.amazonaws.com' })),
      InstanceProfileList: [],
      RolePolicyList: [],
      AttachedManagedPolicies: [
        { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      ],
      Tags: [],
    },
  ],
  Policies: [],
});
const pass = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];
const reach = (line: object) => askLine('reach', line);

describe('reach', () => {
  it('tells the steps to what a user could become', async () => {
    expect(await reach({ accounts: [accountOf(allow(pass))], from: EVE, workloads: [] })).toEqual({
      admin: true,
      reaches: [{ arn: ADMIN, steps: [{ from: EVE, to: ADMIN, path: '36', actions: pass }] }],
      notDecided: [],
    });
  });

  it('tells that nothing is reached', async () => {
    const account = accountOf(allow('s3:ListAllMyBuckets'));
    expect(await reach({ accounts: [account], from: EVE })).toEqual({ admin: false, reaches: [], notDecided: [] });
  });

  it('heeds SCPs, given by account and level', async () => {
    const scps = {
      [ACCOUNT]: [
        [document(allow('*'))],
        [document(allow('*')), document({ ...allow('iam:PassRole'), Effect: 'Deny' })],
      ],
    };
    expect(await reach({ accounts: [accountOf(allow(pass))], from: EVE, scps, workloads: [] })).toMatchObject({
      admin: false,
      reaches: [],
    });
  });

  it('takes workloads of any kind by their ARNs, and with more said of them', async () => {
    const arn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:app`;
    const line = { accounts: [accountOf(allow('lambda:UpdateFunctionCode'))], from: EVE };
    const workloads = [{ arn, kind: 'AWS::Lambda::Function', role: ADMIN, runtime: 'python3.13' }];
    expect(await reach({ ...line, workloads })).toMatchObject({
      admin: true,
      reaches: [{ arn: ADMIN, steps: [{ path: '39' }] }],
    });
    expect(await reach(line)).toEqual({ admin: false, reaches: [], notDecided: ['39'] });
  });

  it('opens resources whose policies are told', async () => {
    const resource = 'arn:aws:s3:::archive';
    const policy = encoded(document({ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: resource }));
    const line = { accounts: [accountOf(allow('s3:PutBucketPolicy'))], from: EVE };
    const answer = await reach({ ...line, resourcePolicies: [{ resource, account: ACCOUNT, policy }] });
    expect(answer).toMatchObject({
      admin: false,
      reaches: [{ arn: resource, steps: [{ from: EVE, to: resource, path: '81' }] }],
    });
  });

  it('starts from a role, also by a session of it', async () => {
    const from = `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/work`;
    expect(await reach({ accounts: [accountOf(allow(pass))], from })).toMatchObject({
      admin: true,
      reaches: [{ arn: EVE }],
    });
  });

  it('takes keys that every call carries', async () => {
    const account = accountOf(
      allow('iam:PutUserPolicy', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    );
    const line = { accounts: [account], from: EVE };
    expect(await reach(line)).toMatchObject({ admin: false });
    expect(await reach({ ...line, context: { 'aws:MultiFactorAuthPresent': true } })).toMatchObject({ admin: true });
  });

  it('takes AWS managed policies that may be attached from AWS’s own', async () => {
    const named = 'arn:aws:iam::aws:policy/IAMFullAccess';
    const account = accountOf(allow('iam:AttachUserPolicy', { Condition: { ArnEquals: { 'iam:PolicyARN': named } } }));
    expect(await reach({ accounts: [account], from: EVE })).toMatchObject({ admin: true });
  });

  it('is not stopped by a list of forbidden policies that has AdministratorAccess alone', async () => {
    const without = (...names: readonly string[]) =>
      accountOf(allow('iam:AttachUserPolicy'), {
        ...allow('iam:AttachUserPolicy'),
        Effect: 'Deny',
        Condition: { ArnEquals: { 'iam:PolicyARN': names.map((name) => `arn:aws:iam::aws:policy/${name}`) } },
      });
    const ask = (account: object) => reach({ accounts: [account], from: EVE });
    expect(await ask(without('AdministratorAccess'))).toMatchObject({ admin: true });
    expect(await ask(without('AdministratorAccess', 'IAMFullAccess'))).toMatchObject({ admin: false });
  });

  const account = accountOf(allow(pass));
  it.each([
    [{ accounts: [account] }, 'invalid_line', ''],
    [{ accounts: [], from: EVE }, 'invalid_line', '/accounts'],
    [{ accounts: [account], from: EVE, who: 1 }, 'invalid_line', '/who'],
    [{ accounts: [account], from: 'Eve' }, 'invalid_principal', '/from'],
    [{ accounts: [account], from: `${EVE}lyn` }, 'unknown_principal', '/from'],
    [{ accounts: [account], from: `arn:aws:iam::${ACCOUNT}:root` }, 'unknown_principal', '/from'],
    [{ accounts: [account, account], from: EVE }, 'invalid_line', '/accounts/1'],
    [{ accounts: [{ UserDetailList: [{}] }], from: EVE }, 'invalid_line', '/accounts/0/UserDetailList/0'],
    [
      { accounts: [{ UserDetailList: [{ Arn: EVE, UserPolicyList: [{ PolicyDocument: '{' }] }] }], from: EVE },
      'malformed_policy',
      '/accounts/0/UserDetailList/0/UserPolicyList/0/PolicyDocument',
    ],
    [
      {
        accounts: [
          {
            UserDetailList: [
              { Arn: EVE, AttachedManagedPolicies: [{ PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/Gone` }] },
            ],
          },
        ],
        from: EVE,
      },
      'missing_policy',
      '/accounts/0/UserDetailList/0/AttachedManagedPolicies/0/PolicyArn',
    ],
    [
      { accounts: [account], from: EVE, scps: { [ACCOUNT]: [[document({})]] } },
      'malformed_policy',
      `/scps/${ACCOUNT}/0/0/Statement/0`,
    ],
    [{ accounts: [account], from: EVE, scps: { here: [] } }, 'invalid_line', '/scps/here'],
    [{ accounts: [account], from: EVE, workloads: [{ arn: 'app' }] }, 'invalid_line', '/workloads/0/arn'],
    [
      {
        accounts: [account],
        from: EVE,
        workloads: [{ arn: 'arn:aws:lambda:us-east-1:1:function:a', role: `${ADMIN}s` }],
      },
      'unknown_principal',
      '/workloads/0/role',
    ],
  ])('refuses %#', async (line, code, pointer) => {
    expect(await reach(line)).toMatchObject({ error: { code, pointer } });
  });
});
