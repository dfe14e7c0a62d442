/** Policies as they are drawn, for each layer: what IAM saves, and now and then what it does not. */
import fc from 'fast-check';
import type { AnyCaller, AttachedPolicy, Layer } from '../../model.ts';
import type { ConditionClause, ListElement, Policy, PrincipalElement, Statement } from '../../policy.ts';
import { clause, the } from './conditions.ts';
import type { Field } from './fields.ts';
import { AWS_NAMES, namesOf, OWN, PROVIDERS, SERVICES } from './people.ts';

const ARN_STARTS = [
  'arn:aws:s3:::archive',
  'arn:aws:s3:::',
  `arn:aws:iam::${OWN}:`,
  'arn:aws:iam::*:',
  'arn:aws:sqs:eu-west-1:',
  'arn:aws:sqs:eu*:',
  'arn:aws:sqs:*:',
  `arn:aws:kms:*:${OWN}:key/`,
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

/** One, or once in a while the other. */
export const often = <T, U>(arbitrary: fc.Arbitrary<T>, weight: number, otherwise: fc.Arbitrary<U>) =>
  fc.oneof({ weight, arbitrary }, { weight: 1, arbitrary: otherwise }) as fc.Arbitrary<T | U>;

function arnPattern({ resources }: Field): fc.Arbitrary<string> {
  const named = resources.filter((arn) => arn !== '*');
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    { weight: 2, arbitrary: fc.constantFrom('arn:aws:s3:::archive*', ...named, ...named.map((arn) => `${arn}*`)) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...ARN_STARTS), fc.array(fc.constantFrom(...ARN_PIECES), { maxLength: 5 }))
        .map(([start, pieces]) => start + pieces.join('')),
    },
  );
}

function list(values: fc.Arbitrary<string>): fc.Arbitrary<ListElement> {
  return fc.record({
    not: often(fc.constant(false), 6, fc.constant(true)),
    values: often(fc.array(values, { minLength: 1, maxLength: 3 }), 30, fc.constant<string[]>([])),
  });
}

/** The caller itself, half of the time. */
function principalOf(caller: AnyCaller): fc.Arbitrary<PrincipalElement> {
  const aws = fc.constantFrom(...AWS_NAMES, ...AWS_NAMES.map((name, at) => namesOf(caller)[at % 5] ?? name));
  return fc
    .record({
      not: often(fc.constant(false), 5, fc.constant(true)),
      everyone: often(fc.constant(false), 4, fc.constant(true)),
      aws: fc.array(often(aws, 15, fc.constant('*')), { maxLength: 4 }),
      service: fc.array(fc.constantFrom(...SERVICES), { maxLength: 1 }),
      federated: fc.array(fc.constantFrom(...PROVIDERS), { maxLength: 1 }),
    })
    .map(({ not, everyone, aws: named, service, federated }) => ({
      not,
      everyone: everyone && !not,
      aws: named.filter((name) => !not || name !== '*'),
      service,
      federated,
      canonicalUser: [],
    }));
}

const nobody = { not: false, everyone: false, aws: [], service: [], federated: [], canonicalUser: [] };
const everybody = fc.constantFrom<PrincipalElement[]>({ ...nobody, everyone: true }, { ...nobody, aws: ['*'] });

const version = often(fc.constant('2012-10-17' as const), 5, fc.constant('2008-10-17' as const));
const conditions = often(fc.constant<ConditionClause[]>([]), 1, fc.array(clause, { minLength: 1, maxLength: 2 }));

const fullAccess: Policy = {
  version: '2012-10-17',
  statements: [
    { effect: 'Allow', action: { not: false, values: ['*'] }, resource: { not: false, values: ['*'] }, conditions: [] },
  ],
};

function policyOf(statement: fc.Arbitrary<Statement>): fc.Arbitrary<Policy> {
  return fc.record({ version, statements: fc.array(statement, { minLength: 1, maxLength: 3 }) });
}

function attached(layer: Layer, kind: AttachedPolicy['kind'], policy: fc.Arbitrary<Policy>) {
  return policy.map((read): AttachedPolicy => ({ layer, kind, name: layer, attachedTo: layer, policy: read }));
}

/** The policies of one field about one caller, by layer. */
export function policiesOf(field: Field, caller: AnyCaller) {
  const principal = principalOf(caller);
  const effect = often(fc.constant('Allow' as const), 3, fc.constant('Deny' as const));
  const action = list(fc.constantFrom(...field.patterns));
  const resource = list(arnPattern(field));
  const ofIdentity: fc.Arbitrary<Statement> = fc.record({ effect, action, resource, conditions });
  const ofResource: fc.Arbitrary<Statement> = fc.record(
    { effect, principal, action, resource, conditions },
    { requiredKeys: ['effect', 'action', 'resource', 'conditions'] },
  );
  const ofTrust: fc.Arbitrary<Statement> = fc.record({ effect, principal, action, conditions });
  // As Organizations saves them, most often.
  const ofControl: fc.Arbitrary<Statement> = fc.record({
    effect: often(fc.constant('Deny' as const), 9, fc.constant('Allow' as const)),
    principal: often(everybody, 9, principal),
    action: often(list(fc.constantFrom(...field.patterns.filter((pattern) => pattern !== '*'))), 4, action),
    resource,
    conditions,
  });
  const full = fc.constant(fullAccess);
  return {
    identity: attached('identity', 'managed', often(policyOf(ofIdentity), 3, full)),
    boundary: attached('boundary', 'managed', often(policyOf(ofIdentity), 2, full)),
    session: attached('session', 'session', often(policyOf(ofIdentity), 2, full)),
    serviceControl: attached('service-control', 'managed', often(policyOf(ofIdentity), 1, full)),
    resourceControl: attached('resource-control', 'managed', policyOf(ofControl)),
    vpcEndpoint: attached('vpc-endpoint', 'resource', policyOf(ofResource)),
    resource: attached('resource', 'resource', policyOf(ofResource)),
    trust: attached('trust', 'trust', policyOf(ofTrust)),
  };
}
