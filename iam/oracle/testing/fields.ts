/** The parts of AWS that inputs are drawn from: what is asked there, and the patterns that tell it apart. */
import { OTHER, OWN } from './people.ts';

export interface Field {
  readonly actions: readonly string[];
  /** As Action elements have them. */
  readonly patterns: readonly string[];
  readonly resources: readonly string[];
}

const ANY = ['*', 'sts:*', 'iam:*', 's3:*', 'kms:*'];

const ordinary: Field = {
  actions: [
    's3:GetObject',
    's3:PutObject',
    's3:ListBucket',
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    'S3:getobject',
    'iam:GetUser',
    'iam:ListUsers',
    'iam:PassRole',
    'sqs:SendMessage',
    'sts:GetCallerIdentity',
    'sts:GetSessionToken',
    'sts:GetFederationToken',
  ],
  patterns: ['s3:Get*', 'S3:G?TOBJECT', 's3:*t*', 's3:*BucketPolicy', 'sqs:*', 'sts:A*', 'sts:Get*', 'iam:PassRole'],
  resources: [
    'arn:aws:s3:::archive',
    'arn:aws:s3:::archive/home/Bea/x',
    'arn:aws:s3:::archive/a:b',
    'arn:aws:s3:::archive/*',
    `arn:aws:iam::${OWN}:user/staff/Bea`,
    `arn:aws:iam::${OWN}:role/app/Cataloguer`,
    `arn:aws:sqs:eu-west-1:${OWN}:jobs`,
    '*',
  ],
};

const bucket: Field = {
  actions: [
    's3:GetObject',
    's3:GetObjectVersion',
    's3:GetObjectAcl',
    's3:PutObjectAcl',
    's3:PutObjectTagging',
    's3:PutObject',
    's3:DeleteObject',
    's3:ListBucket',
    's3:GetBucketAcl',
    's3:PutBucketAcl',
    's3:GetBucketPolicy',
  ],
  patterns: ['s3:Get*', 's3:*Object', 's3:*Object*', 's3:*Acl', 's3:List*', 's3:GetObject'],
  resources: ['arn:aws:s3:::archive', 'arn:aws:s3:::archive/a', 'arn:aws:s3:::archive/a:b'],
};

const key: Field = {
  actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:RetireGrant', 'KMS:decrypt'],
  patterns: ['kms:D*', 'kms:*crypt', 'kms:Decrypt', 'kms:RetireGrant'],
  resources: [`arn:aws:kms:eu-west-1:${OWN}:key/1234abcd`, `arn:aws:kms:eu-west-1:${OTHER}:key/1234abcd`, '*'],
};

export const ROLE = `arn:aws:iam::${OWN}:role/Deployer`;
export const BY_CREDENTIALS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] as const;
export const BY_TOKEN = ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'] as const;

const trust: Field = {
  actions: [...BY_CREDENTIALS, ...BY_TOKEN],
  patterns: ['sts:*', 'sts:A*', 'sts:AssumeRoleWith*', ...BY_CREDENTIALS, ...BY_TOKEN],
  resources: [ROLE, `arn:aws:iam::${OWN}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`],
};

const root: Field = {
  actions: ['sts:AssumeRoot'],
  patterns: ['sts:AssumeRoot', 'sts:A*'],
  resources: [`arn:aws:iam::${OWN}:root`, `arn:aws:iam::${OTHER}:root`],
};

export type FieldName = 'ordinary' | 'bucket' | 'key' | 'trust' | 'root';

export const FIELDS: Readonly<Record<FieldName, Field>> = {
  ordinary: { ...ordinary, patterns: [...ANY, ...ordinary.patterns, ...ordinary.actions] },
  bucket: { ...bucket, patterns: [...ANY, ...bucket.patterns] },
  key: { ...key, patterns: [...ANY, ...key.patterns] },
  trust: { ...trust, patterns: [...ANY, ...trust.patterns] },
  root: { ...root, patterns: [...ANY, ...root.patterns] },
};
