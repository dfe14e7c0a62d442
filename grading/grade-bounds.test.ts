import { describe, expect, it } from 'vitest';
import type { Access, Check } from './checks.ts';
import type { Bounds } from './decided-checks.ts';
import { inOrganization } from './testing/organization.ts';
import { accountId, gradeOne, policy, type Step, sandboxAfter } from './testing/sandbox.ts';

const bea: Step = ['iam:CreateUser', { UserName: 'Bea' }];
const B = 'arn:aws:s3:::seeds-1';
const grant = (...statements: readonly object[]): Step => [
  'iam:PutUserPolicy',
  {
    UserName: 'Bea',
    PolicyName: 'Grant',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  },
];
const allow = (Action: string | readonly string[], Resource: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource: string, more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

const base = { id: 'check', title: 'It is so', private: false };
const bounds = (body: Omit<Bounds, 'who'>): Check => ({
  ...base,
  kind: 'bounds',
  bounds: { who: 'user/Bea', ...body },
});
const access = (body: Omit<Access, 'who'>): Check => ({
  ...base,
  kind: 'access',
  access: { who: 'user/Bea', ...body },
});
const passed = { verdict: 'passed', reason: null };
const failed = (reason: string) => ({ verdict: 'failed', reason });

describe('bounds', () => {
  const atMost = [allow('s3:ListBucket', B)];

  it('lets nothing beyond what it says', async () => {
    const least = bounds({ atMost });
    expect(await gradeOne(sandboxAfter(bea), least)).toMatchObject(passed);
    expect(await gradeOne(sandboxAfter(bea, grant(allow('s3:ListBucket', B))), least)).toMatchObject(passed);
    expect(
      await gradeOne(sandboxAfter(bea, grant(allow(['s3:ListBucket', 's3:GetObject'], [B, `${B}/*`]))), least),
    ).toMatchObject(
      failed(
        'user/Bea is allowed s3:GetObject on arn:aws:s3:::seeds-1/x: statement 1 of identity policy Grant (user/Bea) allows it.',
      ),
    );
    const wide = await gradeOne(sandboxAfter(bea, grant(allow('s3:ListBucket', `${B}*`))), least);
    expect(wide.reason).toMatch(/^user\/Bea is allowed s3:ListBucket on arn:aws:s3:::seeds-1.: statement 1 /);
  });

  it('takes the control policies of an organization into account', async () => {
    const made = sandboxAfter(['s3:CreateBucket', { Bucket: 'seeds-1' }], bea, grant(allow('s3:*', '*')));
    const least = bounds({ atMost: [allow('s3:List*', '*')] });
    const reach = bounds({ atLeast: [allow('s3:GetObject', `${B}/*`)] });
    expect((await gradeOne(made, least)).verdict).toBe('failed');
    expect(await gradeOne(made, reach)).toMatchObject(passed);
    const SERVICE_CONTROL_POLICY = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', NotAction: 's3:List*', Resource: '*' }],
    });
    const member = { ...made, world: inOrganization(made.world, { SERVICE_CONTROL_POLICY }) };
    expect(await gradeOne(member, least)).toMatchObject(passed);
    expect((await gradeOne(member, reach)).reason).toMatch(/service control policy Limit0/);
    const RESOURCE_CONTROL_POLICY = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
    });
    const guarded = { ...made, world: inOrganization(made.world, { RESOURCE_CONTROL_POLICY }) };
    expect((await gradeOne(guarded, reach)).reason).toMatch(/resource control policy Limit1/);
  });

  it('takes a Deny and a boundary into account', async () => {
    const least = bounds({ atMost });
    const kept = grant(allow('s3:*', '*'), deny('*', '*', { Condition: { Null: { 'aws:username': 'false' } } }));
    expect(await gradeOne(sandboxAfter(bea, kept), least)).toMatchObject(passed);
    const bounded = sandboxAfter(
      ['iam:CreatePolicy', { PolicyName: 'Limit', PolicyDocument: policy('Allow', 's3:ListBucket', B) }],
      ['iam:CreateUser', { UserName: 'Bea', PermissionsBoundary: `arn:aws:iam::${accountId}:policy/Limit` }],
      grant(allow('*', '*')),
    );
    expect(await gradeOne(bounded, least)).toMatchObject(passed);
  });

  it('asks for requests with whatever keys, unless they are settled', async () => {
    const guarded = grant(
      allow('s3:GetObject', `${B}/*`, { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    );
    const reason = (await gradeOne(sandboxAfter(bea, guarded), bounds({ atMost }))).reason ?? '';
    expect(reason).toMatch(/^user\/Bea is allowed s3:GetObject with .*aws:SourceIp 203\.0\.113\./);
    const inside = bounds({ atMost, when: { 'aws:SourceIp': '198.51.100.7' } });
    expect(await gradeOne(sandboxAfter(bea, guarded), inside)).toMatchObject(passed);
  });

  it('asks that all is possible', async () => {
    const atLeast = [allow('s3:GetObject', `${B}/reports/*`)];
    const all = bounds({ atLeast });
    expect(await gradeOne(sandboxAfter(bea, grant(allow('s3:Get*', `${B}/*`))), all)).toMatchObject(passed);
    const but = sandboxAfter(bea, grant(allow('s3:Get*', `${B}/*`), deny('s3:*', `${B}/*/secret`)));
    expect((await gradeOne(but, all)).reason).toMatch(
      /^user\/Bea is denied s3:GetObject on arn:aws:s3:::seeds-1\/reports\/.*secret: statement 2 of identity policy Grant \(user\/Bea\) denies it\.$/,
    );
    const secure = grant(allow('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }));
    expect(await gradeOne(sandboxAfter(bea, secure), all)).toMatchObject(passed);
    const anyway = bounds({ atLeast, when: { 'aws:SecureTransport': 'any' } });
    expect(await gradeOne(sandboxAfter(bea, secure), anyway)).toMatchObject({ verdict: 'failed' });
  });
});

describe('patterns in can, cannot and on', () => {
  it('stand for everything that they match', async () => {
    const can = access({ can: 's3:GetObject', on: `${B}/*` });
    expect(await gradeOne(sandboxAfter(bea, grant(allow('s3:GetObject', `${B}/*`))), can)).toMatchObject(passed);
    expect((await gradeOne(sandboxAfter(bea, grant(allow('s3:GetObject', `${B}/a*`))), can)).reason).toMatch(
      /^user\/Bea is denied s3:GetObject on arn:aws:s3:::seeds-1\/[^a]/,
    );
    const cannot = access({ cannot: ['s3:Put*', 's3:Delete*'], on: [B, `${B}/*`] });
    expect(await gradeOne(sandboxAfter(bea, grant(allow('s3:Get*', '*'))), cannot)).toMatchObject(passed);
    expect(
      await gradeOne(sandboxAfter(bea, grant(allow('s3:DeleteObjectVersion', `${B}/old/*`))), cannot),
    ).toMatchObject(
      failed(
        'user/Bea is allowed s3:DeleteObjectVersion on arn:aws:s3:::seeds-1/old/: statement 1 of identity policy Grant (user/Bea) allows it.',
      ),
    );
  });

  it('are asked as an ordinary request, save for any', async () => {
    const guarded = sandboxAfter(
      bea,
      grant(allow('s3:*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })),
    );
    expect(await gradeOne(guarded, access({ cannot: 's3:Get*', on: `${B}/*` }))).toMatchObject(passed);
    const anywhere = access({ cannot: 's3:Get*', on: `${B}/*`, when: { 'aws:SourceIp': 'any' } });
    expect(await gradeOne(guarded, anywhere)).toMatchObject({ verdict: 'failed' });
    const there = access({ can: 's3:GetObject', on: `${B}/*`, when: { 'aws:SourceIp': '203.0.113.7' } });
    expect(await gradeOne(guarded, there)).toMatchObject(passed);
  });

  it('are not graded where they stand for no request', async () => {
    const never = access({ cannot: 's3:GetObject', on: 'arn:aws:s3:::seeds-?' });
    expect(await gradeOne(sandboxAfter(bea), never)).toMatchObject({
      verdict: 'ungraded',
      reason: 'This could not be graded: No request is for s3:GetObject on arn:aws:s3:::seeds-?.',
    });
  });
});
