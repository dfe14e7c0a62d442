/** Policy variables. */
import type { DecisionCase } from './case.ts';
import { allowed, denied, documented, get, only, silent, unless } from './one-condition.ts';
import { allow, BUCKET, bea, cataloguer, OWN } from './people.ts';

const VA = 'IAM policy elements: Variables and tags';

/** `${key}`, spelled so that no editor takes it for a template of this language. */
const the = (key: string) => ['$', '{', key, '}'].join('');

const home = `${BUCKET}/home/${the('aws:username')}/*`;
const beasOwn = { action: 's3:GetObject', resource: `${BUCKET}/home/Bea/letter` };

export const variableCases: readonly DecisionCase[] = [
  {
    rule: 73,
    name: 'a variable in a Resource stands for its value',
    source: VA,
    given: { caller: bea, ...beasOwn, identity: [[allow('s3:*', home)]] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 73,
    name: 'without version a variable is plain text',
    source: VA,
    given: { caller: bea, ...beasOwn, identity: [{ Statement: [allow('s3:*', home)] }] },
    expect: silent,
    basis: documented,
  },
  {
    rule: 73,
    name: 'in version 2008-10-17 a variable is plain text',
    source: VA,
    given: {
      caller: bea,
      action: 's3:GetObject',
      resource: `${BUCKET}/home/${the('aws:username')}/x`,
      identity: [{ Version: '2008-10-17', Statement: allow('s3:*', home) }],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 74,
    name: 'a variable stands in a value of a string condition',
    source: VA,
    given: {
      caller: bea,
      ...get,
      context: { 's3:prefix': 'home/Bea/x' },
      identity: only('StringLike', 's3:prefix', `home/${the('aws:username')}/*`),
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 74,
    name: 'a variable stands in a value of an ARN condition',
    source: VA,
    given: {
      caller: bea,
      ...get,
      identity: only('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${OWN}:user/staff/${the('aws:username')}`),
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 74,
    name: 'a number is no place for a variable',
    source: VA,
    given: {
      caller: bea,
      ...get,
      context: { 's3:max-keys': '10', 'aws:limit': '10' },
      identity: only('NumericEquals', 's3:max-keys', the('aws:limit')),
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 75,
    name: 'a variable without value fails a positive condition',
    source: VA,
    given: {
      caller: bea,
      ...get,
      context: { 's3:ExistingObjectTag/Team': 'blue' },
      identity: only('StringEquals', 's3:ExistingObjectTag/Team', the('aws:PrincipalTag/none')),
    },
    expect: { ...silent, because: 'no value in this request' },
    basis: documented,
  },
  {
    rule: 75,
    name: 'a variable without value meets a negated condition',
    source: VA,
    given: {
      caller: bea,
      ...get,
      context: { 's3:ExistingObjectTag/Team': 'blue' },
      identity: unless('StringNotEquals', 's3:ExistingObjectTag/Team', the('aws:PrincipalTag/none')),
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 76,
    name: 'a variable without value in a Resource matches nothing',
    source: VA,
    given: { caller: cataloguer, ...beasOwn, identity: [[allow('s3:*', home)]] },
    expect: silent,
    basis: documented,
  },
  {
    rule: 76,
    name: 'a Deny on NotResource with a variable without value denies everything',
    source: VA,
    given: {
      caller: cataloguer,
      ...beasOwn,
      identity: [[allow('s3:*'), { Effect: 'Deny', Action: 's3:*', NotResource: home }]],
    },
    expect: denied,
    basis: 'assumed',
  },
  {
    rule: 76,
    name: 'an Allow on NotResource with a variable without value allows nothing',
    source: VA,
    given: { caller: cataloguer, ...beasOwn, identity: [[{ Effect: 'Allow', Action: 's3:*', NotResource: home }]] },
    expect: silent,
    basis: 'assumed',
  },
  {
    rule: 77,
    name: 'a default stands in for a missing value',
    source: VA,
    given: {
      caller: cataloguer,
      action: 's3:GetObject',
      resource: `${BUCKET}/company-wide/x`,
      identity: [[allow('s3:*', `${BUCKET}/${the("aws:PrincipalTag/team, 'company-wide'")}/*`)]],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 77,
    name: 'a value comes before its default',
    source: VA,
    given: {
      caller: bea,
      action: 's3:GetObject',
      resource: `${BUCKET}/company-wide/x`,
      identity: [[allow('s3:*', `${BUCKET}/${the("aws:PrincipalTag/team, 'company-wide'")}/*`)]],
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 78,
    name: 'a star written as a variable is a star',
    source: VA,
    given: {
      caller: bea,
      ...get,
      context: { 's3:prefix': 'a*b' },
      identity: only('StringLike', 's3:prefix', `a${the('*')}b`),
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 78,
    name: 'a star written as a variable is no wildcard',
    source: VA,
    given: {
      caller: bea,
      ...get,
      context: { 's3:prefix': 'axb' },
      identity: only('StringLike', 's3:prefix', `a${the('*')}b`),
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 78,
    name: 'a value that holds a star is no pattern',
    source: VA,
    given: {
      caller: bea,
      ...get,
      context: { 'aws:UserAgent': '*' },
      identity: [[allow('s3:*', `${BUCKET}/${the('aws:UserAgent')}`)]],
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 79,
    name: 'a role has no aws:username',
    source: VA,
    given: { caller: cataloguer, ...get, identity: only('StringLike', 'aws:username', '*') },
    expect: silent,
    basis: documented,
  },
  {
    rule: 79,
    name: 'a multivalued key cannot be a variable',
    source: 'Single-valued vs. multivalued context keys',
    given: {
      caller: bea,
      action: 's3:GetObject',
      resource: `${BUCKET}/env/x`,
      context: { 'aws:TagKeys': ['env'] },
      identity: [[allow('s3:*', `${BUCKET}/${the('aws:TagKeys')}/*`)]],
    },
    expect: silent,
    basis: documented,
  },
];
