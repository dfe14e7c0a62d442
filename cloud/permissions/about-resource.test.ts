import { expect, test } from 'vitest';
import { isAboutResource } from './about-resource.ts';

const place = 'us-east-1:111122223333';

test.each<[boolean, string, string]>([
  [true, 's3:GetObject', 'arn:aws:s3:::seeds/a/b:c'],
  [false, 's3:GetObject', 'arn:aws:s3:::seeds'],
  [true, 's3:ListBucket', 'arn:aws:s3:::seeds'],
  [false, 's3:ListBucket', 'arn:aws:s3:::seeds/a'],
  [false, 's3:ListAllMyBuckets', 'arn:aws:s3:::seeds'],
  [true, 'S3:getobject', 'arn:aws:s3:::seeds/a'],
  [true, 'sqs:SendMessage', `arn:aws:sqs:${place}:jobs`],
  [false, 'sqs:SendMessage', `arn:aws:sns:${place}:jobs`],
  [true, 'kms:Decrypt', `arn:aws:kms:${place}:key/1234`],
  [false, 'kms:Decrypt', `arn:aws:kms:${place}:alias/k`],
  [true, 'kms:CreateAlias', `arn:aws:kms:${place}:alias/k`],
  [true, 'dynamodb:Query', `arn:aws:dynamodb:${place}:table/t/index/i`],
  [false, 'dynamodb:PutItem', `arn:aws:dynamodb:${place}:table/t/index/i`],
  [true, 'dynamodb:PutItem', `arn:aws:dynamodb:${place}:table/t`],
  [true, 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${place}:secret:app/db-a1b2c3`],
  [true, 'lambda:InvokeFunction', `arn:aws:lambda:${place}:function:f`],
  [false, 'lambda:InvokeFunction', `arn:aws:lambda:${place}:layer:l`],
  [true, 'iam:PassRole', 'arn:aws:iam::111122223333:role/team/r'],
  [false, 'iam:PassRole', 'arn:aws:iam::111122223333:user/bea'],
  [true, 'sts:AssumeRole', 'arn:aws:iam::111122223333:role/r'],
  [false, 'ec2:DescribeInstances', `arn:aws:ec2:${place}:instance/i-1`],
  [true, 'ec2:StartInstances', `arn:aws:ec2:${place}:instance/i-1`],
  // Of these nothing is known.
  [true, 'nothing:Do', 'arn:aws:s3:::seeds'],
  [true, 's3:Dance', 'arn:aws:s3:::seeds'],
  [true, 's3:GetObject', '*'],
])('%s: %s is about %s', (expected, action, resource) => {
  expect(isAboutResource(action, resource)).toBe(expected);
});
