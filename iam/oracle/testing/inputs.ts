/** Whole inputs of the engine: policies of every layer, and a request at the borders of what they tell apart. */
import fc from 'fast-check';
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Layer } from '../../model.ts';
import type { ConditionClause, ListElement, Policy, PrincipalElement, Statement } from '../../policy.ts';
import { clause, contextValue, near, the } from './conditions.ts';
import { AWS_NAMES, CALLERS, OTHER, OWN, PROVIDERS, SERVICES } from './people.ts';

export interface Input {
  readonly request: AnyRequest;
  readonly policies: ApplicablePolicies;
}

const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  'iam:GetUser',
  'iam:ListUsers',
  'sqs:SendMessage',
  'sts:GetCallerIdentity',
  'sts:GetSessionToken',
  'sts:GetFederationToken',
];
const ASSUMPTIONS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
const BY_TOKEN = 'sts:AssumeRoleWithWebIdentity';
const ACTION_PATTERNS = [
  '*',
  's3:*',
  's3:Get*',
  'S3:G?TOBJECT',
  's3:*t*',
  's3:*BucketPolicy',
  'iam:*',
  'sts:*',
  'sts:A*',
  ...ACTIONS,
  ...ASSUMPTIONS,
  BY_TOKEN,
];

const ROLE = `arn:aws:iam::${OWN}:role/Deployer`;
const RESOURCES = [
  'arn:aws:s3:::archive',
  'arn:aws:s3:::archive/home/Bea/x',
  'arn:aws:s3:::archive/a:b',
  'arn:aws:s3:::archive/*',
  `arn:aws:iam::${OWN}:user/staff/Bea`,
  `arn:aws:sqs:eu-west-1:${OWN}:jobs`,
  '*',
];
const ARN_STARTS = [
  'arn:aws:s3:::archive',
  'arn:aws:s3:::',
  `arn:aws:iam::${OWN}:`,
  'arn:aws:iam::*:',
  'arn:aws:sqs:eu-west-1:',
  'arn:aws:sqs:eu*:',
  'arn:aws:sqs:*:',
  'arn:aws:s*:::',
  `arn:aws:iam::${the('aws:PrincipalAccount')}:`,
  'arn:aws:sqs',
  'arn:aws',
];
const ARN_PIECES = [
  '/',
  '*',
  '?',
  ':',
  'a',
  'home',
  'user/',
  'role/',
  'Bea',
  'jobs',
  OWN,
  the('aws:username'),
  the('aws:PrincipalTag/team'),
  the("aws:PrincipalTag/none, 'a'"),
  the('aws:TagKeys'),
  the('aws:UserAgent'),
  the('*'),
  the('?'),
];

const often = <T, U>(arbitrary: fc.Arbitrary<T>, weight: number, otherwise: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight, arbitrary }, { weight: 1, arbitrary: otherwise });

const arnPattern = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  { weight: 2, arbitrary: fc.constantFrom(ROLE, 'arn:aws:s3:::archive/*', 'arn:aws:s3:::archive*', ...RESOURCES) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...ARN_STARTS), fc.array(fc.constantFrom(...ARN_PIECES), { maxLength: 5 }))
      .map(([start, pieces]) => start + pieces.join('')),
  },
);

function list(values: fc.Arbitrary<string>): fc.Arbitrary<ListElement> {
  return fc.record({
    not: often(fc.constant(false), 6, fc.constant(true)),
    values: often(fc.array(values, { minLength: 1, maxLength: 3 }), 30, fc.constant<string[]>([])),
  });
}

const principal: fc.Arbitrary<PrincipalElement> = fc
  .record({
    not: often(fc.constant(false), 5, fc.constant(true)),
    everyone: often(fc.constant(false), 4, fc.constant(true)),
    aws: fc.array(often(fc.constantFrom(...AWS_NAMES), 15, fc.constant('*')), { maxLength: 4 }),
    service: fc.array(fc.constantFrom(...SERVICES), { maxLength: 1 }),
    federated: fc.array(fc.constantFrom(...PROVIDERS), { maxLength: 1 }),
  })
  .map(({ not, everyone, aws, service, federated }) => ({
    not,
    everyone: everyone && !not,
    aws: aws.filter((name) => !not || name !== '*'),
    service,
    federated,
    canonicalUser: [],
  }));

