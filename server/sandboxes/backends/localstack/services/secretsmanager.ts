import { fromBase64 } from '@smithy/core/serde';
import { own } from '../../../../../cloud/own.ts';
import { type CarriedService, type Input, itemsOf, type Output, ours, plainly } from '../carried-service.ts';
import { withId, withoutId } from '../named-ids.ts';

/** What stands behind the name in the ARN. */
const SUFFIX = /-(\w{6})$/;
/** How tags of secrets call their two members. */
const TAGS = ['Key', 'Value'] as const;

/** A version is called by the token of the request that makes it. */
const asVersion = (input: Input, own: Output): Input =>
  own['VersionId'] === undefined ? input : { ...input, ClientRequestToken: own['VersionId'] };

/** Secrets Manager: secrets, their versions, policies and tags. */
export const secretsmanager: CarriedService = {
  operations: {
    CreateSecret: {
      ids: [{ at: 'ARN', part: SUFFIX }],
      sent: (input, own) => withId(asVersion(input, own), SUFFIX.exec(String(own['ARN']))?.[1], TAGS),
    },
    PutSecretValue: { sent: asVersion },
    UpdateSecret: { sent: asVersion },
    GetResourcePolicy: { answer: ours('ResourcePolicy') },
    ...plainly('DeleteSecret', 'RestoreSecret', 'GetSecretValue', 'BatchGetSecretValue'),
    ...plainly('ListSecretVersionIds', 'UpdateSecretVersionStage', 'TagResource', 'UntagResource'),
    ...plainly('PutResourcePolicy', 'DeleteResourcePolicy'),
    DescribeSecret: { answer: (theirs) => withoutId(theirs, TAGS[0]) },
    ListSecrets: {
      answer: (theirs) => ({
        ...theirs,
        SecretList: itemsOf(theirs, 'SecretList').map((secret) => withoutId(secret, TAGS[0])),
      }),
    },
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
        withId(
          {
            Name: name,
            Tags: tags,
            ...(description === undefined ? {} : { Description: description }),
            ...(keyId === undefined ? {} : { KmsKeyId: keyId }),
            ...(first === undefined ? {} : { ClientRequestToken: first.id, ...secretOf(first) }),
          },
          secret.suffix,
          TAGS,
        ),
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
  async timePassed(before, after, there) {
    for (const [key, { name, region }] of Object.entries(before.secretsmanager.secrets)) {
      if (own(after.secretsmanager.secrets, key) !== undefined) continue;
      await there.tried('DeleteSecret', { SecretId: name, ForceDeleteWithoutRecovery: true }, region);
    }
  },
};

function secretOf({ value }: { readonly value: { readonly kind: 'string' | 'binary'; readonly text: string } }): Input {
  return value.kind === 'string' ? { SecretString: value.text } : { SecretBinary: fromBase64(value.text) };
}
