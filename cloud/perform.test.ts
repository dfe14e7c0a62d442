/** The door: the order of its steps, what a denial is, what a change leaves behind. */
import { applyPatches, enablePatches } from 'immer';
import { describe, expect, test } from 'vitest';
import type { AnyCaller } from '../iam/model.ts';
import { resolveCredential } from './credentials.ts';
import { accountId, allow, anonymous, deny, partnerId, partnerRoot, policy, root, Sandbox } from './testing/sandbox.ts';

enablePatches();

function callerOf(sandbox: Sandbox, credentials: { AccessKeyId: string }): AnyCaller {
  const credential = resolveCredential(sandbox.world, credentials.AccessKeyId, sandbox.now);
  if (credential.kind !== 'found') throw new Error(credential.kind);
  return credential.caller;
}

describe('the order of steps', () => {
  test('an unknown operation, a missing member, a denial, an invalid input, the operation', () => {
    const sandbox = new Sandbox();
    const bea = sandbox.user('Bea');
    expect(sandbox.fail('iam:GetAccountSummaryOfMoon')).toMatchObject({ code: 'InvalidAction', status: 400 });
    expect(sandbox.fail('s3:GetObjectTorrent', { Bucket: 'b', Key: 'k' })).toMatchObject({
      code: 'NotImplemented',
      status: 501,
    });
    expect(sandbox.fail('ssm:CreateOpsItem', {})).toMatchObject({ code: 'UnknownOperationException', status: 400 });
    expect(sandbox.fail('iam:CreateUser', {}, bea)).toMatchObject({ code: 'ValidationError' });
    expect(sandbox.fail('iam:CreateUser', { UserName: 'a b' }, bea)).toMatchObject({ code: 'AccessDenied' });
    expect(sandbox.fail('iam:CreateUser', { UserName: 'a b' })).toMatchObject({ code: 'ValidationError' });
    expect(sandbox.fail('iam:CreateUser', { UserName: 'Bea' })).toMatchObject({ code: 'EntityAlreadyExists' });
  });

  test('a denial has the code and the status of its service', () => {
    const sandbox = new Sandbox();
    const bea = sandbox.user('Bea');
    sandbox.call('s3:CreateBucket', { Bucket: 'payroll' });
    expect(sandbox.fail('iam:ListUsers', {}, bea)).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:iam::${accountId}:user/Bea is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${accountId}:user/ because no identity-based policy allows the iam:ListUsers action`,
    });
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket: 'payroll' }, bea)).toMatchObject({
      code: 'AccessDenied',
      status: 403,
    });
    expect(sandbox.fail('ssm:GetParameter', { Name: 'p' }, bea)).toMatchObject({
      code: 'AccessDeniedException',
      status: 400,
    });
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket: 'payroll' }, anonymous)).toMatchObject({ code: 'AccessDenied' });
  });
});

describe('what a call leaves behind', () => {
  test('a read, a denial and an error leave the very same world', () => {
    const sandbox = new Sandbox();
    const bea = sandbox.user('Bea');
    const before = sandbox.world;
    for (const performed of [
      sandbox.perform('iam:ListUsers', {}),
      sandbox.perform('iam:DeleteUser', { UserName: 'Bea' }, bea),
      sandbox.perform('iam:DeleteUser', { UserName: 'Nobody' }),
    ]) {
      expect(performed.world).toBe(before);
      expect(performed.patches).toEqual([]);
    }
  });

  test('the patches lead from the world before to the world after, in plain data', () => {
    const sandbox = new Sandbox();
    for (const [name, input] of [
      ['iam:CreateUser', { UserName: 'Bea', Tags: [{ Key: 'team', Value: 'pay' }] }],
      ['iam:CreateAccessKey', { UserName: 'Bea' }],
      ['s3:CreateBucket', { Bucket: 'payroll' }],
      ['s3:PutObject', { Bucket: 'payroll', Key: 'a', Body: new Uint8Array([1, 2, 3]) }],
      ['ssm:PutParameter', { Name: 'p', Value: 'v', Type: 'String' }],
      ['iam:DeleteUserPolicy', { UserName: 'Bea', PolicyName: 'none' }],
    ] as const) {
      const before = sandbox.world;
      const performed = sandbox.perform(name, input);
      const stored = JSON.parse(JSON.stringify(performed.patches));
      expect(applyPatches(JSON.parse(JSON.stringify(before)), stored)).toEqual(performed.world);
      expect(JSON.parse(JSON.stringify(performed.world))).toEqual(performed.world);
    }
  });

  test('a body is named by its digest', () => {
    const sandbox = new Sandbox();
    sandbox.call('s3:CreateBucket', { Bucket: 'payroll' });
    const { newBlobs } = sandbox.perform('s3:PutObject', { Bucket: 'payroll', Key: 'a', Body: new Uint8Array(0) });
    expect([...newBlobs.keys()]).toEqual(['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']);
  });
});

describe('which policies speak', () => {
  test('of the user, of its groups, of its boundary', () => {
    const sandbox = new Sandbox();
    const bea = sandbox.user('Bea');
    sandbox.call('iam:CreateGroup', { GroupName: 'Clerks' });
    sandbox.call('iam:AddUserToGroup', { GroupName: 'Clerks', UserName: 'Bea' });
    sandbox.call('iam:PutGroupPolicy', {
      GroupName: 'Clerks',
      PolicyName: 'read',
      PolicyDocument: policy(allow('iam:List*')),
    });
    expect(sandbox.perform('iam:ListUsers', {}, bea).decisions[0]?.decision.statements[0]?.policy).toMatchObject({
      name: 'read',
      attachedTo: 'group/Clerks',
      layer: 'identity',
    });
    const { Policy } = sandbox.call('iam:CreatePolicy', { PolicyName: 'Bound', PolicyDocument: policy(allow('s3:*')) });
    sandbox.call('iam:PutUserPermissionsBoundary', { UserName: 'Bea', PermissionsBoundary: Policy.Arn });
    expect(sandbox.fail('iam:ListUsers', {}, bea).message).toContain('because no permissions boundary allows');
  });

  test('of the role and the session, not those of another session of the same name', () => {
    const sandbox = new Sandbox();
    sandbox.call('iam:CreateRole', {
      RoleName: 'Clerk',
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: accountId },
        Action: 'sts:AssumeRole',
      }),
    });
    sandbox.call('iam:PutRolePolicy', { RoleName: 'Clerk', PolicyName: 'p', PolicyDocument: policy(allow('iam:*')) });
    const bea = sandbox.user('Bea', allow('sts:AssumeRole'));
    const RoleArn = `arn:aws:iam::${accountId}:role/Clerk`;
    const wide = sandbox.call('sts:AssumeRole', { RoleArn, RoleSessionName: 'work' }, bea);
    const narrow = sandbox.call(
      'sts:AssumeRole',
      { RoleArn, RoleSessionName: 'work', Policy: policy(allow('s3:*')) },
      bea,
    );
    sandbox.call('iam:ListUsers', {}, callerOf(sandbox, wide.Credentials));
    const refused = sandbox.fail('iam:ListUsers', {}, callerOf(sandbox, narrow.Credentials));
    expect(refused.message).toContain('because no session policy allows');
  });

  test('of the bucket, for its own account’s principals and for another’s', () => {
    const sandbox = new Sandbox();
    sandbox.call('s3:CreateBucket', { Bucket: 'payroll' });
    sandbox.call('s3:PutObject', { Bucket: 'payroll', Key: 'a', Body: new Uint8Array([1]) });
    const bea = sandbox.user('Bea');
    sandbox.call('s3:PutBucketPolicy', {
      Bucket: 'payroll',
      Policy: policy({
        ...allow('s3:GetObject', 'arn:aws:s3:::payroll/*'),
        Principal: { AWS: [`arn:aws:iam::${accountId}:user/Bea`, partnerId] },
      }),
    });
    sandbox.call('s3:GetObject', { Bucket: 'payroll', Key: 'a' }, bea);
    sandbox.call('s3:GetObject', { Bucket: 'payroll', Key: 'a' }, partnerRoot);
    expect(sandbox.fail('s3:GetObject', { Bucket: 'payroll', Key: 'a' }, anonymous).code).toBe('AccessDenied');
  });
});

test('session tags of any name live on in the journal', () => {
  const sandbox = new Sandbox();
  const everyone = {
    Effect: 'Allow',
    Principal: { AWS: accountId },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
  };
  sandbox.call('iam:CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: policy(everyone) });
  const onlyTagged = {
    ...allow('s3:ListAllMyBuckets'),
    Condition: { StringEquals: { 'aws:PrincipalTag/__proto__': 'x' } },
  };
  sandbox.call('iam:PutRolePolicy', { RoleName: 'R', PolicyName: 'p', PolicyDocument: policy(onlyTagged) });
  const request = {
    RoleArn: `arn:aws:iam::${accountId}:role/R`,
    RoleSessionName: 'night',
    Tags: [{ Key: '__proto__', Value: 'x' }],
  };
  const bea = sandbox.user('Bea', allow('sts:*'));
  const session = callerOf(sandbox, sandbox.call('sts:AssumeRole', request, bea).Credentials);
  sandbox.call('s3:ListBuckets', {}, session);
});

describe('limits of sessions', () => {
  test('without MFA no IAM, and of STS only AssumeRole and GetCallerIdentity', () => {
    const sandbox = new Sandbox();
    const bea = sandbox.user('Bea', allow('*'), deny('sts:GetCallerIdentity'));
    const session = callerOf(sandbox, sandbox.call('sts:GetSessionToken', {}, bea).Credentials);
    expect(sandbox.fail('iam:ListUsers', {}, session)).toMatchObject({ code: 'InvalidClientTokenId', status: 403 });
    expect(sandbox.fail('sts:GetSessionToken', {}, session)).toMatchObject({
      code: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    });
    sandbox.call('sts:GetCallerIdentity', {}, session);
    sandbox.call('s3:ListBuckets', {}, session);
  });

  test('the same for a session of root, which has its time of birth as a condition key', () => {
    const sandbox = new Sandbox();
    sandbox.call('s3:CreateBucket', { Bucket: 'payroll' });
    const session = callerOf(sandbox, sandbox.call('sts:GetSessionToken', {}, root).Credentials);
    expect(sandbox.fail('iam:ListUsers', {}, session)).toMatchObject({ code: 'InvalidClientTokenId', status: 403 });
    expect(sandbox.fail('sts:GetSessionToken', {}, session).code).toBe('AccessDenied');
    const noSessions = {
      ...deny('s3:ListBucket', 'arn:aws:s3:::payroll'),
      Principal: '*',
      Condition: { Null: { 'aws:TokenIssueTime': 'false' } },
    };
    sandbox.call('s3:PutBucketPolicy', { Bucket: 'payroll', Policy: policy(noSessions) });
    sandbox.call('s3:ListObjectsV2', { Bucket: 'payroll' }, root);
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket: 'payroll' }, session).code).toBe('AccessDenied');
  });

  test('stand among the decisions', () => {
    const sandbox = new Sandbox();
    const session = callerOf(sandbox, sandbox.call('sts:GetSessionToken', {}, root).Credentials);
    const { decisions } = sandbox.perform('iam:ListUsers', {}, session);
    expect(decisions.map(({ decision }) => decision.reason)).toEqual([
      expect.stringContaining('credentials of GetSessionToken without MFA cannot call IAM'),
    ]);
  });
});

test('a role of an account that is not here is denied by a decision too', () => {
  const sandbox = new Sandbox();
  const bea = sandbox.user('Bea', allow('sts:*'));
  const RoleArn = 'arn:aws:iam::999999999999:role/Auditor';
  const { decisions, outcome } = sandbox.perform('sts:AssumeRole', { RoleArn, RoleSessionName: 'night' }, bea);
  expect(outcome).toMatchObject({ kind: 'error', error: { code: 'AccessDenied' } });
  expect(decisions).toMatchObject([{ decision: { verdict: 'implicitly-denied', layer: 'trust' } }]);
});

test('a caller of an account that is not here is refused', () => {
  const sandbox = new Sandbox();
  const stranger: AnyCaller = { kind: 'root', accountId: '999999999999' };
  const before = sandbox.world;
  for (const call of ['s3:ListBuckets', 'iam:CreateUser', 'sts:GetCallerIdentity']) {
    expect(sandbox.fail(call, { UserName: 'Bea' }, stranger)).toMatchObject({
      code: 'InvalidClientTokenId',
      status: 403,
      message: 'The sandbox has no account 999999999999.',
    });
  }
  expect(sandbox.world).toBe(before);
});

test('a second question of a handler stands among the decisions', () => {
  const sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket: 'payroll' });
  const bea = sandbox.user('Bea', allow('s3:GetObject'));
  const performed = sandbox.perform('s3:GetObject', { Bucket: 'payroll', Key: 'none' }, bea);
  expect(performed.outcome).toMatchObject({ kind: 'error', error: { code: 'AccessDenied', status: 403 } });
  expect(performed.decisions.map(({ request, decision }) => [request.action, decision.verdict])).toEqual([
    ['s3:GetObject', 'allowed'],
    ['s3:ListBucket', 'implicitly-denied'],
  ]);
});