const effect = often(fc.constant('Allow' as const), 3, fc.constant('Deny' as const));
const version = often(fc.constant('2012-10-17' as const), 5, fc.constant('2008-10-17' as const));
const action = list(fc.constantFrom(...ACTION_PATTERNS));
const resource = list(arnPattern);
const conditions = often(fc.constant<ConditionClause[]>([]), 1, fc.array(clause, { minLength: 1, maxLength: 2 }));

const identityStatement: fc.Arbitrary<Statement> = fc.record({ effect, action, resource, conditions });
const resourceStatement: fc.Arbitrary<Statement> = fc.record(
  { effect, principal, action, resource, conditions },
  { requiredKeys: ['effect', 'action', 'resource', 'conditions'] },
);
const trustStatement: fc.Arbitrary<Statement> = fc.record({ effect, principal, action, conditions });

const policyOf = (statement: fc.Arbitrary<Statement>): fc.Arbitrary<Policy> =>
  fc.record({ version, statements: fc.array(statement, { minLength: 1, maxLength: 3 }) });

function attached(layer: Layer, kind: AttachedPolicy['kind'], policy: fc.Arbitrary<Policy>) {
  return policy.map((read): AttachedPolicy => ({ layer, kind, name: layer, attachedTo: layer, policy: read }));
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const identityPolicy = attached('identity', 'managed', policyOf(identityStatement));
const boundaryPolicy = attached('boundary', 'managed', policyOf(identityStatement));
const controlPolicy = attached('service-control', 'managed', policyOf(identityStatement));
const fullAccess = fc.constant<Policy>({
  version: '2012-10-17',
  statements: [
    { effect: 'Allow', action: { not: false, values: ['*'] }, resource: { not: false, values: ['*'] }, conditions: [] },
  ],
});
const controlLevel = fc.array(often(controlPolicy, 1, attached('service-control', 'managed', fullAccess)), {
  minLength: 1,
  maxLength: 2,
});
const sessionPolicy = attached('session', 'session', policyOf(identityStatement));
const resourcePolicy = attached('resource', 'resource', policyOf(resourceStatement));
const endpointPolicy = attached('vpc-endpoint', 'resource', policyOf(resourceStatement));
const trustPolicy = attached('trust', 'trust', policyOf(trustStatement));

interface Scene {
  readonly caller: AnyCaller;
  readonly action: string;
  readonly policies: ApplicablePolicies;
}

/** Tags and a source identity come with a call of AssumeRole, which root may not make. */
function assumptionsOf({ kind }: AnyCaller): readonly string[] {
  if (kind === 'anonymous') return [];
  if (kind === 'federated-identity') return [BY_TOKEN];
  return kind === 'root' ? ASSUMPTIONS.slice(0, 1) : ASSUMPTIONS;
}

/** Policies only where the caller can have them: a service has none, a user's own credentials no session policy. */
const scene: fc.Arbitrary<Scene> = fc
  .record({ caller: fc.constantFrom(...CALLERS), assumes: often(fc.constant(false), 3, fc.constant(true)) })
  .map(({ caller, assumes }) => ({
    caller,
    assumes: assumptionsOf(caller).length > 0 && (assumes || caller.kind === 'federated-identity'),
  }))
  .chain(({ caller, assumes }) => {
    const signs = caller.kind === 'user' || caller.kind === 'role-session' || caller.kind === 'federated-user';
    const sessions = caller.kind === 'role-session' || caller.kind === 'federated-user';
    return fc.record({
      caller: fc.constant(caller),
      action: fc.constantFrom(...(assumes ? assumptionsOf(caller) : ACTIONS)),
      identity: signs ? fc.array(identityPolicy, { maxLength: 2 }) : fc.constant([]),
      boundary: signs ? maybe(boundaryPolicy) : fc.constant(undefined),
      session: sessions ? maybe(fc.array(sessionPolicy, { maxLength: 2 })) : fc.constant(undefined),
      owner: maybe(assumes ? trustPolicy : resourcePolicy),
      endpoint: often(fc.constant(undefined), 6, fc.array(endpointPolicy, { minLength: 1, maxLength: 2 })),
      controls: often(fc.constant(undefined), 3, fc.array(controlLevel, { maxLength: 2 })),
    });
  })
  .map(({ caller, action, identity, boundary, session, owner, endpoint, controls }) => ({
    caller,
    action,
    policies: {
      identity,
      ...(boundary === undefined ? {} : { boundary }),
      ...(session === undefined ? {} : { session }),
      ...(owner === undefined ? {} : { resource: owner }),
      ...(endpoint === undefined ? {} : { vpcEndpoint: endpoint }),
      ...(controls === undefined ? {} : { serviceControl: controls }),
    },
  }));

/** Inputs of `decide`: both accounts, every kind of caller, every layer that speaks of the policies given. */
export const input: fc.Arbitrary<Input> = scene.chain(({ caller, action: asked, policies }) => {
  const statements = [
    policies.resource,
    policies.boundary,
    ...policies.identity,
    ...(policies.session ?? []),
    ...(policies.vpcEndpoint ?? []),
    ...(policies.serviceControl ?? []).flat(),
  ].flatMap((policy) => policy?.policy.statements ?? []);
  const written = statements.flatMap((statement) => statement.resource?.values ?? []).filter((value) => value !== '*');
  const resources = fc.constantFrom(...RESOURCES);
  const own = 'accountId' in caller ? caller.accountId : OWN;
  const assumes = [...ASSUMPTIONS, BY_TOKEN].includes(asked);
  return fc
    .record({
      resource: assumes ? fc.constant(ROLE) : written.length > 0 ? often(near(written), 3, resources) : resources,
      owner: assumes ? fc.constant(OWN) : often(fc.constant(own), 2, fc.constantFrom(OWN, OTHER)),
      context: context(statements),
      management: often(fc.constant(undefined), 2, fc.constantFrom(OWN, OTHER)),
    })
    .map(({ resource: on, owner, context: keys, management }) => ({
      request: {
        caller,
        action: asked,
        resource: on,
        resourceAccountId: owner,
        context: keys,
        ...(management === undefined ? {} : { organization: { id: 'o-a1b2c3d4e5', managementAccountId: management } }),
      },
      policies,
    }));
});

/** The time of a request comes from a clock, and is a time. */
const TIMES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'aws:currenttime': fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z', '2025-12-31T23:59:59Z'),
  'aws:epochtime': fc.constantFrom('1767225600', '1767225601', '1767229200'),
};

/** Some of the keys that the statements ask for, with values near those that they name. */
function context(statements: readonly Statement[]): fc.Arbitrary<AnyRequest['context']> {
  const clauses = statements.flatMap((statement) => statement.conditions);
  const keys = [...new Map(clauses.map(({ key }) => [key.toLowerCase(), key])).values(), 'aws:UserAgent'];
  const values = keys.map((key) => {
    const same = clauses.filter((given) => given.key.toLowerCase() === key.toLowerCase());
    const derived = /principal|username|userid|token|multifactor|via|sourceidentity|resourceaccount/i.test(key);
    const value = TIMES[key.toLowerCase()] ?? contextValue(same.flatMap((given) => given.values));
    const absent = fc.constant(undefined);
    return [key.toLowerCase(), derived ? often(absent, 4, value) : often(value, 3, absent)] as const;
  });
  return fc.record(Object.fromEntries(values)).map((drawn) => {
    const present = Object.entries(drawn).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    );
    return Object.fromEntries(present);
  });
}
