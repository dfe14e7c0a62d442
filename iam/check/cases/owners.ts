/** Cases of resources, principals, trust policies and policies of organizations. */
import { bucket, type CheckCase, identity, rcp, rows, trust } from './case.ts';

const RESOURCE = '/Statement/0/Resource';
const on = (Action: unknown, Resource: unknown) => identity({ Action, Resource });
const queue = (Resource: string) => on('sqs:SendMessage', Resource);

const resources = rows(
  'identity',
  ['arn-prefix', identity({ Resource: 'arm:aws:s3:::reports/*' }), RESOURCE, identity()],
  ['short-arn', queue('arn:aws:sqs'), RESOURCE, queue('arn:aws:sqs:*:*:*')],
  ['short-arn', identity({ Resource: 'arn:aws:s3:reports/*' }), RESOURCE, identity()],
  ['arn-service-letter-case', identity({ Resource: 'arn:aws:S3:::reports/*' }), RESOURCE, identity()],
  [
    'arn-unknown-service',
    queue('arn:aws:sqss:us-east-1:111122223333:jobs'),
    RESOURCE,
    queue('arn:aws:sqs:us-east-1:111122223333:jobs'),
  ],
  [
    'arn-unknown-region',
    queue('arn:aws:sqs:us-east-11:111122223333:jobs'),
    RESOURCE,
    queue('arn:aws:sqs:us-east-1:111122223333:jobs'),
  ],
  ['arn-invalid-account', queue('arn:aws:sqs:us-east-1:11112222333:jobs'), RESOURCE],
  [
    'arn-region-not-allowed',
    on('route53:GetHostedZone', 'arn:aws:route53:us-east-1::hostedzone/Z1'),
    RESOURCE,
    on('route53:GetHostedZone', 'arn:aws:route53:::hostedzone/Z1'),
  ],
  ['arn-account-not-allowed', identity({ Resource: 'arn:aws:s3::111122223333:reports/*' }), RESOURCE, identity()],
  ['arn-region-missing', queue('arn:aws:sqs::111122223333:jobs'), RESOURCE, queue('arn:aws:sqs:*:111122223333:jobs')],
  [
    'arn-account-missing',
    on('iam:GetUser', 'arn:aws:iam:::user/ana'),
    RESOURCE,
    on('iam:GetUser', 'arn:aws:iam::*:user/ana'),
  ],
  ['arn-unknown-format', on('dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:111122223333:tables/jobs'), RESOURCE],
  ['invalid-bucket-name', identity({ Resource: 'arn:aws:s3:::My_Reports/*' }), RESOURCE],
  ['empty-object-key', identity({ Resource: 'arn:aws:s3:::reports/' }), RESOURCE, identity()],
  ['placeholder-in-arn', identity({ Resource: 'arn:aws:s3:::<bucket>/*' }), RESOURCE],
  [
    'duplicate-resource',
    identity({ Resource: ['arn:aws:s3:::reports/*', 'arn:aws:s3:::reports/*'] }),
    `${RESOURCE}/1`,
    identity({ Resource: ['arn:aws:s3:::reports/*'] }),
  ],
  [
    'redundant-resource',
    identity({ Resource: ['arn:aws:s3:::reports/2026', 'arn:aws:s3:::reports/*'] }),
    `${RESOURCE}/0`,
    identity({ Resource: ['arn:aws:s3:::reports/*'] }),
  ],
);

const PRINCIPAL = '/Statement/0/Principal';

