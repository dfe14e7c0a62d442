/** Principal and NotPrincipal. */
import type { Policy, PrincipalElement, Statement } from '../policy.ts';
import type { DecisionCase } from './case.ts';
import {
  allow,
  anonymous,
  BUCKET,
  bea,
  cataloguer,
  deny,
  grant,
  OBJECT,
  OTHER,
  OWN,
  root,
  strangeRole,
  stranger,
  when,
} from './people.ts';

const PR = 'AWS JSON policy elements: Principal';
/** People met it at AWS; no page says so. */
const SESSION_ARN = 'github.com/kubernetes-sigs/aws-iam-authenticator/pull/144';
const NP = 'AWS JSON policy elements: NotPrincipal';
const GK = 'AWS global condition context keys';

const get = { action: 's3:GetObject', resource: OBJECT, owner: OWN };
const readAll = [[allow('s3:*')]];

/** A bucket policy that S3 would not save, as the engine might meet it all the same. */
function unsaved(effect: Statement['effect'], principal: Partial<PrincipalElement> | undefined): { unsaved: Policy } {
  const whole = { not: false, everyone: false, aws: [], service: [], federated: [], canonicalUser: [], ...principal };
  const statement: Statement = {
    effect,
    ...(principal === undefined ? {} : { principal: whole }),
    action: { not: false, values: ['s3:*'] },
    resource: { not: false, values: [`${BUCKET}/*`] },
    conditions: [],
  };
  return { unsaved: { version: '2012-10-17', statements: [statement] } };
}

const spare = (...listed: string[]) => {
  const { Principal: _, ...rest } = grant('*', 's3:*');
  return [{ ...rest, Effect: 'Deny', NotPrincipal: { AWS: listed } }];
};

