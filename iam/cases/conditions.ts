/** Conditions: how clauses combine, and what the operators compare. */
import type { DecisionCase } from './case.ts';
import { allow, bea, deny, OBJECT, OWN, when } from './people.ts';

const CO = 'IAM JSON policy elements: Condition operators';
const MV = 'Single-valued vs. multivalued context keys';
const ML = 'Conditions with multiple context keys or values';

type Context = Readonly<Record<string, string | readonly string[]>>;
interface Asked {
  readonly rule: number;
  readonly name: string;
  readonly source?: string;
  /** Operator, key and value of the only condition. */
  readonly condition: readonly [string, string, unknown];
  readonly context?: Context;
  readonly met: boolean;
  readonly basis?: DecisionCase['basis'];
}

/** The condition stands on the only Allow: it is allowed where the condition is met. */
function onAllow({ rule, name, source = CO, condition, context = {}, met, basis = 'documented' }: Asked): DecisionCase {
  const identity = [[allow('s3:*', '*', when(...condition))]];
  return {
    rule,
    name,
    source,
    given: { caller: bea, action: 's3:GetObject', resource: OBJECT, context, identity },
    expect: { verdict: met ? 'allowed' : 'implicitly-denied', layer: 'identity' },
    basis,
  };
}

/** The condition stands on a Deny beside an Allow: it is denied where the condition is met. */
function onDeny({ rule, name, source = CO, condition, context = {}, met, basis = 'documented' }: Asked): DecisionCase {
  const identity = [[allow('s3:*'), deny('s3:*', '*', when(...condition))]];
  return {
    rule,
    name,
    source,
    given: { caller: bea, action: 's3:GetObject', resource: OBJECT, context, identity },
    expect: { verdict: met ? 'explicitly-denied' : 'allowed', layer: 'identity' },
    basis,
  };
}

const two = (condition: object): DecisionCase['given'] => ({
  caller: bea,
  action: 's3:GetObject',
  resource: OBJECT,
  context: { 'aws:SourceIp': '203.0.113.7', 'aws:UserAgent': 'cli', 'aws:SecureTransport': 'true' },
  identity: [[allow('s3:*', '*', { Condition: condition })]],
});

const tags = (...keys: string[]): Context => ({ 'aws:TagKeys': keys });
const ip = (address: string): Context => ({ 'aws:SourceIp': address });
const agent = (text: string): Context => ({ 'aws:UserAgent': text });
const source = (arn: string): Context => ({ 'aws:SourceArn': arn });
const time = { 'aws:CurrentTime': '2026-03-01T12:00:00Z' };