const owners: readonly CheckCase[] = [
  {
    code: 'public-despite-condition',
    kind: 'resource',
    resourceType: 'AWS::S3::Bucket',
    bad: bucket({ Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    at: PRINCIPAL,
    clean: bucket({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
  },
  {
    code: 'resource-of-other-service',
    kind: 'resource',
    resourceType: 'AWS::S3::Bucket',
    bad: bucket({ Resource: 'arn:aws:sqs:us-east-1:111122223333:jobs' }),
    at: RESOURCE,
  },
  {
    code: 'action-of-other-service',
    kind: 'resource',
    resourceType: 'AWS::S3::Bucket',
    bad: bucket({ Action: 'sqs:SendMessage' }),
    at: '/Statement/0/Action',
  },
];

const ANA = 'arn:aws:iam::111122223333:user/ana';
const aws = (AWS: unknown) => bucket({ Principal: { AWS } });
const service = (Service: string) =>
  bucket({
    Principal: { Service },
    Action: 's3:PutObject',
    Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
  });

const principals = rows(
  'resource',
  ['public-principal', bucket({ Principal: '*' }), PRINCIPAL],
  ['public-principal', aws('*'), `${PRINCIPAL}/AWS`],
  ['principal-role-id', aws('AROAEXAMPLEROLEID0001'), `${PRINCIPAL}/AWS`],
  ['principal-user-id', aws('AIDAEXAMPLEUSERID0001'), `${PRINCIPAL}/AWS`],
  [
    'unknown-service-principal',
    service('cloudtrial.amazonaws.com'),
    `${PRINCIPAL}/Service`,
    service('cloudtrail.amazonaws.com'),
  ],
  [
    'service-principal-without-source',
    bucket({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }),
    `${PRINCIPAL}/Service`,
  ],
  [
    'deny-with-not-principal',
    bucket({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: ANA } }),
    '/Statement/0/NotPrincipal',
  ],
  ['duplicate-principal', aws([ANA, ANA]), `${PRINCIPAL}/AWS/1`, aws([ANA])],
  ['redundant-principal', aws([ANA, '*']), `${PRINCIPAL}/AWS/0`, aws(['*'])],
);

const provider = (Federated: string, Action: unknown, Condition?: object) =>
  trust({ Principal: { Federated }, Action, Condition });
const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const WEB = 'sts:AssumeRoleWithWebIdentity';
const FEDERATED = `${PRINCIPAL}/Federated`;
const AUD = { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } };
const github = (sub: string) =>
  provider(GITHUB, WEB, { ...AUD, StringLike: { 'token.actions.githubusercontent.com:sub': sub } });

const trusts = rows(
  'trust',
  ['trust-everybody', trust({ Principal: { AWS: '*' } }), `${PRINCIPAL}/AWS`],
  [
    'mismatched-action-for-principal',
    provider('arn:aws:iam::111122223333:saml-provider/corp', 'sts:AssumeRole'),
    '/Statement/0/Action',
    provider('arn:aws:iam::111122223333:saml-provider/corp', 'sts:AssumeRoleWithSAML'),
  ],
  ['mismatched-action-for-principal', trust({ Action: WEB }), '/Statement/0/Action', trust()],
  [
    'trust-action-without-effect',
    trust({ Action: ['sts:AssumeRole', 'sts:GetCallerIdentity'] }),
    '/Statement/0/Action/1',
    trust({ Action: ['sts:AssumeRole'] }),
  ],
  ['oidc-without-subject', provider(GITHUB, WEB, AUD), FEDERATED],
  [
    'oidc-subject-too-wide',
    github('repo:*'),
    '/Statement/0/Condition/StringLike/token.actions.githubusercontent.com:sub',
  ],
  ['oidc-without-audience', provider('arn:aws:iam::111122223333:oidc-provider/login.example.com', WEB), FEDERATED],
  ['cognito-without-audience', provider('cognito-identity.amazonaws.com', WEB), FEDERATED],
  [
    'saml-without-audience',
    provider('arn:aws:iam::111122223333:saml-provider/corp', 'sts:AssumeRoleWithSAML'),
    FEDERATED,
  ],
);

const controls = rows(
  'rcp',
  ['rcp-allow', rcp({ Effect: 'Allow' }), '/Statement/0/Effect'],
  ['rcp-principal', rcp({ Principal: { AWS: ANA } }), PRINCIPAL, rcp()],
  ['rcp-not-principal', rcp({ Principal: undefined, NotPrincipal: { AWS: ANA } }), '/Statement/0/NotPrincipal'],
  ['rcp-not-action', rcp({ Action: undefined, NotAction: 's3:*' }), '/Statement/0/NotAction'],
  ['rcp-every-action', rcp({ Action: '*' }), '/Statement/0/Action', rcp()],
  ['rcp-service-out-of-reach', rcp({ Action: ['s3:*', 'ec2:*'] }), '/Statement/0/Action/1'],
  ['rcp-size', rcp({ Action: Array.from({ length: 260 }, (_, i) => `s3:GetObject${i + 1000}*`) }), ''],
);

export const ownerCases: readonly CheckCase[] = [...resources, ...owners, ...principals, ...trusts, ...controls];
