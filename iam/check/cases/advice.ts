/** Cases of what conditions and principals are worth. */
import { bucket, type CheckCase, identity, rcp, rows, trust } from './case.ts';

const CONDITION = '/Statement/0/Condition';
const when = (Condition: unknown) => identity({ Condition });
const at = (operator: string, name: string) => `${CONDITION}/${operator}/${name.replaceAll('/', '~1')}`;
const list = (operator: string, name: string, values: unknown) => when({ [operator]: { [name]: values } });
const TEAM = 'aws:PrincipalTag/team';
const TAG = 'aws:ResourceTag/team';
const byTag = { Action: undefined, NotAction: 'iam:*', Resource: '*', Condition: { StringEquals: { [TAG]: 'a' } } };
const prefix = (operator: string, more: object = {}) =>
  identity({
    Action: 's3:ListBucket',
    Resource: 'arn:aws:s3:::reports',
    Condition: { [operator]: { 's3:prefix': 'private/*' } },
    ...more,
  });
const read = (Condition: unknown) =>
  identity({ Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/jobs', Condition });
const attributes = { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id', 'name'] } };

const keys = rows(
  'identity',
  ['untrustworthy-key', list('StringLike', 'aws:Referer', 'https://example.com/*'), at('StringLike', 'aws:Referer')],
  ['missing-paired-key', list('IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8'), at('IpAddress', 'aws:VpcSourceIp')],
  ['dynamodb-attributes-without-select', read(attributes), at('ForAllValues:StringEquals', 'dynamodb:Attributes')],
  ['s3-prefix-in-negative-context', prefix('StringLike', { Effect: 'Deny' }), at('StringLike', 's3:prefix')],
  ['s3-prefix-in-negative-context', prefix('StringNotLike'), at('StringNotLike', 's3:prefix')],
  [
    'string-like-with-arn-key',
    list('StringLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*'),
    `${CONDITION}/StringLike`,
  ],
  ['deny-not-action-with-resource-tag', identity({ Effect: 'Deny', ...byTag }), at('StringEquals', TAG)],
  ['allow-not-action-with-resource-tag', identity(byTag), at('StringEquals', TAG)],
  [
    'key-of-some-services',
    identity({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:VpceOrgID': 'o-a1b2c3d4e5' } },
    }),
    at('StringNotEquals', 'aws:VpceOrgID'),
  ],
  [
    'key-not-for-each-action',
    identity({
      Action: ['s3:GetBucketTagging', 's3:ListBucket'],
      Resource: 'arn:aws:s3:::reports',
      Condition: { StringLike: { 's3:prefix': 'home/*' } },
    }),
    '/Statement/0/Action/0',
  ],
  ['wildcard-too-permissive', list('StringLike', 'aws:PrincipalOrgID', 'o-*'), at('StringLike', 'aws:PrincipalOrgID')],
  ['wildcard-too-permissive', list('StringLike', 'aws:userid', 'AIDA*'), at('StringLike', 'aws:userid')],
  [
    'variable-too-permissive',
    list('StringEquals', 'aws:SourceVpc', '${aws:username}'),
    at('StringEquals', 'aws:SourceVpc'),
  ],
  ['same-as-null', list('StringLike', TEAM, '*'), at('StringLike', TEAM)],
  ['same-as-null', list('StringNotLike', TEAM, '*'), at('StringNotLike', TEAM)],
  ['condition-always-met', list('StringLikeIfExists', TEAM, '*'), at('StringLikeIfExists', TEAM)],
  [
    'condition-never-met',
    list('ForAnyValue:StringNotLike', 'aws:TagKeys', '*'),
    at('ForAnyValue:StringNotLike', 'aws:TagKeys'),
  ],
  ['mixed-value-types', list('StringEquals', TEAM, ['a', 1]), at('StringEquals', TEAM)],
  [
    'invalid-service-principal-value',
    identity({
      Action: 'iam:PassRole',
      Resource: 'arn:aws:iam::111122223333:role/app',
      Condition: { StringEquals: { 'iam:PassedToService': 'ec2' } },
    }),
    at('StringEquals', 'iam:PassedToService'),
  ],
  [
    'invalid-kms-key-value',
    identity({
      Action: 's3:PutObject',
      Condition: { StringEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'alias/reports' } },
    }),
    at('StringEquals', 's3:x-amz-server-side-encryption-aws-kms-key-id'),
  ],
);

const PRINCIPAL = '/Statement/0/Principal';
const ofService = (Condition: unknown) => bucket({ Principal: { Service: 'cloudfront.amazonaws.com' }, Condition });

const LARGE = Array.from({ length: 900 }, (_, i) => `arn:aws:s3:::reports/${i}/*`);

const resources: readonly CheckCase[] = [
  ...rows(
    'resource',
    [
      'federated-principal-of-resource',
      bucket({ Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/corp' } }),
      `${PRINCIPAL}/Federated`,
    ],
    [
      'key-not-for-service-principal',
      ofService({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      at('StringEquals', 'aws:PrincipalOrgID'),
    ],
    ['weak-source-key', ofService({ StringEquals: { 'aws:Referer': 'secret' } }), at('StringEquals', 'aws:Referer')],
  ),
  {
    code: 'key-not-for-resource-policy',
    kind: 'resource',
    resourceType: 'AWS::S3::Bucket',
    bad: bucket({ Condition: { StringEquals: { 's3:ResourceAccount': '111122223333' } } }),
    at: at('StringEquals', 's3:ResourceAccount'),
  },
  {
    code: 'resource-policy-size',
    kind: 'resource',
    resourceType: 'AWS::S3::Bucket',
    bad: bucket({ Resource: LARGE }),
    at: '',
  },
];

const HOST = 'token.actions.githubusercontent.com';
const github = (sub: string, aud = 'StringEquals') =>
  trust({
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${HOST}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { [aud]: { [`${HOST}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${HOST}:sub`]: sub } },
  });
const anywhere = (Action: unknown) => trust({ Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action });
const ROLE = 'arn:aws:iam::111122223333:role/audit/Reader';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/Reader/ann';

const trusts = rows(
  'trust',
  ['github-subject-with-wildcard', github('repo:acme/site:*'), at('StringLike', `${HOST}:sub`)],
  ['wildcard-too-permissive', github('repo:*/site:ref:refs/heads/main'), at('StringLike', `${HOST}:sub`)],
  [
    'for-any-value-with-audience',
    github('repo:acme/site:ref:refs/heads/main', 'ForAnyValue:StringEquals'),
    at('ForAnyValue:StringEquals', `${HOST}:aud`),
  ],
  [
    'for-all-values-with-audience',
    github('repo:acme/site:ref:refs/heads/main', 'ForAllValues:StringEquals'),
    at('ForAllValues:StringEquals', `${HOST}:aud`),
  ],
  [
    'roles-anywhere-without-action',
    anywhere(['sts:AssumeRole', 'sts:TagSession']),
    '/Statement/0/Action',
    anywhere(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']),
  ],
  [
    'action-needed-for-key',
    trust({ Condition: { StringEquals: { 'aws:RequestTag/team': 'a' } } }),
    at('StringEquals', 'aws:RequestTag/team'),
  ],
  [
    'session-beside-its-role',
    trust({ Principal: { AWS: [ROLE, SESSION] } }),
    `${PRINCIPAL}/AWS/1`,
    trust({ Principal: { AWS: [ROLE] } }),
  ],
);

const org = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' };
const sourceOrg = { 'aws:SourceOrgID': 'o-a1b2c3d4e5' };

const controls = rows(
  'rcp',
  [
    'rcp-hits-services',
    rcp({ Condition: { StringNotEqualsIfExists: org } }),
    at('StringNotEqualsIfExists', 'aws:PrincipalOrgID'),
  ],
  [
    'rcp-hits-principals',
    rcp({ Condition: { StringNotEqualsIfExists: sourceOrg, Null: { 'aws:SourceAccount': 'false' } } }),
    at('StringNotEqualsIfExists', 'aws:SourceOrgID'),
  ],
  [
    'rcp-without-source-check',
    rcp({ Condition: { StringNotEqualsIfExists: sourceOrg, Bool: { 'aws:PrincipalIsAWSService': 'true' } } }),
    at('StringNotEqualsIfExists', 'aws:SourceOrgID'),
  ],
);

export const adviceCases: readonly CheckCase[] = [...keys, ...resources, ...trusts, ...controls];
