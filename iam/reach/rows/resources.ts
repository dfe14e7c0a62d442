/** Rows that open a resource: its policy, or a grant of a key. */
import type { Need, Row, Way } from '../row.ts';

const KEY = 'arn:*:kms:*:*:key/';
const decryptKey: readonly Need[] = [{ action: 'kms:Decrypt', on: '$resource' }];
const on = (...actions: readonly string[]): readonly Need[] => actions.map((action) => ({ action, on: '$resource' }));

function writing(resource: string, needs: readonly Need[], gains: readonly Need[]): readonly Way[] {
  return needs.map((need) => ({ kind: 'open-resource', resource, needs: [need], gains, by: { policy: 'written' } }));
}

export const RESOURCE_ROWS: readonly Row[] = [
  {
    path: '80',
    title: 'A grant of a KMS key, or its policy',
    class: 'C',
    ways: [
      {
        kind: 'open-resource',
        resource: KEY,
        needs: [
          {
            action: 'kms:CreateGrant',
            on: '$resource',
            context: { 'kms:GranteePrincipal': '$self', 'kms:GrantOperations': 'Decrypt' },
          },
        ],
        gains: decryptKey,
        by: { grant: ['Decrypt'] },
      },
      ...writing(KEY, on('kms:PutKeyPolicy'), decryptKey),
    ],
  },
  {
    path: '81',
    title: 'The policy of a resource',
    class: 'C',
    ways: [
      ...writing('arn:*:s3:::', on('s3:PutBucketPolicy'), [
        { action: 's3:GetObject', on: '$resource/{key}' },
        { action: 's3:PutObject', on: '$resource/{key}' },
        { action: 's3:ListBucket', on: '$resource' },
      ]),
      ...writing(
        'arn:*:lambda:*:*:function:',
        [{ action: 'lambda:AddPermission', on: '$resource', context: { 'lambda:Principal': '$self' } }],
        on('lambda:InvokeFunction'),
      ),
      ...writing(
        'arn:*:sqs:*:*:',
        on('sqs:SetQueueAttributes', 'sqs:AddPermission'),
        on('sqs:ReceiveMessage', 'sqs:SendMessage'),
      ),
      ...writing(
        'arn:*:sns:*:*:',
        on('sns:AddPermission', 'sns:SetTopicAttributes'),
        on('sns:Subscribe', 'sns:Publish'),
      ),
      ...writing(
        'arn:*:secretsmanager:*:*:secret:',
        on('secretsmanager:PutResourcePolicy'),
        on('secretsmanager:GetSecretValue'),
      ),
    ],
  },
];
