import { describe, expect, it } from 'vitest';
import type { Access, Check, LiveCall, StateRead } from './checks.ts';
import { accountId, gradeOne, policy, type Step, sandboxAfter } from './testing/sandbox.ts';

const common = { id: 'check', title: 'It is so', private: false };
const access = (body: Access): Check => ({ ...common, kind: 'access', access: body });
const call = (body: LiveCall): Check => ({ ...common, kind: 'call', call: body });
const state = (body: StateRead): Check => ({ ...common, kind: 'state', state: body });

const bea: Step = ['iam:CreateUser', { UserName: 'Bea' }];
const grant = (document: string): Step => [
  'iam:PutUserPolicy',
  { UserName: 'Bea', PolicyName: 'Grant', PolicyDocument: document },
];
const role: Step = [
  'iam:CreateRole',
  {
    RoleName: 'Clerk',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
        },
      ],
    },
  },
];
const bucket: Step = ['s3:CreateBucket', { Bucket: 'seeds-1' }];
const object: Step = ['s3:PutObject', { Bucket: 'seeds-1', Key: 'tomato.txt', Body: 'Black Cherry' }];

const passed = { verdict: 'passed', reason: null };
const failed = (reason: string) => ({ verdict: 'failed', reason });

describe('access', () => {
  const lists = access({ who: 'user/Bea', can: 's3:ListBucket', on: 'arn:aws:s3:::${Bucket}' });

  it('passes where the engine allows', async () => {
    const sandbox = sandboxAfter(bea, grant(policy('Allow', 's3:ListBucket', 'arn:aws:s3:::seeds-1')));
    expect(await gradeOne(sandbox, lists)).toEqual({ id: 'check', title: 'It is so', ...passed });
  });

  it('says that nothing allows it', async () => {
    expect(await gradeOne(sandboxAfter(bea), lists)).toMatchObject(
      failed('user/Bea is denied s3:ListBucket on arn:aws:s3:::seeds-1: no identity policy allows it.'),
    );
  });

  it('says which statement comes near', async () => {
    const sandbox = sandboxAfter(bea, grant(policy('Allow', 's3:ListBucket', 'arn:aws:s3:::seeds-1/*')));
    const { verdict, reason } = await gradeOne(sandbox, lists);
    expect(verdict).toBe('failed');
    expect(reason).toMatch(
      /^user\/Bea is denied s3:ListBucket on arn:aws:s3:::seeds-1: statement 1 of identity policy Grant comes near, but /,
    );
  });

  it('says which statement denies, and which allows too much', async () => {
    const denied = sandboxAfter(bea, grant(policy('Deny', '*', '*')));
    expect(await gradeOne(denied, lists)).toMatchObject(
      failed(
        'user/Bea is denied s3:ListBucket on arn:aws:s3:::seeds-1: statement 1 of identity policy Grant (user/Bea) denies it.',
      ),
    );
    const wide = sandboxAfter(bea, grant(policy('Allow', 's3:*', '*')));
    const cannot = access({
      who: 'user/Bea',
      cannot: ['s3:GetObject', 's3:PutObject'],
      on: 'arn:aws:s3:::${Bucket}/a',
    });
    expect(await gradeOne(wide, cannot)).toMatchObject(
      failed(
        'user/Bea is allowed s3:GetObject on arn:aws:s3:::seeds-1/a: statement 1 of identity policy Grant (user/Bea) allows it.',
      ),
    );
  });

  it('asks every action on every resource', async () => {
    const sandbox = sandboxAfter(bea, grant(policy('Allow', 's3:GetObject', 'arn:aws:s3:::seeds-1/*')));
    const on = ['arn:aws:s3:::seeds-1/a', 'arn:aws:s3:::seeds-2/a'];
    expect(await gradeOne(sandbox, access({ who: 'user/Bea', can: 's3:GetObject', on }))).toMatchObject({
      verdict: 'failed',
      reason: expect.stringContaining('seeds-2/a'),
    });
  });

  it('fails with a principal that is gone, whatever it asks', async () => {
    const gone = failed('There is no user/Bea in this account: its work must still be possible.');
    expect(await gradeOne(sandboxAfter(), lists)).toMatchObject(gone);
    const cannot = access({ who: 'user/Bea', cannot: 's3:GetObject', on: 'arn:aws:s3:::a/b' });
    expect(await gradeOne(sandboxAfter(), cannot)).toMatchObject(gone);
  });

  it('gives a request the keys that every request has, and those of the check instead', async () => {
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'true' }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      },
    });
    const sandbox = sandboxAfter(bea, grant(document));
    const on = 'arn:aws:s3:::seeds-1';
    const from = (address: string, rest = {}) =>
      gradeOne(
        sandbox,
        access({ who: 'user/Bea', can: 's3:ListBucket', on, when: { 'aws:sourceip': address, ...rest } }),
      );
    expect(await from('203.0.113.7')).toMatchObject(passed);
    expect(await from('198.51.100.7')).toMatchObject({ verdict: 'failed' });
    expect(await from('203.0.113.7', { 'aws:SecureTransport': false })).toMatchObject({ verdict: 'failed' });
  });

  it('sets the scene on a fork', async () => {
    const sandbox = sandboxAfter(bea);
    const given = [
      {
        call: 'iam:PutUserPolicy',
        with: { UserName: 'Bea', PolicyName: 'P', PolicyDocument: policy('Allow', '*', '*') },
      },
    ];
    expect(await gradeOne(sandbox, access({ who: 'user/Bea', can: 'iam:GetUser', given }))).toMatchObject(passed);
    expect(await gradeOne(sandbox, access({ who: 'user/Bea', can: 'iam:GetUser' }))).toMatchObject({
      verdict: 'failed',
    });
    const joined = [{ call: 'iam:AddUserToGroup', with: { UserName: 'Bea', GroupName: 'Staff' } }];
    expect(await gradeOne(sandbox, access({ who: 'user/Bea', can: 'iam:GetUser', given: joined }))).toMatchObject({
      verdict: 'failed',
      reason: expect.stringMatching(/^Before the check, root called iam:AddUserToGroup: NoSuchEntity, /),
    });
  });
});

