import { beforeEach, expect, it } from 'vitest';
import { accountId, allow, partnerId, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import { readTemplate } from '../template.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

async function deploy(resources: Readonly<Record<string, object>>) {
  const read = readTemplate(JSON.stringify({ Resources: resources }));
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  return deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
}

const ref = (Ref: string) => ({ Ref });

it('makes a key under a policy, with its alias', async () => {
  const KeyPolicy = {
    Version: '2012-10-17',
    Statement: [{ ...allow('kms:*'), Principal: { AWS: { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:root` } } }],
  };
  const { refs, attributes } = await deploy({
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        Description: 'pay',
        KeyPolicy,
        EnableKeyRotation: true,
        RotationPeriodInDays: 90,
        Enabled: true,
        Tags: [{ Key: 'team', Value: 'pay' }],
      },
    },
    Name: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/pay', TargetKeyId: ref('Key') } },
    Off: { Type: 'AWS::KMS::Key', Properties: { Enabled: false } },
  });
  const { KeyMetadata } = sandbox.call('kms:DescribeKey', { KeyId: 'alias/pay' });
  expect(KeyMetadata).toMatchObject({ KeyId: refs['Key'], Arn: attributes['Key']?.['Arn'], Description: 'pay' });
  expect(refs['Name']).toBe('alias/pay');
  expect(sandbox.call('kms:GetKeyRotationStatus', { KeyId: refs['Key'] }).RotationPeriodInDays).toBe(90);
  expect(sandbox.call('kms:ListResourceTags', { KeyId: refs['Key'] }).Tags).toEqual([
    { TagKey: 'team', TagValue: 'pay' },
  ]);
  expect(sandbox.call('kms:DescribeKey', { KeyId: refs['Off'] }).KeyMetadata.Enabled).toBe(false);
});

it('makes secrets, given and generated, and their policies', async () => {
  const { refs, attributes } = await deploy({
    Key: { Type: 'AWS::KMS::Key' },
    Given: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { Name: 'app/db', SecretString: 'v', KmsKeyId: ref('Key'), Tags: [{ Key: 'a', Value: 'b' }] },
    },
    Made: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: {
          SecretStringTemplate: '{"username":"app"}',
          GenerateStringKey: 'password',
          PasswordLength: 20,
          ExcludePunctuation: true,
        },
      },
    },
    Shared: {
      Type: 'AWS::SecretsManager::ResourcePolicy',
      Properties: {
        SecretId: ref('Given'),
        ResourcePolicy: {
          Version: '2012-10-17',
          Statement: [{ ...allow('secretsmanager:GetSecretValue'), Principal: { AWS: partnerId } }],
        },
        BlockPublicPolicy: true,
      },
    },
  });
  expect(sandbox.call('secretsmanager:GetSecretValue', { SecretId: 'app/db' })).toMatchObject({
    ARN: refs['Given'],
    SecretString: 'v',
  });
  expect(attributes['Given']).toEqual({ Id: refs['Given'] });
  expect(refs['Shared']).toBe(refs['Given']);
  const { SecretString } = sandbox.call('secretsmanager:GetSecretValue', { SecretId: refs['Made'] });
  expect(JSON.parse(SecretString)).toEqual({ username: 'app', password: expect.stringMatching(/^[A-Za-z0-9]{20}$/) });
});

it('refuses a template of a value that is no JSON object', async () => {
  const GenerateSecretString = { SecretStringTemplate: '[]', GenerateStringKey: 'k' };
  await expect(
    deploy({ Made: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString } } }),
  ).rejects.toThrow('SecretStringTemplate must be a JSON object.');
});
