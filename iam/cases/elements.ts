/** Action, Resource and their Not forms. */
import type { Policy } from '../policy.ts';
import type { DecisionCase } from './case.ts';
import { allow, BUCKET, bea, deny, OBJECT, OWN, when } from './people.ts';

const AC = 'IAM JSON policy elements: Action';
const NA = 'IAM JSON policy elements: NotAction';
const RE = 'IAM JSON policy elements: Resource';
const GR = 'Grammar of the IAM JSON policy language';
const S3 = 'Actions, resources, and condition keys for Amazon S3';

const get = { action: 's3:GetObject', resource: OBJECT };

function asks(action: string, resource: string, identity: readonly object[], context = {}): DecisionCase['given'] {
  return { caller: bea, action, resource, identity: [identity], context };
}

const allowed = { verdict: 'allowed', layer: 'identity' } as const;
const silent = { verdict: 'implicitly-denied', layer: 'identity' } as const;
const denied = { verdict: 'explicitly-denied', layer: 'identity' } as const;
const documented = 'documented' as const;

/** A policy with an empty list, which IAM would not save. */
function withEmpty(element: 'action' | 'resource', not: boolean): { unsaved: Policy } {
  const lists = { action: { not: false, values: ['s3:*'] }, resource: { not: false, values: ['*'] } };
  const statement = { effect: 'Allow' as const, ...lists, [element]: { not, values: [] }, conditions: [] };
  return { unsaved: { version: '2012-10-17', statements: [statement] } };
}