describe('who', () => {
  const may = sandboxAfter(bea, role, grant(policy('Allow', 'sts:*', '*')), [
    'iam:PutRolePolicy',
    { RoleName: 'Clerk', PolicyName: 'Read', PolicyDocument: policy('Allow', 's3:GetObject', '*') },
  ]);
  const on = 'arn:aws:s3:::seeds-1/a';

  it('is a role, a session of it, root or nobody', async () => {
    expect(await gradeOne(may, access({ who: 'role/Clerk', can: 's3:GetObject', on }))).toMatchObject(passed);
    expect(await gradeOne(may, access({ who: 'root', can: 's3:GetObject', on }))).toMatchObject(passed);
    expect(await gradeOne(may, access({ who: 'anonymous', cannot: 's3:GetObject', on }))).toMatchObject(passed);
    const session = { assume: 'role/Clerk', by: 'user/Bea', session: 'monday', tags: { team: 'seeds' } };
    expect(await gradeOne(may, access({ who: session, can: 's3:GetObject', on }))).toMatchObject(passed);
  });

  it('is narrowed by a session policy', async () => {
    const narrowed = {
      assume: 'role/Clerk',
      by: 'user/Bea',
      policy: JSON.parse(policy('Allow', 's3:ListBucket', '*')),
    };
    expect(await gradeOne(may, access({ who: narrowed, cannot: 's3:GetObject', on }))).toMatchObject(passed);
  });

  it('has signed in with MFA where the check says so', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    };
    const guarded = sandboxAfter(
      bea,
      ['iam:CreateRole', { RoleName: 'Vault', AssumeRolePolicyDocument: trust }],
      ['iam:PutRolePolicy', { RoleName: 'Vault', PolicyName: 'P', PolicyDocument: policy('Allow', 's3:*', '*') }],
      grant(policy('Allow', 'sts:AssumeRole', '*')),
    );
    const as = { assume: 'role/Vault', by: 'user/Bea' };
    expect(await gradeOne(guarded, access({ who: { ...as, mfa: true }, can: 's3:GetObject', on }))).toMatchObject(
      passed,
    );
    expect(await gradeOne(guarded, access({ who: as, can: 's3:GetObject', on }))).toMatchObject({ verdict: 'failed' });
  });

  it('that cannot become the role cannot act through it, and is no principal that is gone', async () => {
    const refused = sandboxAfter(bea, role);
    const session = { assume: 'role/Clerk', by: 'user/Bea' };
    expect(await gradeOne(refused, access({ who: session, cannot: 's3:GetObject', on }))).toMatchObject(passed);
    expect(await gradeOne(refused, access({ who: session, can: 's3:GetObject', on }))).toMatchObject({
      verdict: 'failed',
      reason: expect.stringMatching(/^user\/Bea as role\/Clerk: AccessDenied, /),
    });
    const nobody = { assume: 'role/Clerk', by: 'user/Nobody' };
    expect(await gradeOne(refused, access({ who: nobody, cannot: 's3:GetObject', on }))).toMatchObject({
      verdict: 'failed',
    });
  });
});

