/** Conditions: how clauses combine. */
import type { DecisionCase } from './case.ts';
import { type Context, onAllow, onDeny } from './condition-case.ts';
import { allow, bea, OBJECT } from './people.ts';

const CO = 'IAM JSON policy elements: Condition operators';
const MV = 'Single-valued vs. multivalued context keys';
const ML = 'Conditions with multiple context keys or values';

const two = (condition: object): DecisionCase['given'] => ({
  caller: bea,
  action: 's3:GetObject',
  resource: OBJECT,
  context: { 'aws:SourceIp': '203.0.113.7', 'aws:UserAgent': 'cli', 'aws:SecureTransport': 'true' },
  identity: [[allow('s3:*', '*', { Condition: condition })]],
});

const tags = (...keys: string[]): Context => ({ 'aws:TagKeys': keys });
const agent = (text: string): Context => ({ 'aws:UserAgent': text });

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
  onDeny({
    rule: 57,
    name: 'a negated operator without values is doubtful: the Deny applies',
    source: 'Grammar of the IAM JSON policy language',
    condition: ['StringNotEquals', 'aws:PrincipalAccount', []],
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
    rule: 65,
    name: 'whether an empty text is null is doubtful: the Allow does not apply',
    condition: ['Null', 's3:prefix', 'false'],
    context: { 's3:prefix': '' },
    met: false,
    basis: 'assumed',
  }),
  onDeny({
    rule: 65,
    name: 'whether an empty text is null is doubtful: the Deny applies',
    condition: ['Null', 's3:prefix', 'true'],
    context: { 's3:prefix': '' },
    met: true,
    basis: 'assumed',
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
