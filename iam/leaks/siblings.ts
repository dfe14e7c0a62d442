/**
 * The table of sibling actions: what is denied, and what gets the same. Each row holds for some resource on which both can be asked,
 * or says on which resource the sibling is asked instead.
 */

export interface Sibling {
  readonly denied: string;
  readonly instead: string;
  /** What the sibling is asked on. `same`: the same resource, where absent. `bucket`: the object's bucket. `other`: something else. */
  readonly on?: 'same' | 'bucket' | 'other';
  readonly because: string;
  readonly provided?: string;
  readonly source: string;
}

const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/API';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/APIReference';
const DYNAMODB = 'https://docs.aws.amazon.com/amazondynamodb/latest';
const KMS = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const SSM = 'https://docs.aws.amazon.com/systems-manager/latest';
const LOGS = 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference';
const TRAIL = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference';
const EC2 = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference';

export const siblings: readonly Sibling[] = [
  ...each(['s3:GetObject', 's3:GetObjectVersion'], {
    because: 'GetObject with a versionId reads the same object, and needs s3:GetObjectVersion instead of s3:GetObject',
    source: `${S3}/API_GetObject.html`,
  }),
  ...each(['s3:GetObjectAcl', 's3:GetObjectVersionAcl'], {
    because: 'the access control list of a version is read with s3:GetObjectVersionAcl',
    source: `${S3}/API_GetObjectAcl.html`,
  }),
  ...each(['s3:GetObjectTagging', 's3:GetObjectVersionTagging'], {
    because: 'the tags of a version are read with s3:GetObjectVersionTagging',
    source: `${S3}/API_GetObjectTagging.html`,
  }),
  ...each(['s3:PutObjectAcl', 's3:PutObjectVersionAcl'], {
    because: 'the access control list of a version, the latest among them, is set with s3:PutObjectVersionAcl',
    source: `${S3}/API_PutObjectAcl.html`,
  }),
  ...each(['s3:PutObjectTagging', 's3:PutObjectVersionTagging'], {
    because: 'the tags of a version, the latest among them, are set with s3:PutObjectVersionTagging',
    source: `${S3}/API_PutObjectTagging.html`,
  }),
  ...each(['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'], {
    because: 'the tags of a version, the latest among them, are removed with s3:DeleteObjectVersionTagging',
    source: `${S3}/API_DeleteObjectTagging.html`,
  }),
  {
    denied: 's3:DeleteObject',
    instead: 's3:DeleteObjectVersion',
    because: 'DeleteObject with a versionId deletes for good, and needs s3:DeleteObjectVersion instead',
    source: `${S3}/API_DeleteObject.html`,
  },
  {
    denied: 's3:DeleteObject',
    instead: 's3:PutLifecycleConfiguration',
    on: 'bucket',
    because: 'a lifecycle rule that expires objects makes S3 delete them',
    source: `${S3}/API_PutBucketLifecycleConfiguration.html`,
  },
  {
    denied: 's3:DeleteObject',
    instead: 's3:PutObject',
    because: 'PutObject under the same key replaces what is there',
    provided: 'the bucket keeps no versions',
    source: `${S3}/API_PutObject.html`,
  },
  ...each(['s3:ListBucket', 's3:ListBucketVersions'], {
    because: 'ListObjectVersions lists the same keys, and needs s3:ListBucketVersions',
    source: `${S3}/API_ListObjectVersions.html`,
  }),
  ...each(['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory'], {
    because: 'each operation that returns a parameter’s value is authorised by its own action',
    source: `${SSM}/userguide/ps-retrieval-authorization.html`,
  }),
  {
    denied: 'ssm:SendCommand',
    instead: 'ssm:StartSession',
    because: 'a session on the instance runs commands as SendCommand does',
    source: `${SSM}/userguide/session-manager.html`,
  },
  ...each(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:PartiQLSelect'], {
    because: 'each of DynamoDB’s reading operations returns the items, and has an action of its own',
    source: `${DYNAMODB}/developerguide/api-permissions-reference.html`,
  }),
  {
    denied: 'dynamodb:Scan',
    instead: 'dynamodb:ExportTableToPointInTime',
    because: 'an export writes the whole table to a bucket of the caller’s choice',
    provided: 'the table has point-in-time recovery',
    source: `${DYNAMODB}/APIReference/API_ExportTableToPointInTime.html`,
  },
  ...each(
    [
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PartiQLUpdate',
    ],
    {
      because: 'each of DynamoDB’s writing operations changes items, and has an action of its own',
      source: `${DYNAMODB}/developerguide/api-permissions-reference.html`,
    },
  ),
  ...each(['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLDelete'], {
    because: 'each of these deletes items, and has an action of its own',
    source: `${DYNAMODB}/developerguide/api-permissions-reference.html`,
  }),
  ...each(['kms:GenerateDataKey', 'kms:GenerateDataKeyPair'], {
    because: 'both make data keys under the key and return them in plain text',
    source: `${KMS}/API_GenerateDataKeyPair.html`,
  }),
  {
    denied: 'kms:ScheduleKeyDeletion',
    instead: 'kms:DisableKey',
    because: 'a disabled key decrypts nothing either',
    source: `${KMS}/API_DisableKey.html`,
  },
  {
    denied: 'kms:Decrypt',
    instead: 'kms:ReEncryptFrom',
    because: 'ReEncrypt turns the ciphertext into one under another key, without kms:Decrypt on this one',
    provided: 'the caller may use kms:ReEncryptTo and kms:Decrypt on another key',
    source: `${KMS}/API_ReEncrypt.html`,
  },
  ...each(['kinesis:PutRecord', 'kinesis:PutRecords'], {
    because: 'both put records into the stream',
    source: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html',
  }),
  ...each(['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'], {
    because: 'both give the secret a new value',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html',
  }),
  ...each(['logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:StartQuery'], {
    on: 'other',
    because: 'each of these returns what is in the log group, and has an action of its own',
    source: `${LOGS}/API_FilterLogEvents.html`,
  }),
  {
    denied: 'logs:DeleteLogGroup',
    instead: 'logs:PutRetentionPolicy',
    because: 'a retention of one day makes CloudWatch Logs delete what is older',
    source: `${LOGS}/API_PutRetentionPolicy.html`,
  },
  {
    denied: 'sqs:DeleteMessage',
    instead: 'sqs:PurgeQueue',
    because: 'PurgeQueue deletes every message of the queue',
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html',
  },
  ...['cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail', 'cloudtrail:PutEventSelectors'].map((instead) => ({
    denied: 'cloudtrail:StopLogging',
    instead,
    because: 'a trail that is deleted, sent elsewhere or told to record nothing logs no more than a stopped one',
    source: `${TRAIL}/API_${instead.slice('cloudtrail:'.length)}.html`,
  })),
  ...['config:DeleteConfigurationRecorder', 'config:PutConfigurationRecorder', 'config:DeleteDeliveryChannel'].map(
    (instead) => ({
      denied: 'config:StopConfigurationRecorder',
      instead,
      on: 'other' as const,
      because:
        'a recorder that is deleted, told to record nothing, or without its delivery channel records no more than a stopped one',
      source: `https://docs.aws.amazon.com/config/latest/APIReference/API_${instead.slice('config:'.length)}.html`,
    }),
  ),
  ...['Ingress', 'Egress'].map((way) => ({
    denied: `ec2:AuthorizeSecurityGroup${way}`,
    instead: 'ec2:ModifySecurityGroupRules',
    because: 'a rule that is there can be changed into the one that may not be added',
    source: `${EC2}/API_ModifySecurityGroupRules.html`,
  })),
  {
    denied: 'ec2:AssociateIamInstanceProfile',
    instead: 'ec2:ReplaceIamInstanceProfileAssociation',
    because: 'an instance that has a profile gets another one by replacing it',
    source: `${EC2}/API_ReplaceIamInstanceProfileAssociation.html`,
  },
  {
    denied: 'ec2:CreateSnapshot',
    instead: 'ec2:CreateSnapshots',
    because: 'CreateSnapshots takes snapshots of all volumes of an instance',
    source: `${EC2}/API_CreateSnapshots.html`,
  },
  ...each(['ses:SendEmail', 'ses:SendRawEmail'], {
    because: 'both send mail',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html',
  }),
  ...each(['iam:AttachUserPolicy', 'iam:PutUserPolicy'], {
    because: 'what a managed policy grants an inline policy grants as well',
    source: `${IAM}/API_PutUserPolicy.html`,
  }),
  ...each(['iam:AttachRolePolicy', 'iam:PutRolePolicy'], {
    because: 'what a managed policy grants an inline policy grants as well',
    source: `${IAM}/API_PutRolePolicy.html`,
  }),
  ...each(['iam:AttachGroupPolicy', 'iam:PutGroupPolicy'], {
    because: 'what a managed policy grants an inline policy grants as well',
    source: `${IAM}/API_PutGroupPolicy.html`,
  }),
  ...['iam:AttachUserPolicy', 'iam:PutUserPolicy'].map((denied) => ({
    denied,
    instead: 'iam:AddUserToGroup',
    on: 'other' as const,
    because: 'a user gets the policies of each group that it joins',
    source: `${IAM}/API_AddUserToGroup.html`,
  })),
  {
    denied: 'iam:CreatePolicyVersion',
    instead: 'iam:SetDefaultPolicyVersion',
    because: 'an older version that grants more becomes the one in force',
    provided: 'there is such a version',
    source: `${IAM}/API_SetDefaultPolicyVersion.html`,
  },
  {
    denied: 'iam:CreateLoginProfile',
    instead: 'iam:UpdateLoginProfile',
    because: 'a user who has a password gets another one that the caller knows',
    source: `${IAM}/API_UpdateLoginProfile.html`,
  },
  ...['User', 'Role'].map((kind) => ({
    denied: `iam:Delete${kind}PermissionsBoundary`,
    instead: `iam:Put${kind}PermissionsBoundary`,
    because: 'another policy that allows everything takes the boundary’s place',
    source: `${IAM}/API_Put${kind}PermissionsBoundary.html`,
  })),
];

/** A row for every two of the actions. */
function each(actions: readonly string[], row: Omit<Sibling, 'denied' | 'instead'>): readonly Sibling[] {
  return actions.flatMap((denied) =>
    actions.filter((instead) => instead !== denied).map((instead) => ({ denied, instead, ...row })),
  );
}
