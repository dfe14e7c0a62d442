/** Queues and topics under keys of KMS. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, allow, partnerId, partnerRoot, policy, Sandbox } from '../../testing/sandbox.ts';

const QueueArn = `arn:aws:sqs:us-east-1:${accountId}:jobs`;
const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/jobs`;
const TopicArn = `arn:aws:sns:us-east-1:${accountId}:news`;
let sandbox: Sandbox;
let key: string;
let bea: AnyCaller;
beforeEach(() => {
  sandbox = new Sandbox();
  key = sandbox.call('kms:CreateKey', {}).KeyMetadata.Arn;
  sandbox.call('kms:CreateAlias', { AliasName: 'alias/jobs', TargetKeyId: key });
  bea = sandbox.user('bea', allow(['sqs:*', 'sns:*']));
});

const letUse = (action: string | readonly string[], Condition: object = {}) =>
  sandbox.call('iam:PutUserPolicy', {
    UserName: 'bea',
    PolicyName: 'key',
    PolicyDocument: policy(allow(action, key, { Condition })),
  });
const queue = (KmsMasterKeyId: string, more: object = {}) =>
  sandbox.call('sqs:CreateQueue', { QueueName: 'jobs', Attributes: { KmsMasterKeyId, ...more } });
const message = { QueueUrl, MessageBody: 'hello' };
const received = (caller?: AnyCaller) =>
  (sandbox.call('sqs:ReceiveMessage', { QueueUrl }, caller).Messages ?? []).map(({ Body }: { Body: string }) => Body);

describe('a queue under a customer’s key', () => {
  it('asks for a data key and its decryption of who sends, for decryption of who receives', () => {
    queue('alias/jobs');
    expect(sandbox.fail('sqs:SendMessage', message, bea)).toMatchObject({
      code: 'KmsAccessDenied',
      message: expect.stringContaining('kms:GenerateDataKey'),
    });
    letUse('kms:GenerateDataKey');
    expect(sandbox.fail('sqs:SendMessage', message, bea).message).toContain('kms:Decrypt');
    letUse(['kms:GenerateDataKey', 'kms:Decrypt'], {
      StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com', 'kms:EncryptionContext:aws:sqs:arn': QueueArn },
    });
    sandbox.call('sqs:SendMessage', message, bea);
    sandbox.call('sqs:SendMessageBatch', { QueueUrl, Entries: [{ Id: '1', MessageBody: 'again' }] }, bea);
    letUse('kms:GenerateDataKey');
    const before = sandbox.world;
    expect(sandbox.fail('sqs:ReceiveMessage', { QueueUrl }, bea).code).toBe('KmsAccessDenied');
    expect(sandbox.world).toBe(before);
    letUse('kms:Decrypt');
    expect(received(bea)).toEqual(['hello']);
  });

  it('asks for nothing where there is no message, or none under a key', () => {
    queue('');
    sandbox.call('sqs:SendMessage', message, bea);
    sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { KmsMasterKeyId: key } });
    expect(received(bea)).toEqual(['hello']);
    expect(received(bea)).toEqual([]);
    expect(sandbox.fail('sqs:SendMessage', message, bea).code).toBe('KmsAccessDenied');
  });

  it('says what is the matter with its key', () => {
    queue(key);
    sandbox.call('kms:DisableKey', { KeyId: key });
    expect(sandbox.fail('sqs:SendMessage', message).code).toBe('KmsDisabled');
    sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { KmsMasterKeyId: 'alias/none' } });
    expect(sandbox.fail('sqs:SendMessage', message).code).toBe('KmsNotFound');
  });

  it('is open to another account by its policy and the key’s alone', () => {
    const principal = { Principal: { AWS: partnerId } };
    queue('alias/jobs', { Policy: policy(allow('sqs:*', QueueArn, principal)) });
    expect(sandbox.fail('sqs:SendMessage', message, partnerRoot).code).toBe('KmsAccessDenied');
    const Policy = policy(
      allow('kms:*', '*', { Principal: { AWS: accountId } }),
      allow(['kms:GenerateDataKey', 'kms:Decrypt'], '*', principal),
    );
    sandbox.call('kms:PutKeyPolicy', { KeyId: key, Policy });
    sandbox.call('sqs:SendMessage', message, partnerRoot);
    expect(received(partnerRoot)).toEqual(['hello']);
  });
});

it('a queue under the managed key is its account’s alone', () => {
  queue('alias/aws/sqs', { Policy: policy(allow('sqs:*', QueueArn, { Principal: { AWS: partnerId } })) });
  sandbox.call('sqs:SendMessage', message, bea);
  expect(sandbox.fail('sqs:ReceiveMessage', { QueueUrl }, partnerRoot).code).toBe('KmsAccessDenied');
  expect(received(bea)).toEqual(['hello']);
});

describe('a topic under a key', () => {
  const publish = { TopicArn, Message: 'hello' };
  const topic = (KmsMasterKeyId: string) =>
    sandbox.call('sns:CreateTopic', { Name: 'news', Attributes: { KmsMasterKeyId } });

  it('asks who publishes for the key', () => {
    topic(key);
    expect(sandbox.fail('sns:Publish', publish, bea).code).toBe('KMSAccessDenied');
    letUse(['kms:GenerateDataKey*', 'kms:Decrypt'], {
      StringEquals: {
        'kms:ViaService': 'sns.us-east-1.amazonaws.com',
        'kms:EncryptionContext:aws:sns:topicArn': TopicArn,
      },
    });
    sandbox.call('sns:Publish', publish, bea);
    const batch = { TopicArn, PublishBatchRequestEntries: [{ Id: '1', Message: 'hello' }] };
    sandbox.call('sns:PublishBatch', batch, bea);
    sandbox.call('kms:DisableKey', { KeyId: key });
    expect(sandbox.fail('sns:Publish', publish, bea).code).toBe('KMSDisabled');
  });

  it('of AWS’s own serves its account', () => {
    topic('alias/aws/sns');
    sandbox.call('sns:Publish', publish, bea);
    const AttributeValue = policy(allow('sns:Publish', TopicArn, { Principal: { AWS: partnerId } }));
    sandbox.call('sns:SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
    expect(sandbox.fail('sns:Publish', publish, partnerRoot).code).toBe('KMSAccessDenied');
  });

  it('reaches an encrypted queue only where the key’s policy lets SNS use it for the topic', () => {
    topic('');
    const sns = { Principal: { Service: 'sns.amazonaws.com' } };
    queue(key, { Policy: policy(allow('sqs:SendMessage', QueueArn, sns)) });
    sandbox.call('sns:Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: QueueArn });
    sandbox.call('sns:Publish', publish);
    expect(received()).toEqual([]);
    const letSns = (topicArn: string) =>
      sandbox.call('kms:PutKeyPolicy', {
        KeyId: key,
        Policy: policy(
          allow('kms:*', '*', { Principal: { AWS: accountId } }),
          allow(['kms:GenerateDataKey*', 'kms:Decrypt'], '*', {
            ...sns,
            Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
          }),
        ),
      });
    letSns(`${TopicArn}-other`);
    sandbox.call('sns:Publish', publish);
    expect(received()).toEqual([]);
    letSns(TopicArn);
    sandbox.call('sns:Publish', publish);
    expect(received()).toHaveLength(1);
  });
});