export const conditionCases: readonly DecisionCase[] = [
  {
    rule: 58,
    name: 'all operators and all keys must be met',
    source: ML,
    given: two({ Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:UserAgent': 'browser' } }),
    expect: { verdict: 'implicitly-denied', layer: 'identity', because: 'aws:UserAgent cli is not browser' },
    basis: 'documented',
  },
  {
    rule: 58,
    name: 'one of the values is enough',
    source: ML,
    given: two({
      StringEquals: { 'aws:UserAgent': ['browser', 'cli'] },
      IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
    }),
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: 'documented',
  },
  onAllow({
    rule: 58,
    name: 'a negated operator needs that none of the values matches',
    source: ML,
    condition: ['StringNotEquals', 'aws:UserAgent', ['a', 'b']],
    context: agent('a'),
    met: false,
  }),
  onAllow({
    rule: 59,
    name: 'an absent key fails a positive operator',
    condition: ['StringEquals', 'aws:UserAgent', 'a'],
    met: false,
  }),
  onDeny({
    rule: 59,
    name: 'an absent key meets a negated operator',
    condition: ['StringNotEquals', 'aws:UserAgent', 'a'],
    met: true,
  }),
  onAllow({
    rule: 59,
    name: 'an absent key meets IfExists',
    condition: ['StringEqualsIfExists', 'aws:UserAgent', 'a'],
    met: true,
  }),
  onAllow({ rule: 59, name: 'Null true asks for absence', condition: ['Null', 'aws:UserAgent', 'true'], met: true }),
  onAllow({
    rule: 59,
    name: 'Null false asks for presence',
    condition: ['Null', 'aws:UserAgent', 'false'],
    met: false,
  }),
  onDeny({
    rule: 60,
    name: 'IfExists on a negated operator still denies',
    condition: ['StringNotEqualsIfExists', 'aws:UserAgent', 'a'],
    met: true,
  }),
  onDeny({
    rule: 60,
    name: 'IfExists looks at the value where there is one',
    condition: ['StringNotEqualsIfExists', 'aws:UserAgent', 'a'],
    context: agent('a'),
    met: false,
  }),
  onAllow({
    rule: 61,
    name: 'ForAllValues is met without the key',
    source: MV,
    condition: ['ForAllValues:StringEquals', 'aws:TagKeys', ['env']],
    met: true,
  }),
  onAllow({
    rule: 61,
    name: 'ForAllValues is met by an empty list',
    source: MV,
    condition: ['ForAllValues:StringEquals', 'aws:TagKeys', ['env']],
    context: tags(),
    met: true,
  }),
  onAllow({
    rule: 61,
    name: 'ForAllValues fails by one value',
    source: MV,
    condition: ['ForAllValues:StringEquals', 'aws:TagKeys', ['env']],
    context: tags('env', 'dept'),
    met: false,
  }),
  onAllow({
    rule: 61,
    name: 'ForAnyValue fails without the key',
    source: MV,
    condition: ['ForAnyValue:StringEquals', 'aws:TagKeys', ['env']],
    met: false,
  }),
  onAllow({
    rule: 61,
    name: 'ForAnyValue is met by one value',
    source: MV,
    condition: ['ForAnyValue:StringEquals', 'aws:TagKeys', ['env']],
    context: tags('env', 'dept'),
    met: true,
  }),
  onAllow({
    rule: 61,
    name: 'ForAnyValue negated is met by one other value',
    source: MV,
    condition: ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['env']],
    context: tags('env', 'dept'),
    met: true,
  }),
  onAllow({
    rule: 61,
    name: 'ForAllValues negated needs that none matches',
    source: MV,
    condition: ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['env']],
    context: tags('env', 'dept'),
    met: false,
  }),
  onAllow({
    rule: 62,
    name: 'a multivalued key needs a set operator',
    source: MV,
    condition: ['StringEquals', 'aws:TagKeys', 'env'],
    context: tags('env'),
    met: false,
  }),
  onDeny({
    rule: 62,
    name: 'a negated operator on a multivalued key is doubtful: the Deny applies',
    source: MV,
    condition: ['StringNotEquals', 'aws:TagKeys', 'env'],
    context: tags('env'),
    met: true,
    basis: 'assumed',
  }),
  onAllow({
    rule: 63,
    name: 'a set operator takes a single value as a set of one',
    source: MV,
    condition: ['ForAnyValue:StringEquals', 'aws:UserAgent', ['a', 'b']],
    context: agent('b'),
    met: true,
  }),
  onAllow({
    rule: 63,
    name: 'ForAllValues on a missing single-valued key lets in',
    source: MV,
    condition: ['ForAllValues:StringEquals', 'aws:UserAgent', ['a']],
    met: true,
  }),
  onAllow({
    rule: 64,
    name: 'names of keys are compared without letter case',
    condition: ['StringEquals', 'AWS:useragent', 'a'],
    context: agent('a'),
    met: true,
  }),
  onAllow({
    rule: 64,
    name: "the tag's key is part of the name",
    condition: ['StringEquals', 'aws:ResourceTag/TEAM', 'blue'],
    context: { 'aws:ResourceTag/team': 'blue' },
    met: true,
  }),
  onAllow({
    rule: 64,
    name: "the tag's value is compared as the operator says",
    condition: ['StringEquals', 'aws:ResourceTag/team', 'Blue'],
    context: { 'aws:ResourceTag/team': 'blue' },
    met: false,
  }),
  onAllow({
    rule: 65,
    name: 'Null takes an empty multivalued key as absent',
    condition: ['Null', 'aws:TagKeys', 'true'],
    context: tags(),
    met: true,
    basis: 'documented',
  }),
  onAllow({
    rule: 66,
    name: 'StringEquals takes a star literally',
    condition: ['StringEquals', 's3:prefix', 'home/*'],
    context: { 's3:prefix': 'home/x' },
    met: false,
  }),
  onAllow({
    rule: 66,
    name: 'StringLike knows wildcards',
    condition: ['StringLike', 's3:prefix', 'home/*'],
    context: { 's3:prefix': 'home/x' },
    met: true,
  }),
  onAllow({
    rule: 66,
    name: 'StringEquals compares by letter case',
    condition: ['StringEquals', 'aws:UserAgent', 'CLI'],
    context: agent('cli'),
    met: false,
  }),
  onAllow({
    rule: 66,
    name: 'StringEqualsIgnoreCase does not',
    condition: ['StringEqualsIgnoreCase', 'aws:UserAgent', 'CLI'],
    context: agent('cli'),
    met: true,
  }),
  onAllow({
    rule: 67,
    name: 'ArnEquals knows wildcards',
    condition: ['ArnEquals', 'aws:SourceArn', 'arn:aws:iam::*:role/*'],
    context: source(`arn:aws:iam::${OWN}:role/a/b`),
    met: true,
  }),
  onAllow({
    rule: 67,
    name: "an ARN's wildcard stays in its part",
    condition: ['ArnLike', 'aws:SourceArn', 'arn:aws:s3*:topic'],
    context: source(`arn:aws:s3:us-east-1:${OWN}:topic`),
    met: false,
  }),
  onAllow({
    rule: 67,
    name: 'another service does not match',
    condition: ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:::*'],
    context: source(`arn:aws:sns:us-east-1:${OWN}:topic`),
    met: false,
  }),
  onAllow({
    rule: 67,
    name: 'what is no ARN does not match',
    condition: ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:::*'],
    context: source('archive'),
    met: false,
  }),
  onDeny({
    rule: 67,
    name: 'what is no ARN meets ArnNotLike',
    condition: ['ArnNotLike', 'aws:SourceArn', 'arn:aws:s3:::*'],
    context: source('archive'),
    met: true,
  }),
  onAllow({
    rule: 68,
    name: 'Bool knows no letter case',
    condition: ['Bool', 'aws:SecureTransport', 'True'],
    context: { 'aws:SecureTransport': 'true' },
    met: true,
  }),
  onAllow({
    rule: 68,
    name: 'numbers are compared as numbers',
    condition: ['NumericLessThanEquals', 's3:max-keys', '10.0'],
    context: { 's3:max-keys': '10' },
    met: true,
  }),
  onAllow({
    rule: 68,
    name: 'what is no number does not match',
    condition: ['NumericLessThan', 's3:max-keys', '10'],
    context: { 's3:max-keys': 'few' },
    met: false,
  }),
  onAllow({
    rule: 68,
    name: 'a date may be epoch seconds',
    condition: ['DateLessThan', 'aws:CurrentTime', '1735689600'],
    context: { 'aws:CurrentTime': '2024-12-31T23:59:59Z' },
    met: true,
  }),
  onAllow({
    rule: 68,
    name: 'a later date is not before it',
    condition: ['DateLessThan', 'aws:CurrentTime', '2026-03-01T12:00:00Z'],
    context: time,
    met: false,
  }),
  onAllow({
    rule: 68,
    name: 'dates have zones',
    condition: ['DateEquals', 'aws:CurrentTime', '2026-03-01T07:00:00-05:00'],
    context: time,
    met: true,
  }),
  onAllow({
    rule: 69,
    name: 'binary values are compared by their bytes',
    condition: ['BinaryEquals', 'aws:Digest', 'QmluYXJ5'],
    context: { 'aws:Digest': 'QmluYXJ5' },
    met: true,
  }),
  onAllow({
    rule: 69,
    name: 'an address lies in a range',
    condition: ['IpAddress', 'aws:SourceIp', '203.0.113.0/24'],
    context: ip('203.0.113.77'),
    met: true,
  }),
  onAllow({
    rule: 69,
    name: 'an address lies outside a range',
    condition: ['IpAddress', 'aws:SourceIp', '203.0.113.0/25'],
    context: ip('203.0.113.200'),
    met: false,
  }),
  onAllow({
    rule: 69,
    name: 'a bare address is a range of one',
    condition: ['IpAddress', 'aws:SourceIp', '203.0.113.7'],
    context: ip('203.0.113.7'),
    met: true,
  }),
  onAllow({
    rule: 69,
    name: 'IPv6 has ranges too',
    condition: ['IpAddress', 'aws:SourceIp', '2001:DB8:1234:5678::/64'],
    context: ip('2001:db8:1234:5678::1'),
    met: true,
  }),
  onAllow({
    rule: 69,
    name: 'IPv4 never lies in a range of IPv6',
    condition: ['IpAddress', 'aws:SourceIp', '::/0'],
    context: ip('203.0.113.7'),
    met: false,
  }),
  onDeny({
    rule: 69,
    name: 'NotIpAddress spares those inside',
    condition: ['NotIpAddress', 'aws:SourceIp', ['203.0.113.0/24', '198.51.100.0/24']],
    context: ip('198.51.100.4'),
    met: false,
  }),
  onDeny({
    rule: 70,
    name: 'a policy may hold booleans',
    source: 'Grammar of the IAM JSON policy language',
    condition: ['Bool', 'aws:SecureTransport', false],
    context: { 'aws:SecureTransport': 'false' },
    met: true,
  }),
  onAllow({
    rule: 70,
    name: 'a policy may hold numbers',
    source: 'Grammar of the IAM JSON policy language',
    condition: ['NumericLessThan', 's3:max-keys', 11],
    context: { 's3:max-keys': '10' },
    met: true,
  }),
  onAllow({
    rule: 72,
    name: 'a string operator compares an ARN as a whole',
    condition: ['StringLike', 'aws:SourceArn', 'arn:aws:s*:topic'],
    context: source(`arn:aws:sns:us-east-1:${OWN}:topic`),
    met: true,
  }),
  onAllow({
    rule: 72,
    name: 'an ARN operator does not',
    condition: ['ArnLike', 'aws:SourceArn', 'arn:aws:s*:topic'],
    context: source(`arn:aws:sns:us-east-1:${OWN}:topic`),
    met: false,
  }),
  {
    rule: 71,
    name: 'an operator that does not exist does not let anybody in',
    source: CO,
    given: {
      caller: bea,
      action: 's3:GetObject',
      resource: OBJECT,
      identity: [
        {
          unsaved: {
            version: '2012-10-17',
            statements: [
              {
                effect: 'Allow',
                action: { not: false, values: ['s3:*'] },
                resource: { not: false, values: ['*'] },
                conditions: [{ operator: 'StringContains', ifExists: false, key: 'aws:UserAgent', values: ['a'] }],
              },
            ],
          },
        },
      ],
    },
    expect: { verdict: 'implicitly-denied', layer: 'identity', because: 'no condition operator StringContains' },
    basis: 'assumed',
  },
];
