/** AssumeRoot, and the sessions of member accounts' root users. */
import type { DecisionCase } from './case.ts';
import { allow, bea, deny, grant, MANAGEMENT, manager, OTHER, OWN, organization, root, when } from './people.ts';

const STS = 'AWS STS API: AssumeRoot';
const CENTRAL = 'Perform a privileged task on an AWS Organizations member account';
const GK = 'AWS global condition context keys';

const BUCKET_ARN = 'arn:aws:s3:::archive';
const assume = { action: 'sts:AssumeRoot', resource: `arn:aws:iam::${OWN}:root`, owner: OWN, organization };
const mayAssume = [[allow('sts:AssumeRoot')]];
const unlock = 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy';
const rootSession = { ...root, session: { issuedAt: Date.UTC(2026, 0, 1), assumedRoot: true } } as const;
const task = [[allow(['s3:DeleteBucketPolicy', 's3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:ListAllMyBuckets'])]];
const drop = { action: 's3:DeleteBucketPolicy', resource: BUCKET_ARN, owner: OWN, organization };
const noRoot = when('ArnLike', 'aws:PrincipalArn', 'arn:*:iam::*:root');
const noRootButAssumed = {
  Condition: { ...noRoot.Condition, Null: { 'aws:AssumedRoot': 'true' } },
};
const documented = 'documented' as const;

export const rootCases: readonly DecisionCase[] = [
  {
    rule: 35,
    name: 'the management account assumes root by its own policies alone',
    source: STS,
    given: { caller: manager, ...assume, identity: mayAssume },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 35,
    name: 'it needs sts:AssumeRoot',
    source: STS,
    given: { caller: manager, ...assume },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 35,
    name: 'sts:TaskPolicyArn limits it to tasks',
    source: CENTRAL,
    given: {
      caller: manager,
      ...assume,
      context: { 'sts:TaskPolicyArn': 'arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials' },
      identity: [[allow('sts:AssumeRoot', '*', when('StringEquals', 'sts:TaskPolicyArn', unlock))]],
    },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 35,
    name: 'a member account cannot',
    source: STS,
    given: { caller: bea, ...assume, identity: mayAssume },
    expect: { verdict: 'implicitly-denied', layer: 'identity', because: 'the delegated administrators' },
    basis: documented,
  },
  {
    rule: 35,
    name: 'a delegated administrator can',
    source: STS,
    given: {
      caller: bea,
      ...assume,
      organization: { ...organization, delegatedAdministrators: [OWN] },
      identity: mayAssume,
    },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 35,
    name: "not the management account's root user",
    source: STS,
    given: { caller: { kind: 'root', accountId: MANAGEMENT }, ...assume },
    expect: { verdict: 'implicitly-denied', layer: 'session', because: 'may not be assumed by root' },
    basis: documented,
  },
  {
    rule: 35,
    name: 'the session unlocks a bucket, within its task policy',
    source: CENTRAL,
    given: {
      caller: rootSession,
      ...drop,
      session: task,
      resourcePolicy: [{ ...grant('*', 's3:*'), Effect: 'Deny' }],
    },
    expect: { verdict: 'allowed', layer: 'root' },
    basis: documented,
  },
  {
    rule: 35,
    name: 'the session can do nothing that its task policy does not name',
    source: CENTRAL,
    given: { caller: rootSession, ...drop, action: 's3:DeleteBucket', session: task },
    expect: { verdict: 'implicitly-denied', layer: 'session' },
    basis: documented,
  },
  {
    rule: 35,
    name: "the task policy limits the session in other accounts' resources too",
    source: CENTRAL,
    given: {
      caller: rootSession,
      ...drop,
      action: 's3:GetObject',
      resource: `${BUCKET_ARN}/list.csv`,
      owner: OTHER,
      session: task,
      resourcePolicy: [grant({ AWS: OWN }, 's3:GetObject')],
    },
    expect: { verdict: 'implicitly-denied', layer: 'session' },
    basis: documented,
  },
  {
    rule: 35,
    name: 'a service control policy against root hits the session',
    source: GK,
    given: {
      caller: rootSession,
      ...drop,
      session: task,
      serviceControl: [[[allow('*'), deny('*', '*', noRoot)]]],
    },
    expect: { verdict: 'explicitly-denied', layer: 'service-control' },
    basis: documented,
  },
  {
    rule: 35,
    name: 'one that exempts aws:AssumedRoot does not',
    source: GK,
    given: {
      caller: rootSession,
      ...drop,
      session: task,
      serviceControl: [[[allow('*'), deny('*', '*', noRootButAssumed)]]],
    },
    expect: { verdict: 'allowed', layer: 'root' },
    basis: documented,
  },
];
