/** Buckets that encrypt by a key, out of templates. */
import { expect, it } from 'vitest';
import { accountId, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import { readTemplate } from '../template.ts';

it('makes a bucket whose objects are under a key of the template', async () => {
  const sandbox = new Sandbox();
  const read = readTemplate(
    JSON.stringify({
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: keyPolicy() } },
        Files: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            BucketName: 'files-1',
            BucketEncryption: {
              ServerSideEncryptionConfiguration: [
                {
                  BucketKeyEnabled: true,
                  ServerSideEncryptionByDefault: {
                    SSEAlgorithm: 'aws:kms',
                    KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] },
                  },
                },
              ],
            },
          },
        },
        Plain: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'plain-1' } },
      },
    }),
  );
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  const { attributes } = await deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
  const encrypted = sandbox.call('s3:PutObject', { Bucket: 'files-1', Key: 'a' });
  expect(encrypted).toMatchObject({ SSEKMSKeyId: attributes['Key']?.['Arn'], BucketKeyEnabled: true });
  expect(sandbox.call('s3:PutObject', { Bucket: 'plain-1', Key: 'a' }).ServerSideEncryption).toBe('AES256');
});

it('refuses an algorithm that there is not, before anything is made', () => {
  const ServerSideEncryptionConfiguration = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'ROT13' } }];
  const Properties = { BucketEncryption: { ServerSideEncryptionConfiguration } };
  const read = readTemplate(JSON.stringify({ Resources: { Files: { Type: 'AWS::S3::Bucket', Properties } } }));
  expect(read.kind).toBe('invalid');
});

function keyPolicy() {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'kms:*', Resource: '*' }],
  };
}