describe('call', () => {
  const sandbox = sandboxAfter(bea, bucket, object, grant(policy('Allow', 's3:*Object', 'arn:aws:s3:::seeds-1/*')));
  const get = { who: 'user/Bea', call: 's3:GetObject', with: { Bucket: '${Bucket}', Key: 'tomato.txt' } };

  it('is made for real, and its answer read', async () => {
    expect(await gradeOne(sandbox, call(get))).toMatchObject(passed);
    expect(await gradeOne(sandbox, call({ ...get, expect: "Body == 'Black Cherry'" }))).toMatchObject(passed);
    expect(await gradeOne(sandbox, call({ ...get, expect: 'Body' }))).toMatchObject({ verdict: 'failed' });
  });

  it('changes nothing, and sees what was given', async () => {
    const put = {
      who: 'user/Bea',
      call: 's3:PutObject',
      with: { Bucket: '${Bucket}', Key: 'tomato.txt', Body: 'Roma' },
    };
    expect(await gradeOne(sandbox, call({ ...get, given: [put], expect: "Body == 'Roma'" }))).toMatchObject(passed);
    expect(await gradeOne(sandbox, call({ ...get, expect: "Body == 'Black Cherry'" }))).toMatchObject(passed);
  });

  it('ends as the check says', async () => {
    const missing = { ...get, with: { Bucket: '${Bucket}', Key: 'bean.txt' } };
    expect(await gradeOne(sandbox, call({ ...get, ends: 'AccessDenied' }))).toMatchObject(
      failed('user/Bea called s3:GetObject (Bucket seeds-1, Key tomato.txt), and it succeeded.'),
    );
    expect(await gradeOne(sandbox, call({ ...missing, who: 'root', ends: 'NoSuchKey' }))).toMatchObject(passed);
    expect(await gradeOne(sandbox, call({ ...missing, who: 'root' }))).toMatchObject({
      verdict: 'failed',
      reason: expect.stringMatching(/^root called s3:GetObject \(Bucket seeds-1, Key bean.txt\): NoSuchKey, /),
    });
    const list = { who: 'user/Bea', call: 's3:ListObjectsV2', with: { Bucket: '${Bucket}' } };
    expect(await gradeOne(sandbox, call({ ...list, ends: 'AccessDenied' }))).toMatchObject(passed);
    expect((await gradeOne(sandbox, call(list))).reason).toMatch(
      /^user\/Bea is denied s3:ListBucket on arn:aws:s3:::seeds-1: /,
    );
  });

  it('is denied under whichever name the service has for it', async () => {
    const parameter = { who: 'user/Bea', call: 'ssm:GetParameter', with: { Name: '/token' }, ends: 'AccessDenied' };
    expect(await gradeOne(sandbox, call(parameter))).toMatchObject(passed);
  });
});

