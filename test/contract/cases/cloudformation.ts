import { expect } from 'vitest';
import type { ContractCase } from '../case.ts';

const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

const template = (account: string) =>
  JSON.stringify({
    Resources: {
      Key: { Type: 'AWS::KMS::Key', Properties: { Description: 'of the stack' } },
      Alias: {
        Type: 'AWS::KMS::Alias',
        Properties: { AliasName: 'alias/stack', TargetKeyId: { Ref: 'Key' } },
      },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: `stack-${account}` } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'stack' } },
      Secret: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: { Name: 'stack', SecretString: 'first', KmsKeyId: { Ref: 'Key' } },
      },
      Parameter: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/stack/key', Type: 'String', Value: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'stack', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] } },
      },
    },
    Outputs: { Key: { Value: { Ref: 'Key' } }, Secret: { Value: { Ref: 'Secret' } } },
  });

/** Its second resource cannot be made, so that its first is taken away again. */
const failing = JSON.stringify({
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'undone' } },
    Alias: {
      Type: 'AWS::KMS::Alias',
      Properties: { AliasName: 'alias/none', TargetKeyId: 'none' },
      DependsOn: 'Queue',
    },
  },
});

/** Calls within calls: what a stack makes is made at the emulator too, under the same ids. */
export const cases: readonly ContractCase[] = [
  {
    service: 'cloudformation',
    name: 'what a stack makes',
    steps: [
      {
        call: 'cloudformation:CreateStack',
        with: ({ account }) => ({
          StackName: 'stack',
          TemplateBody: template(account),
          Capabilities: ['CAPABILITY_NAMED_IAM'],
        }),
      },
      {
        call: 'cloudformation:DescribeStacks',
        with: { StackName: 'stack' },
        name: 'stacks',
        shows: ({ Stacks }) => expect(Stacks).toMatchObject([{ StackStatus: 'CREATE_COMPLETE' }]),
      },
      {
        call: 'kms:DescribeKey',
        with: ({ stacks }) => ({ KeyId: outputOf(stacks, 'Key') }),
        name: 'key',
        shows: ({ KeyMetadata }) => expect(KeyMetadata.Description).toBe('of the stack'),
      },
      {
        call: 'kms:DescribeKey',
        with: { KeyId: 'alias/stack' },
        shows: ({ KeyMetadata }, { key }) => expect(KeyMetadata.Arn).toBe(key.KeyMetadata.Arn),
      },
      {
        call: 'ssm:GetParameter',
        with: { Name: '/stack/key' },
        shows: ({ Parameter }, { key }) => expect(Parameter.Value).toBe(key.KeyMetadata.Arn),
      },
      {
        call: 'secretsmanager:GetSecretValue',
        with: ({ stacks }) => ({ SecretId: outputOf(stacks, 'Secret') }),
        shows: ({ SecretString }) => expect(SecretString).toBe('first'),
      },
      { call: 's3:HeadBucket', with: ({ account }) => ({ Bucket: `stack-${account}` }) },
      { call: 'sqs:GetQueueUrl', with: { QueueName: 'stack' } },
      { call: 'cloudformation:CreateStack', with: { StackName: 'fails', TemplateBody: failing } },
      { call: 'sqs:GetQueueUrl', with: { QueueName: 'undone' }, ends: 'AWS.SimpleQueueService.NonExistentQueue' },
    ],
  },
];

function outputOf({ Stacks }: { readonly Stacks: readonly { Outputs: readonly Output[] }[] }, name: string): string {
  return Stacks[0]?.Outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? '';
}

interface Output {
  readonly OutputKey: string;
  readonly OutputValue: string;
}
