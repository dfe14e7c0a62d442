/** The condition keys that follow from the caller. */
import type { DecisionCase } from './case.ts';
import {
  allow,
  anonymous,
  bea,
  beaWithMfa,
  beaWithoutMfa,
  cataloguer,
  deny,
  grant,
  lambda,
  OBJECT,
  OWN,
  root,
  when,
} from './people.ts';

const VA = 'IAM policy elements: Variables and tags';
const GK = 'AWS global condition context keys';
const FAS = 'Forward access sessions';

/** `${key}`, spelled so that no editor takes it for a template of this language. */

const get = { action: 's3:GetObject', resource: OBJECT };
const allowed = { verdict: 'allowed', layer: 'identity' } as const;
const silent = { verdict: 'implicitly-denied', layer: 'identity' } as const;
const denied = { verdict: 'explicitly-denied', layer: 'identity' } as const;
const documented = 'documented' as const;

const only = (operator: string, key: string, value: unknown) => [[allow('*', '*', when(operator, key, value))]];
const unless = (operator: string, key: string, value: unknown) => [
  [allow('*'), deny('*', '*', when(operator, key, value))],
];

export const contextKeyCases: readonly DecisionCase[] = [
  {
    rule: 80,
    name: 'aws:userid of a session is the id of the role and the name of the session',
    source: VA,
    given: { caller: cataloguer, ...get, identity: only('StringEquals', 'aws:userid', `${cataloguer.roleId}:cli`) },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 80,
    name: 'aws:userid of anonymous callers is anonymous',
    source: VA,
    given: {
      caller: anonymous,
      ...get,
      owner: OWN,
      resourcePolicy: [grant('*', 's3:*', when('StringEquals', 'aws:userid', 'anonymous'))],
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 81,
    name: "aws:PrincipalArn of a session is the role's ARN, path included",
    source: GK,
    given: { caller: cataloguer, ...get, identity: only('ArnEquals', 'aws:PrincipalArn', cataloguer.roleArn) },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 81,
    name: "aws:PrincipalArn of a session is not the session's ARN",
    source: GK,
    given: { caller: cataloguer, ...get, identity: only('ArnEquals', 'aws:PrincipalArn', cataloguer.sessionArn) },
    expect: silent,
    basis: documented,
  },
  {
    rule: 81,
    name: 'aws:PrincipalArn is absent for anonymous callers',
    source: GK,
    given: {
      caller: anonymous,
      ...get,
      owner: OWN,
      resourcePolicy: [grant('*', 's3:*', when('Null', 'aws:PrincipalArn', 'false'))],
    },
    expect: { verdict: 'implicitly-denied', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 82,
    name: 'aws:MultiFactorAuthPresent is absent for long-term keys: Deny with Bool does not fire',
    source: GK,
    given: { caller: bea, ...get, identity: unless('Bool', 'aws:MultiFactorAuthPresent', 'false') },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 82,
    name: 'Deny with BoolIfExists fires for long-term keys',
    source: GK,
    given: { caller: bea, ...get, identity: unless('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false') },
    expect: denied,
    basis: documented,
  },
  {
    rule: 82,
    name: 'temporary credentials with MFA pass',
    source: GK,
    given: { caller: beaWithMfa, ...get, identity: unless('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false') },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 82,
    name: 'in temporary credentials without MFA the key is false',
    source: GK,
    given: { caller: beaWithoutMfa, ...get, identity: unless('Bool', 'aws:MultiFactorAuthPresent', 'false') },
    expect: denied,
    basis: documented,
  },
  {
    rule: 82,
    name: 'aws:MultiFactorAuthAge counts seconds from the authentication',
    source: GK,
    given: {
      caller: beaWithMfa,
      ...get,
      context: { 'aws:EpochTime': String(Date.UTC(2026, 0, 1) / 1000 + 3600) },
      identity: only('NumericLessThan', 'aws:MultiFactorAuthAge', '3600'),
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 83,
    name: 'aws:ViaAWSService is false on direct calls',
    source: GK,
    given: { caller: bea, ...get, identity: only('Bool', 'aws:ViaAWSService', 'false') },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 83,
    name: 'aws:ViaAWSService is true where the call is forwarded',
    source: FAS,
    given: {
      caller: bea,
      ...get,
      context: { 'aws:ViaAWSService': 'true' },
      identity: only('Bool', 'aws:ViaAWSService', 'true'),
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 83,
    name: 'aws:CalledVia is absent on direct calls',
    source: FAS,
    given: {
      caller: bea,
      ...get,
      identity: only('ForAnyValue:StringEquals', 'aws:CalledVia', ['athena.amazonaws.com']),
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 86,
    name: 'aws:TokenIssueTime tells temporary credentials',
    source: 'IAM JSON policy elements: Condition operators',
    given: { caller: bea, ...get, identity: only('Null', 'aws:TokenIssueTime', 'true') },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 86,
    name: 'sessions issued before a time can be refused',
    source: 'Revoke IAM role temporary security credentials',
    given: {
      caller: cataloguer,
      ...get,
      identity: unless('DateLessThan', 'aws:TokenIssueTime', '2026-02-01T00:00:00Z'),
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 87,
    name: 'aws:PrincipalTag comes from the session',
    source: GK,
    given: { caller: cataloguer, ...get, identity: only('StringEquals', 'aws:PrincipalTag/Project', 'archive') },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 87,
    name: 'a service is known by aws:PrincipalIsAWSService',
    source: GK,
    given: {
      caller: lambda,
      ...get,
      owner: OWN,
      resourcePolicy: [
        { ...grant('*', 's3:*', when('Bool', 'aws:PrincipalIsAWSService', 'false')), Effect: 'Deny' },
        grant('*', 's3:*'),
      ],
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 80,
    name: 'aws:userid of root is the id of its account',
    source: VA,
    given: {
      caller: root,
      ...get,
      resourcePolicy: [{ ...grant('*', 's3:*', when('StringEquals', 'aws:userid', OWN)), Effect: 'Deny' }],
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: documented,
  },
];
