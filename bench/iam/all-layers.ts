/** Settings in which many layers speak: a role session in another account's bucket, explicit denials, and assuming a role. */
import { auditor, bea, CALL, ORGANIZATION, OTHER, OWN } from './people.ts';
import { type Asking, type Documents, document, type Setting } from './workload.ts';

const BUCKET = 'arn:aws:s3:::archive';
const FULL_ACCESS = document({ Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' });

const documents: Documents = {
  identity: [
    document(
      { Sid: 'Read', Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: [BUCKET, `${BUCKET}/*`] },
      { Sid: 'Write', Effect: 'Allow', Action: 's3:PutObject*', Resource: `${BUCKET}/*` },
      { Sid: 'NotSealed', Effect: 'Deny', Action: 's3:*', Resource: `${BUCKET}/sealed/*` },
    ),
    document({ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }),
  ],
  boundary: document(
    { Sid: 'Data', Effect: 'Allow', Action: ['s3:*', 'dynamodb:*', 'logs:*'], Resource: '*' },
    { Sid: 'NotBound', Effect: 'Deny', Action: 's3:*', Resource: `${BUCKET}/unbound/*` },
  ),
  serviceControl: [
    [
      FULL_ACCESS,
      document({
        Sid: 'Regions',
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*', 'organizations:*', 'support:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
      }),
    ],
    [
      FULL_ACCESS,
      document({
        Sid: 'Stay',
        Effect: 'Deny',
        Action: ['organizations:LeaveOrganization', 'account:*'],
        Resource: '*',
      }),
    ],
    [FULL_ACCESS],
  ],
  resourceControl: [
    [
      document({
        Sid: 'OurOrganization',
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:AssumeRole'],
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION.id },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      }),
    ],
    [
      document({
        Sid: 'Encrypted',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  ],
  resource: document(
    {
      Sid: 'Auditors',
      Effect: 'Allow',
      Principal: { AWS: [auditor.roleArn, `arn:aws:iam::${OTHER}:role/Reader`] },
      Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
      Resource: [BUCKET, `${BUCKET}/*`],
    },
    {
      Sid: 'NotPrivate',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: `${BUCKET}/private/*`,
    },
  ),
};

function ask(action: string, resource: string, context: Readonly<Record<string, string>> = {}): Asking {
  return {
    caller: auditor,
    action,
    resource,
    resourceAccountId: OWN,
    context: { ...CALL, ...context },
    organization: ORGANIZATION,
  };
}

/** A role session of another account, three levels of service control, resource control, a bucket policy and a boundary. */
export const crossAccount: Setting = {
  documents,
  requests: Array.from({ length: 16 }, (_, n) => [
    ask('s3:GetObject', `${BUCKET}/2026/${n}.csv`),
    ask('s3:PutObject', `${BUCKET}/2026/${n}.csv`),
    ask('s3:ListBucket', BUCKET, { 's3:prefix': `2026/${n}` }),
  ]).flat(),
};

/** The same layers; in each request another one denies explicitly. */
export const deniedByLayers: Setting = {
  documents,
  requests: Array.from({ length: 8 }, (_, n) => [
    ask('s3:GetObject', `${BUCKET}/sealed/${n}.csv`),
    ask('s3:GetObject', `${BUCKET}/unbound/${n}.csv`),
    ask('s3:GetObject', `${BUCKET}/private/${n}.csv`),
    ask('s3:GetObject', `${BUCKET}/${n}.csv`, { 'aws:SecureTransport': 'false' }),
    ask('s3:GetObject', `${BUCKET}/${n}.csv`, { 'aws:RequestedRegion': 'us-east-1' }),
  ]).flat(),
};

/** Assuming a role of another account with an external id; of the requests a half come without it. */
export const assumeRole: Setting = {
  documents: {
    identity: [
      document({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${OTHER}:role/partner/*` }),
    ],
    resource: document(
      {
        Sid: 'Partner',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${OWN}:root` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': ['7f1d', '8a2e'] } },
      },
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ),
  },
  requests: Array.from({ length: 16 }, (_, n) => ({
    caller: bea,
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${OTHER}:role/partner/Analyst`,
    resourceAccountId: OTHER,
    context: { ...CALL, ...(n % 2 === 0 ? { 'sts:ExternalId': '8a2e' } : {}), 'sts:RoleSessionName': `s${n}` },
  })),
};