describe('state', () => {
  const sandbox = sandboxAfter(bea, role, grant(policy('Allow', 's3:*', '*')));

  it('holds or does not', async () => {
    const inline = { call: 'iam:ListUserPolicies', with: { UserName: 'Bea' } };
    expect(await gradeOne(sandbox, state({ ...inline, expect: 'length(PolicyNames) == `1`' }))).toMatchObject(passed);
    const { reason } = await gradeOne(sandbox, state({ ...inline, expect: 'length(PolicyNames) == `0`' }));
    expect(reason).toBe('iam:ListUserPolicies (UserName Bea): PolicyNames must be empty; it holds Grant.');
  });

  it('reads a policy document as what it says', async () => {
    const trust = { call: 'iam:GetRole', with: { RoleName: 'Clerk' } };
    const expected = `contains(Role.AssumeRolePolicyDocument.Statement[].Principal.AWS, 'arn:aws:iam::${accountId}:root')`;
    expect(await gradeOne(sandbox, state({ ...trust, expect: expected }))).toMatchObject(passed);
  });

  it('does not hold where the thing is gone, or has another shape', async () => {
    const gone = { call: 'iam:GetUser', with: { UserName: 'Tom' }, expect: '`true`' };
    expect((await gradeOne(sandbox, state(gone))).reason).toMatch(/^iam:GetUser \(UserName Tom\): NoSuchEntity, /);
    const shape = { call: 'iam:GetUser', with: { UserName: 'Bea' }, expect: 'length(User.Nothing) == `0`' };
    expect(await gradeOne(sandbox, state(shape))).toMatchObject({ verdict: 'failed' });
  });

  it('is ungraded where the check cannot run', async () => {
    const broken = { call: 'iam:GetUser', with: { UserName: 'Bea' }, expect: 'nothing(User)' };
    expect(await gradeOne(sandbox, state(broken))).toMatchObject({
      verdict: 'ungraded',
      reason: 'This could not be graded: Unknown function: nothing()',
    });
  });
});

describe('flag', () => {
  const flag: Check = { ...common, kind: 'flag', flag: { matches: '${Flag}' } };

  it('is this learner’s, spaces around it aside', async () => {
    const sandbox = sandboxAfter();
    expect(await gradeOne(sandbox, flag, { check: ' flag{0123}\n' })).toMatchObject(passed);
    expect(await gradeOne(sandbox, flag, { check: 'flag{0124}' })).toMatchObject({ verdict: 'failed' });
    expect((await gradeOne(sandbox, flag)).reason).toBe(
      'Nothing was answered yet: when you have found it, note it with: answer check <text>',
    );
  });
});

describe('what a result tells', () => {
  it('is nothing of a private check', async () => {
    const check = { ...access({ who: 'user/Bea', can: 'iam:GetUser' }), private: true };
    expect(await gradeOne(sandboxAfter(bea), check)).toEqual({
      id: 'check',
      title: null,
      verdict: 'failed',
      reason: null,
    });
  });

  it('is never the flag, and never long', async () => {
    const sandbox = sandboxAfter(['ssm:PutParameter', { Name: '/token', Value: 'flag{0123}', Type: 'String' }]);
    const read = state({ call: 'ssm:GetParameter', with: { Name: '/token' }, expect: "Parameter.Value == 'x'" });
    const { reason } = await gradeOne(sandbox, read);
    expect(reason).toBe('ssm:GetParameter (Name /token): Parameter.Value must be x; it is flag{…}.');
    const long = access({ who: 'root', cannot: 's3:GetObject', on: `arn:aws:s3:::b/${'long/'.repeat(80)}end` });
    const told = (await gradeOne(sandbox, long)).reason ?? '';
    expect(told.length).toBeLessThan(200);
    expect(told).toContain('end: ');
  });
});