export const principalCases: readonly DecisionCase[] = [
  {
    rule: 39,
    name: '{"AWS": "*"} lets anonymous callers in as "*" does',
    source: PR,
    given: { caller: anonymous, ...get, resourcePolicy: [grant({ AWS: '*' }, 's3:GetObject')] },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: 'documented',
  },
  {
    rule: 39,
    name: 'a wildcard inside a principal matches nobody',
    source: PR,
    given: {
      caller: cataloguer,
      ...get,
      resourcePolicy: unsaved('Allow', { aws: [`arn:aws:iam::${OWN}:role/app/Cata*`] }),
    },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: 'assumed',
  },
  {
    rule: 40,
    name: 'an account id speaks of the whole account',
    source: PR,
    given: { caller: stranger, ...get, identity: readAll, resourcePolicy: [grant({ AWS: OTHER }, 's3:GetObject')] },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: 'documented',
  },
  {
    rule: 40,
    name: 'the root ARN speaks of the whole account, in a Deny too',
    source: PR,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      resourcePolicy: [{ ...grant({ AWS: `arn:aws:iam::${OWN}:root` }, 's3:*'), Effect: 'Deny' }],
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: 'documented',
  },
  {
    rule: 40,
    name: 'as aws:PrincipalArn the root ARN means the root user only',
    source: GK,
    given: {
      caller: bea,
      ...get,
      identity: [[allow('s3:*', '*', when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${OWN}:root`))]],
    },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: 'documented',
  },
  {
    rule: 41,
    name: 'a group is never a principal',
    source: PR,
    given: { caller: bea, ...get, resourcePolicy: unsaved('Allow', { aws: [`arn:aws:iam::${OWN}:group/Clerks`] }) },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: 'documented',
  },
  {
    rule: 41,
    name: "a user's name is compared by letter case",
    source: PR,
    given: { caller: bea, ...get, resourcePolicy: [grant({ AWS: `arn:aws:iam::${OWN}:user/staff/bea` }, 's3:*')] },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: 'documented',
  },
  {
    rule: 42,
    name: "the role's ARN speaks of all its sessions",
    source: PR,
    given: { caller: cataloguer, ...get, resourcePolicy: [grant({ AWS: cataloguer.roleArn }, 's3:*')] },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: 'documented',
  },
  {
    rule: 42,
    name: "a session's ARN has no path",
    source: SESSION_ARN,
    given: { caller: cataloguer, ...get, resourcePolicy: [grant({ AWS: cataloguer.sessionArn }, 's3:*')] },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: 'observed',
  },
  {
    rule: 42,
    name: "another session's ARN does not match",
    source: PR,
    given: {
      caller: cataloguer,
      ...get,
      resourcePolicy: [grant({ AWS: `arn:aws:sts::${OWN}:assumed-role/Cataloguer/other` }, 's3:*')],
    },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: 'documented',
  },
  {
    rule: 43,
    name: 'NotPrincipal with the user alone denies the user too',
    source: NP,
    given: { caller: bea, ...get, identity: readAll, resourcePolicy: spare(bea.arn) },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: 'assumed',
  },
  {
    rule: 43,
    name: 'NotPrincipal with user and account spares the user',
    source: NP,
    given: { caller: bea, ...get, identity: readAll, resourcePolicy: spare(bea.arn, OWN) },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: 'documented',
  },
  {
    rule: 43,
    name: 'NotPrincipal with session, role and account spares the session',
    source: NP,
    given: {
      caller: cataloguer,
      ...get,
      identity: readAll,
      resourcePolicy: spare(cataloguer.sessionArn, cataloguer.roleArn, `arn:aws:iam::${OWN}:root`),
    },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: 'documented',
  },
  {
    rule: 43,
    name: 'NotPrincipal denies everybody else',
    source: NP,
    given: { caller: strangeRole, ...get, identity: readAll, resourcePolicy: spare(bea.arn, OWN) },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: 'documented',
  },
  {
    rule: 34,
    name: 'an Allow with NotPrincipal allows nobody',
    source: NP,
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      resourcePolicy: unsaved('Allow', { not: true, aws: [bea.arn] }),
    },
    expect: { verdict: 'implicitly-denied', layer: 'resource' },
    basis: 'assumed',
  },
  {
    rule: 19,
    name: 'NotPrincipal denies a listed principal that has a boundary',
    source: 'Permissions boundaries for IAM entities',
    given: {
      caller: cataloguer,
      ...get,
      identity: readAll,
      boundary: [allow('*')],
      resourcePolicy: spare(cataloguer.roleArn, OWN),
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: 'documented',
  },
  {
    rule: 43,
    name: 'NotPrincipal with the account spares its root user',
    source: NP,
    given: { caller: root, ...get, resourcePolicy: spare(OWN) },
    expect: { verdict: 'allowed', layer: 'root' },
    basis: 'documented',
  },
  {
    rule: 44,
    name: "a canonical user is no principal of IAM's",
    source: PR,
    given: {
      caller: bea,
      ...get,
      resourcePolicy: [
        grant({ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, 's3:*'),
      ],
    },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: 'documented',
  },
  {
    rule: 45,
    name: 'a statement of a bucket policy without Principal speaks of nobody',
    source: 'Grammar of the IAM JSON policy language',
    given: { caller: bea, ...get, resourcePolicy: unsaved('Allow', undefined) },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: 'assumed',
  },
  {
    rule: 45,
    name: 'a Deny without Principal speaks of nobody either',
    source: 'Grammar of the IAM JSON policy language',
    given: { caller: bea, ...get, identity: readAll, resourcePolicy: unsaved('Deny', undefined) },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: 'documented',
  },
  {
    rule: 45,
    name: 'an identity policy speaks of whom it is attached to',
    source: 'Grammar of the IAM JSON policy language',
    given: { caller: bea, ...get, identity: [[allow('s3:*'), deny('s3:GetObject')]] },
    expect: { verdict: 'explicitly-denied', layer: 'identity' },
    basis: 'documented',
  },
];
