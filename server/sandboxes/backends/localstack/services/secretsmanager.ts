import { fromBase64 } from '@smithy/core/serde';
import { type CarriedService, type Input, type Output, ours, plainly } from '../carried-service.ts';

/** A version is called by the token of the request that makes it. */
const asVersion = (input: Input, own: Output): Input =>
  own['VersionId'] === undefined ? input : { ...input, ClientRequestToken: own['VersionId'] };

/** Secrets Manager: secrets, their versions, policies and tags. */
export const secretsmanager: CarriedService = {
  operations: {
    CreateSecret: { ids: [{ at: 'ARN', part: /-(\w{6})$/ }], sent: asVersion },
    PutSecretValue: { sent: asVersion },
    UpdateSecret: { sent: asVersion },
    GetResourcePolicy: { answer: ours('ResourcePolicy') },
    ...plainly('DeleteSecret', 'RestoreSecret', 'ListSecrets', 'GetSecretValue', 'BatchGetSecretValue'),
    ...plainly('ListSecretVersionIds', 'UpdateSecretVersionStage', 'TagResource', 'UntagResource'),
    ...plainly('PutResourcePolicy', 'DeleteResourcePolicy'),
    DescribeSecret: {},
  },
  kept: {
    ValidateResourcePolicy: 'Policies are read by the policy engine.',
    RotateSecret: 'Rotation runs a function of the learner.',
    '*': 'It changes nothing that LocalStack keeps.',
  },
  async bringUp(account, there) {
    for (const secret of Object.values(account.secretsmanager.secrets)) {
      const { name, region, description, keyId, tags, policy, versions, deletionAt } = secret;
      const [first, ...later] = versions;
      const made = await there.call(
        'CreateSecret',
        {
          Name: name,
          Tags: tags,
          ...(description === undefined ? {} : { Description: description }),
          ...(keyId === undefined ? {} : { KmsKeyId: keyId }),
          ...(first === undefined ? {} : { ClientRequestToken: first.id, ...secretOf(first) }),
        },
        region,
      );
      const SecretId = String(made['ARN']);
      there.adopt(secret.suffix, SecretId.slice(-6));
      for (const version of later) {
        const ClientRequestToken = version.id;
        await there.call(
          'PutSecretValue',
          { SecretId, ClientRequestToken, ...secretOf(version), VersionStages: version.stages },
          region,
        );
      }
      if (policy !== undefined) {
        await there.call('PutResourcePolicy', { SecretId, ResourcePolicy: there.policy(policy) }, region);
      }
      if (deletionAt !== undefined) await there.call('DeleteSecret', { SecretId, RecoveryWindowInDays: 30 }, region);
    }
  },
  async empty(account, there) {
    for (const { name, region } of Object.values(account.secretsmanager.secrets)) {
      await there.tried('DeleteSecret', { SecretId: name, ForceDeleteWithoutRecovery: true }, region);
    }
  },
};

function secretOf({ value }: { readonly value: { readonly kind: 'string' | 'binary'; readonly text: string } }): Input {
  return value.kind === 'string' ? { SecretString: value.text } : { SecretBinary: fromBase64(value.text) };
}
