/** Policies drawn at random from few words, so that they meet often. */
import fc from 'fast-check';
import type { AnyRequest, Tags } from '../../model.ts';
import { parsePolicy } from '../../parse.ts';
import type { Policy, PolicyKind } from '../../policy.ts';

const ACTIONS = ['s3:GetObject', 's3:Get*', 's3:*', 's3:ListBucket', 's3:PutObject', '*', 'sqs:SendMessage', 'sqs:*'];
const RESOURCES = [
  '*',
  'arn:aws:s3:::archive',
  'arn:aws:s3:::archive/*',
  'arn:aws:s3:::archive*',
  'arn:aws:s3:::archive/a*',
  'arn:aws:s3:::*/a?c',
  'arn:aws:s3:::archive/${aws:username}/*',
  'arn:aws:s3:::archive/max/*',
  'arn:aws:sqs:*:111122223333:q*',
  'arn:aws:sqs:us-east-1:*:*',
];
const CONDITIONS: readonly object[] = [
  {},
  { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/25', '2001:db8::/32'] } },
  { StringLike: { 's3:prefix': ['home/*', ''] } },
  { StringNotEquals: { 's3:prefix': 'home/a' } },
  { StringEqualsIfExists: { 's3:prefix': 'HOME/A' } },
  { StringEqualsIgnoreCase: { 's3:prefix': 'HOME/A' } },
  { StringLike: { 's3:prefix': 'home/${aws:username}/*' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
  { NumericLessThan: { 's3:max-keys': '10' } },
  { NumericGreaterThanEqualsIfExists: { 's3:max-keys': '9' } },
  { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
  { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team', 'cost'] } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
  { 'ForAllValues:StringNotLike': { 'aws:TagKeys': ['t*'] } },
  { StringEquals: { 'aws:username': 'max' } },
  { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
];

const list = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

/** A statement of an identity policy, as JSON. */
export const statement: fc.Arbitrary<object> = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
    actions: list(ACTIONS),
    resource: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
    resources: list(RESOURCES),
    conditions: fc.uniqueArray(fc.constantFrom(...CONDITIONS), { maxLength: 2 }),
  })
  .map(({ effect, action, actions, resource, resources, conditions }) => ({
    Effect: effect,
    [action]: actions,
    [resource]: resources,
    Condition: Object.assign({}, ...conditions),
  }));

export const statements: fc.Arbitrary<readonly object[]> = fc.array(statement, { minLength: 1, maxLength: 4 });

const PRINCIPALS: readonly object[] = [
  { Principal: '*' },
  { Principal: { AWS: '111122223333' } },
  { Principal: { AWS: 'arn:aws:iam::111122223333:user/max' } },
  { Principal: { AWS: ['arn:aws:iam::111122223333:role/app', '444455556666'] } },
  { Principal: { Service: 'sns.amazonaws.com' } },
];

/** Statements of a resource policy, as JSON. */
export const resourceStatements: fc.Arbitrary<readonly object[]> = fc.array(
  fc.tuple(statement, fc.constantFrom(...PRINCIPALS)).map(([spoken, principal]) => ({ ...spoken, ...principal })),
  { minLength: 1, maxLength: 3 },
);

/** Statements read as an identity policy. */
export function identityPolicy(all: readonly object[]): Policy {
  return read(all, 'identity');
}

/** Statements read as the policy of a resource. */
export function resourcePolicy(all: readonly object[]): Policy {
  return read(all, 'resource');
}

function read(all: readonly object[], kind: PolicyKind): Policy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: all }), kind);
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return parsed.policy;
}

const text = (...values: readonly string[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const context = fc
  .record({
    'aws:SourceIp': maybe(
      text('203.0.113.7', '203.0.113.127', '203.0.113.128', '203.0.114.0', '2001:db8::1', '2001:db9::'),
    ),
    'aws:SecureTransport': text('true', 'false'),
    'aws:CurrentTime': text('2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', '2025-12-31T23:59:59Z'),
    'aws:ResourceTag/team': maybe(text('red', 'blue', '')),
    's3:prefix': maybe(text('', 'home/a', 'HOME/A', 'home/', 'home/max/x', 'home/eve/x', 'other')),
    's3:max-keys': maybe(text('0', '8', '9', '10', '11')),
    'aws:TagKeys': maybe(fc.uniqueArray(text('team', 'cost', 'x'), { minLength: 1 })),
  })
  .map((keys) => {
    const present: Record<string, string | readonly string[]> = {};
    for (const [key, value] of Object.entries(keys)) if (value !== undefined) present[key] = value;
    return present;
  });

const ACCOUNT = '111122223333';
const teams = fc.constantFrom<Tags>({ team: 'red' }, { team: 'blue' }, {});

const user = fc.record({
  name: text('max', 'a', 'eve'),
  tags: teams,
  mfa: maybe(fc.boolean()),
});

const userCaller = user.map(({ name, tags, mfa }) => ({
  kind: 'user' as const,
  accountId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
  name,
  id: 'AIDACKCEVSQ6C2EXAMPLE',
  tags,
  ...(mfa === undefined ? {} : { session: { issuedAt: 0, ...(mfa ? { mfa: { authenticatedAt: 0 } } : {}) } }),
}));

const sessionCaller = fc.record({ name: text('max', 'app'), tags: teams }).map((drawn) => ({
  kind: 'role-session' as const,
  accountId: ACCOUNT,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/${drawn.name}`,
  roleName: drawn.name,
  roleId: 'AROADBQP57FF2AEXAMPLE',
  sessionName: 'session',
  sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/${drawn.name}/session`,
  tags: drawn.tags,
  session: { issuedAt: 0 },
}));

const object = text('', 'abc', 'a', 'axc', 'max/x', 'eve/x', 'max/', 'b/a1c').map(
  (key) => `arn:aws:s3:::archive/${key}`,
);

/** Requests at the borders of what these policies tell apart, such as AWS could get them. */
export const request: fc.Arbitrary<AnyRequest> = fc
  .record({
    caller: fc.oneof(userCaller, sessionCaller),
    asked: fc.oneof(
      fc.record({
        action: text('s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion'),
        resource: object,
      }),
      fc.record({ action: text('s3:ListBucket'), resource: text('arn:aws:s3:::archive', 'arn:aws:s3:::archives') }),
      fc.record({
        action: text('sqs:SendMessage', 'sqs:ListQueues'),
        resource: text('us-east-1', 'eu-west-1').map((region) => `arn:aws:sqs:${region}:${ACCOUNT}:q1`),
      }),
    ),
    context,
  })
  .map(({ caller, asked, context }) => {
    const isList = asked.action === 's3:ListBucket';
    const keys = Object.entries(context).filter(([key]) => isList || !key.startsWith('s3:'));
    return { caller, ...asked, resourceAccountId: ACCOUNT, context: Object.fromEntries(keys) };
  });