export const elementCases: readonly DecisionCase[] = [
  {
    rule: 46,
    name: 'actions are compared without regard to letter case',
    source: AC,
    given: asks('s3:GetObject', OBJECT, [allow('S3:GETOBJECT')]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 46,
    name: 'wildcards stand in the name of an action',
    source: AC,
    given: asks('s3:GetObject', OBJECT, [allow('s3:G?t*ect')]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 46,
    name: 'the whole name must match',
    source: AC,
    given: asks('s3:GetObjectTagging', OBJECT, [allow('s3:GetObject')]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 47,
    name: 'resources are compared by letter case',
    source: RE,
    given: asks('iam:GetUser', `arn:aws:iam::${OWN}:user/bea`, [allow('iam:GetUser', `arn:aws:iam::${OWN}:user/Bea`)]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 47,
    name: 'resources spelled alike match',
    source: RE,
    given: asks('iam:GetUser', `arn:aws:iam::${OWN}:user/Bea`, [allow('iam:GetUser', `arn:aws:iam::${OWN}:user/Bea`)]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 48,
    name: 'Allow with NotAction allows everything else, of all services',
    source: NA,
    given: asks('ec2:RunInstances', '*', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 48,
    name: 'Allow with NotAction does not allow what it lists',
    source: NA,
    given: asks('iam:ListUsers', '*', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 48,
    name: 'Deny with NotAction denies everything else',
    source: NA,
    given: asks('s3:GetObject', OBJECT, [allow('*'), { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }]),
    expect: denied,
    basis: documented,
  },
  {
    rule: 48,
    name: 'Deny with NotResource spares what it lists',
    source: 'IAM JSON policy elements: NotResource',
    given: asks('s3:GetObject', OBJECT, [allow('*'), { Effect: 'Deny', Action: 's3:*', NotResource: [`${BUCKET}/*`] }]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 49,
    name: 'a star crosses slashes',
    source: RE,
    given: asks('s3:GetObject', `${BUCKET}/1/2/test/3/o`, [allow('s3:*', `${BUCKET}/*/test/*`)]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 49,
    name: 'a star may stand for nothing',
    source: RE,
    given: asks('s3:GetObject', `${BUCKET}//test/o`, [allow('s3:*', `${BUCKET}/*/test/*`)]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 49,
    name: 'the slash before a star must be there',
    source: RE,
    given: asks('s3:GetObject', `${BUCKET}/test/o`, [allow('s3:*', `${BUCKET}/*/test/*`)]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 49,
    name: 'a star inside a segment does not cross its colon',
    source: RE,
    given: asks('sns:Publish', `arn:aws:sns:us-east-1:${OWN}:topic`, [allow('sns:*', 'arn:aws:sns:us*c:topic')]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 49,
    name: 'a star at the end of a segment crosses colons',
    source: RE,
    given: asks('logs:PutLogEvents', `arn:aws:logs:us-east-1:${OWN}:log-group:app:log-stream:1`, [
      allow('logs:*', `arn:aws:logs:us-east-1:${OWN}:log-group:*`),
    ]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 49,
    name: 'an ARN that ends early is completed with wildcards',
    source: RE,
    given: asks('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${OWN}:jobs`, [allow('sqs:*', 'arn:aws:sqs')]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 50,
    name: 'a wildcard in the service matches nothing',
    source: RE,
    given: {
      caller: bea,
      ...get,
      identity: [
        {
          unsaved: {
            version: '2012-10-17',
            statements: [
              {
                effect: 'Allow',
                action: { not: false, values: ['*'] },
                resource: { not: false, values: ['arn:aws:s*:::archive/*'] },
                conditions: [],
              },
            ],
          },
        },
      ],
    },
    expect: silent,
    basis: 'assumed',
  },
  {
    rule: 50,
    name: 'a variable in the account is doubtful: such an Allow does not apply',
    source: RE,
    given: asks('iam:GetRole', `arn:aws:iam::${OWN}:role/x`, [
      allow('iam:*', ['arn:aws:iam::$', '{aws:PrincipalAccount}:role/x'].join('')),
    ]),
    expect: silent,
    basis: 'assumed',
  },
  {
    rule: 51,
    name: "objects' ARNs do not cover their bucket",
    source: S3,
    given: asks('s3:ListBucket', BUCKET, [allow('s3:*', `${BUCKET}/*`)]),
    expect: { ...silent, because: 'is not in Resource archive/*' },
    basis: documented,
  },
  {
    rule: 51,
    name: 'a star after the bucket covers both, and other buckets',
    source: S3,
    given: asks('s3:ListBucket', `${BUCKET}-old`, [allow('s3:*', `${BUCKET}*`)]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 52,
    name: 'an action without resource is not allowed on an ARN',
    source: 'Actions, resources, and condition keys for AWS services',
    given: asks('ec2:DescribeInstances', '*', [allow('ec2:*', `arn:aws:ec2:us-east-1:${OWN}:instance/i-1`)]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 52,
    name: 'an action without resource is allowed on "*"',
    source: 'Actions, resources, and condition keys for AWS services',
    given: asks('ec2:DescribeInstances', '*', [allow('ec2:Describe*')]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 52,
    name: 'iam:ListUsers is asked on the path of users',
    source: 'Actions, resources, and condition keys for AWS services',
    given: asks('iam:ListUsers', `arn:aws:iam::${OWN}:user/`, [allow('iam:ListUsers', 'arn:aws:iam::*:*')]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 52,
    name: 's3:ListAllMyBuckets is asked on all buckets',
    source: 'Actions, resources, and condition keys for AWS services',
    given: asks('s3:ListAllMyBuckets', 'arn:aws:s3:::*', [allow('s3:ListAllMyBuckets', 'arn:aws:s3:::*')]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 55,
    name: 'a list without prefix does not match a condition on s3:prefix',
    source: S3,
    given: asks('s3:ListBucket', BUCKET, [allow('s3:ListBucket', BUCKET, when('StringLike', 's3:prefix', ['home/*']))]),
    expect: { ...silent, because: 's3:prefix is not in the request' },
    basis: documented,
  },
  {
    rule: 55,
    name: 'an empty prefix must be listed to be allowed',
    source: S3,
    given: asks(
      's3:ListBucket',
      BUCKET,
      [allow('s3:ListBucket', BUCKET, when('StringLike', 's3:prefix', ['', 'home/*']))],
      { 's3:prefix': '' },
    ),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 56,
    name: 'wildcards in a key of an object are data',
    source: RE,
    given: asks('s3:GetObject', `${BUCKET}/*`, [allow('s3:*', `${BUCKET}/public/*`)]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 56,
    name: 'a line break in a key is a character like others',
    source: RE,
    given: asks('s3:GetObject', `${BUCKET}/a\nb/c`, [allow('s3:*', `${BUCKET}/a?b/*`)]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 56,
    name: 'many stars are no trouble',
    source: RE,
    given: asks('s3:GetObject', `${BUCKET}/${'a'.repeat(1000)}`, [allow('s3:*', `${BUCKET}/${'a*'.repeat(30)}b`)]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 57,
    name: 'an empty NotAction does not match everything',
    source: GR,
    given: { caller: bea, ...get, identity: [withEmpty('action', true)] },
    expect: silent,
    basis: documented,
  },
  {
    rule: 57,
    name: 'an empty NotResource does not match everything',
    source: GR,
    given: { caller: bea, ...get, identity: [withEmpty('resource', true)] },
    expect: silent,
    basis: documented,
  },
  {
    rule: 57,
    name: 'an empty list of condition values matches no value',
    source: GR,
    given: asks('s3:GetObject', OBJECT, [allow('s3:*', '*', when('StringEquals', 'aws:PrincipalTag/team', []))]),
    expect: silent,
    basis: documented,
  },
  {
    rule: 57,
    name: 'ForAllValues without values matches an absent key',
    source: GR,
    given: asks('s3:GetObject', OBJECT, [allow('s3:*', '*', when('ForAllValues:StringEquals', 'aws:TagKeys', []))]),
    expect: allowed,
    basis: documented,
  },
  {
    rule: 48,
    name: 'a Deny on NotResource reaches what it does not list',
    source: 'IAM JSON policy elements: NotResource',
    given: asks('s3:GetObject', OBJECT, [
      allow('*'),
      { ...deny('s3:*'), Resource: undefined, NotResource: [`${BUCKET}/public/*`] },
    ]),
    expect: denied,
    basis: documented,
  },
];
