/** What is done to a check's fork before it looks: calls that are given, and time that passes. */
import { describe, expect, it } from 'vitest';
import type { Check } from './checks.ts';
import { accountId, gradeOne, platform, policy, type Step, sandboxAfter } from './testing/sandbox.ts';

const common = { id: 'check', title: 'It is so', private: false };
const bea: Step = ['iam:CreateUser', { UserName: 'Bea' }];

/** Bea may until half past. */
const untilHalfPast: Step = [
  'iam:PutUserPolicy',
  {
    UserName: 'Bea',
    PolicyName: 'Contract',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:ListAllMyBuckets', 'sts:AssumeRole'],
          Resource: '*',
          Condition: { DateLessThan: { 'aws:CurrentTime': new Date(platform.realNow + 30 * 60_000).toISOString() } },
        },
      ],
    },
  },
];
const trusting: Step = [
  'iam:CreateRole',
  {
    RoleName: 'Clerk',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
    },
  },
];
const secret: Step = [
  'secretsmanager:CreateSecret',
  { Name: 'payroll', SecretString: 'x', ClientRequestToken: 'a'.repeat(32) },
];
const farewell: Step = ['secretsmanager:DeleteSecret', { SecretId: 'payroll', RecoveryWindowInDays: 7 }];

const verdictOf = async (check: Record<string, unknown>, ...steps: readonly Step[]) =>
  (await gradeOne(sandboxAfter(...steps), { ...common, ...check } as unknown as Check)).verdict;

describe('after', () => {
  const can = { who: 'user/Bea', can: 's3:ListAllMyBuckets' };
  const anyBucket = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };
  const lists = { who: 'user/Bea', call: 's3:ListBuckets' };
  it.each([
    ['access', { kind: 'access', access: { ...can, after: '29m' } }, 'passed'],
    ['access', { kind: 'access', access: { ...can, after: '31m' } }, 'failed'],
    ['call', { kind: 'call', call: { ...lists, after: '29m' } }, 'passed'],
    ['call', { kind: 'call', call: { ...lists, ends: 'AccessDenied', after: '31m' } }, 'passed'],
    ['bounds', { kind: 'bounds', bounds: { who: 'user/Bea', atLeast: [anyBucket], after: '29m' } }, 'passed'],
    ['bounds', { kind: 'bounds', bounds: { who: 'user/Bea', atLeast: [anyBucket], after: '31m' } }, 'failed'],
    ['reach', { kind: 'reach', reach: { from: 'user/Bea', to: 'role/Clerk', expect: 'some', after: '29m' } }, 'passed'],
    ['reach', { kind: 'reach', reach: { from: 'user/Bea', to: 'role/Clerk', expect: 'none', after: '31m' } }, 'passed'],
  ])('moves the clock of the fork of %s', async (_, check, verdict) => {
    expect(await verdictOf(check, bea, untilHalfPast, trusting)).toBe(verdict);
  });

  it('does what falls due on the way, in the fork alone', async () => {
    const state = (after: string, there: number) => ({
      kind: 'state',
      state: {
        call: 'secretsmanager:ListSecrets',
        with: { IncludePlannedDeletion: true },
        expect: `length(SecretList) == \`${there}\``,
        after,
      },
    });
    const sandbox = sandboxAfter(secret, farewell);
    const grade = async (check: object) => (await gradeOne(sandbox, { ...common, ...check } as Check)).verdict;
    expect(await grade(state('8d', 0))).toBe('passed');
    expect(await grade(state('6d', 1))).toBe('passed');
  });

  it('comes after the calls that are given', async () => {
    const again = [{ call: 'secretsmanager:RestoreSecret', with: { SecretId: 'payroll' } }];
    const call = { who: 'root', call: 'secretsmanager:DescribeSecret', with: { SecretId: 'payroll' }, after: '30d' };
    expect(await verdictOf({ kind: 'call', call: { ...call, given: again } }, secret, farewell)).toBe('passed');
    expect(await verdictOf({ kind: 'call', call }, secret, farewell)).toBe('failed');
  });
});

describe('given', () => {
  it('is seen by every kind of check', async () => {
    const given = [
      {
        call: 'iam:PutUserPolicy',
        with: {
          UserName: 'Bea',
          PolicyName: 'More',
          PolicyDocument: policy('Allow', 'iam:*', '*'),
        },
      },
    ];
    const checks = [
      { kind: 'access', access: { who: 'user/Bea', can: 'iam:ListUsers', given } },
      { kind: 'call', call: { who: 'user/Bea', call: 'iam:ListUsers', given } },
      { kind: 'reach', reach: { from: 'user/Bea', to: 'admin', expect: 'some', given } },
      {
        kind: 'bounds',
        bounds: {
          who: 'user/Bea',
          atLeast: [{ Effect: 'Allow', Action: 'iam:ListUsers', Resource: `arn:aws:iam::${accountId}:user/*` }],
          given,
        },
      },
    ];
    for (const check of checks) expect([check.kind, await verdictOf(check, bea)]).toEqual([check.kind, 'passed']);
  });
});
