import { own } from '../../../../../cloud/own.ts';
import { placeKey } from '../../../../../cloud/services/kms/key-names.ts';
import type { Account } from '../../../../../cloud/world.ts';
import { type CarriedOperation, type CarriedService, type Input, ours } from '../carried-service.ts';
import { withId, withoutId } from '../named-ids.ts';

const crypto =
  'What encrypts is in the key of the embedded cloud: the other services of the sandbox decrypt with it too.';
const grants = 'Who holds a grant is asked by the policy engine, and principals that are gone show by their ids.';
const lists = 'LocalStack lists no keys of AWS.';

/** How tags of keys call their two members. */
const TAGS = ['TagKey', 'TagValue'] as const;

/** An emulator has none of the keys of AWS, `aws/ssm` and the like. */
function isCustomers(input: Input, account: Account): boolean {
  const named = String(input['KeyId'] ?? input['TargetKeyId'] ?? '');
  const name = named.replace(/^arn:aws:kms:[^:]*:\d*:(?:key\/)?/, '');
  if (name.startsWith('alias/aws/')) return false;
  return !Object.values(account.kms.keys).some((key) => key.id === name && key.managedAlias !== undefined);
}
const ofCustomers: CarriedOperation = { applies: isCustomers };

/** AWS KMS: customers' keys, their policies, rotation, tags and aliases. */
export const kms: CarriedService = {
  operations: {
    CreateKey: {
      ids: [{ at: 'KeyMetadata.KeyId' }],
      sent: (input, { KeyMetadata }) => withId(input, (KeyMetadata as { KeyId?: string } | undefined)?.KeyId, TAGS),
    },
    DescribeKey: ofCustomers,
    EnableKey: ofCustomers,
    DisableKey: ofCustomers,
    EnableKeyRotation: ofCustomers,
    DisableKeyRotation: ofCustomers,
    PutKeyPolicy: ofCustomers,
    GetKeyPolicy: { ...ofCustomers, answer: ours('Policy', 'PolicyName') },
    ListKeyPolicies: ofCustomers,
    ListResourceTags: { ...ofCustomers, answer: (theirs) => withoutId(theirs, TAGS[0]) },
    TagResource: ofCustomers,
    UntagResource: ofCustomers,
    UpdateKeyDescription: ofCustomers,
    ScheduleKeyDeletion: ofCustomers,
    CancelKeyDeletion: ofCustomers,
    CreateAlias: ofCustomers,
    UpdateAlias: ofCustomers,
    DeleteAlias: {},
  },
  kept: {
    ListKeys: lists,
    ListAliases: lists,
    GetKeyRotationStatus: 'LocalStack tells other dates of the next rotation.',
    CreateGrant: grants,
    ListGrants: grants,
    ListRetirableGrants: grants,
    RetireGrant: grants,
    RevokeGrant: grants,
    '*': crypto,
  },
  async bringUp(account, there) {
    for (const key of Object.values(account.kms.keys)) {
      if (key.managedAlias !== undefined) continue;
      const { region, description, policy, tags, rotation, enabled, deletionAt } = key;
      const made = await there.call(
        'CreateKey',
        withId(
          {
            Description: description,
            Tags: tags,
            ...(policy === undefined ? {} : { Policy: there.policy(policy) }),
          },
          key.id,
          TAGS,
        ),
        region,
      );
      const { KeyId } = made['KeyMetadata'] as { KeyId: string };
      there.adopt(key.id, KeyId);
      if (rotation !== undefined) {
        await there.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: rotation.periodInDays }, region);
      }
      if (!enabled) await there.call('DisableKey', { KeyId }, region);
      if (deletionAt !== undefined) await there.call('ScheduleKeyDeletion', { KeyId }, region);
    }
    for (const { name, region, targetKeyId } of Object.values(account.kms.aliases)) {
      if (own(account.kms.keys, placeKey(region, targetKeyId))?.managedAlias !== undefined) continue;
      await there.call('CreateAlias', { AliasName: name, TargetKeyId: targetKeyId }, region);
    }
  },
  async empty(account, there) {
    for (const { name, region } of Object.values(account.kms.aliases)) {
      if (!name.startsWith('alias/aws/')) await there.tried('DeleteAlias', { AliasName: name }, region);
    }
    // A key goes after a week at the earliest, there as at AWS.
    for (const { id, region, managedAlias, deletionAt } of Object.values(account.kms.keys)) {
      if (managedAlias !== undefined || deletionAt !== undefined) continue;
      await there.tried('ScheduleKeyDeletion', { KeyId: id, PendingWindowInDays: 7 }, region);
    }
  },
};
