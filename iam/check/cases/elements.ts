/** Cases of documents, actions and powers. */
import { type CheckCase, identity, of, rows, trust } from './case.ts';

const LONG = (length: number) =>
  Array.from({ length: Math.ceil(length / 28) }, (_, i) => `arn:aws:s3:::reports-${i + 10000}/*`);
const GRANT = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' };
/** More pairs of patterns than are compared, all of which begin alike. */
const LARGE = Array.from({ length: 1100 }, (_, n) => n + 1000).map((i) => ({
  ...GRANT,
  Action: `s3:*${i}*`,
  Resource: `arn:aws:s3:::*${i}*`,
}));
const SAME = { Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' };
const STATEMENT = '/Statement/0';

const documents = rows(
  'identity',
  ['missing-version', { Statement: [GRANT] }, '', of(GRANT)],
  ['old-version', { ...of(GRANT), Version: '2008-10-17' }, '/Version', of(GRANT)],
  ['empty-sid', identity({ Sid: '' }), `${STATEMENT}/Sid`, identity()],
  ['redundant-statement', of(GRANT, { Sid: 'Again', ...GRANT }), '/Statement/1', of(GRANT)],
  [
    'covered-statement',
    of({ ...GRANT, Action: 's3:Get*' }, { ...GRANT, Resource: 'arn:aws:s3:::reports/2026/*' }),
    '/Statement/1',
    of({ ...GRANT, Action: 's3:Get*' }),
  ],
  ['redundancy-not-searched', of(...LARGE), ''],
  ['allow-denied-in-policy', of(GRANT, { ...SAME, Action: 's3:*' }), STATEMENT],
);

const sizes: readonly CheckCase[] = [
  { code: 'managed-policy-size', kind: 'identity', size: 'managed', bad: identity({ Resource: LONG(6200) }), at: '' },
  {
    code: 'inline-policy-size',
    kind: 'identity',
    size: 'inline-user',
    bad: identity({ Resource: LONG(2100) }),
    at: '',
  },
  {
    code: 'inline-policy-size',
    kind: 'identity',
    size: 'inline-group',
    bad: identity({ Resource: LONG(5200) }),
    at: '',
  },
  {
    code: 'inline-policy-size',
    kind: 'identity',
    size: 'inline-role',
    bad: identity({ Resource: LONG(10300) }),
    at: '',
  },
  {
    code: 'trust-policy-size',
    kind: 'trust',
    size: 'trust',
    bad: trust({
      Principal: { AWS: Array.from({ length: 60 }, (_, i) => `arn:aws:iam::111122223333:user/member-${i + 100}`) },
    }),
    at: '',
  },
  { code: 'scp-size', kind: 'scp', bad: identity({ Effect: 'Deny', Resource: LONG(5200) }), at: '' },
  {
    code: 'version-too-old',
    kind: 'identity',
    size: 'managed',
    bad: { Statement: [GRANT] },
    at: '',
    repaired: of(GRANT),
  },
];

const on = (Action: unknown, Resource: unknown = '*') => identity({ Action, Resource });
const ACTION = `${STATEMENT}/Action`;

const actions = rows(
  'identity',
  ['unknown-service', on('dynamodbb:GetItem'), ACTION, on('dynamodb:GetItem')],
  ['unknown-action', identity({ Action: 's3:GetObjct' }), ACTION, identity()],
  ['operation-not-action', on('s3:ListBuckets'), ACTION, on('s3:ListAllMyBuckets')],
  [
    'operation-not-action',
    identity({ Action: ['s3:HeadObject'] }),
    `${ACTION}/0`,
    identity({ Action: ['s3:GetObject'] }),
  ],
  ['action-pattern-without-match', on('s3:Fetch*'), ACTION],
  ['action-letter-case', identity({ Action: 's3:getobject' }), ACTION, identity()],
  [
    'duplicate-action',
    identity({ Action: ['s3:GetObject', 's3:getobject'] }),
    `${ACTION}/1`,
    identity({ Action: ['s3:GetObject'] }),
  ],
  [
    'redundant-action',
    identity({ Action: ['s3:GetObject', 's3:Get*'] }),
    `${ACTION}/0`,
    identity({ Action: ['s3:Get*'] }),
  ],
  [
    'action-never-matches-resource',
    identity({ Resource: 'arn:aws:s3:::reports' }),
    ACTION,
    identity({ Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'] }),
  ],
  [
    'action-never-matches-resource',
    identity({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::reports/*'] }),
    `${ACTION}/1`,
    identity({
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: ['arn:aws:s3:::reports/*', 'arn:aws:s3:::reports'],
    }),
  ],
  ['action-never-matches-resource', on('iam:CreateAccessKey', 'arn:aws:iam::111122223333:role/app'), ACTION],
  [
    'action-without-resource-types',
    on('ec2:DescribeInstances', 'arn:aws:ec2:us-east-1:111122223333:instance/*'),
    ACTION,
    on('ec2:DescribeInstances'),
  ],
  [
    'resource-without-action',
    on('s3:ListBucket', ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*']),
    `${STATEMENT}/Resource/1`,
  ],
  ['allow-everything', on('*'), ACTION],
  ['allow-with-not-action', identity({ Action: undefined, NotAction: 'iam:*' }), `${STATEMENT}/NotAction`],
  [
    'allow-with-not-resource',
    identity({ Resource: undefined, NotResource: 'arn:aws:s3:::reports/*' }),
    `${STATEMENT}/NotResource`,
  ],
  ['permissions-management-on-everything', on('s3:PutBucketPolicy'), ACTION],
);

const NOT_ROLE = { Resource: undefined, NotResource: 'arn:aws:iam::111122223333:role/admin' };
const NOT_S3 = { Action: undefined, NotAction: 's3:*' };
const RESOURCE = `${STATEMENT}/Resource`;
const NOT_RESOURCE = `${STATEMENT}/NotResource`;

const powers = rows(
  'identity',
  ['pass-role-with-star-in-resource', on('iam:PassRole', 'arn:aws:iam::*:role/*'), RESOURCE],
  ['pass-role-with-star-in-action-and-resource', on('iam:Pass*'), RESOURCE],
  ['pass-role-with-star-in-resource-and-not-action', identity({ ...NOT_S3, Resource: '*' }), RESOURCE],
  ['pass-role-with-not-resource', identity({ Action: 'iam:PassRole', ...NOT_ROLE }), NOT_RESOURCE],
  ['pass-role-with-star-in-action-and-not-resource', identity({ Action: 'iam:*', ...NOT_ROLE }), NOT_RESOURCE],
  ['pass-role-with-not-action-and-not-resource', identity({ ...NOT_S3, ...NOT_ROLE }), NOT_RESOURCE],
  ['create-slr-with-star-in-resource', on('iam:CreateServiceLinkedRole'), RESOURCE],
  ['create-slr-with-star-in-action-and-resource', on('iam:Create*'), RESOURCE],
  ['create-slr-with-star-in-resource-and-not-action', identity({ ...NOT_S3, Resource: '*' }), RESOURCE],
  ['create-slr-with-not-resource', identity({ Action: 'iam:CreateServiceLinkedRole', ...NOT_ROLE }), NOT_RESOURCE],
  ['create-slr-with-star-in-action-and-not-resource', identity({ Action: 'iam:*', ...NOT_ROLE }), NOT_RESOURCE],
  ['create-slr-with-not-action-and-not-resource', identity({ ...NOT_S3, ...NOT_ROLE }), NOT_RESOURCE],
);

export const elementCases: readonly CheckCase[] = [...documents, ...sizes, ...actions, ...powers];
