/** AWS::KMS::Key and Alias. */
import { differ, retag, type Tag, tagsOf } from '../differences.ts';
import {
  answered,
  booleanOf,
  documentOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { boolean, document, number, oneOf, record, tags, text } from '../shape.ts';

export const key: ResourceType = {
  name: 'AWS::KMS::Key',
  properties: record({
    Description: text,
    Enabled: boolean,
    EnableKeyRotation: boolean,
    RotationPeriodInDays: number,
    KeyPolicy: document,
    KeySpec: oneOf('SYMMETRIC_DEFAULT'),
    KeyUsage: oneOf('ENCRYPT_DECRYPT'),
    // How CloudFormation deletes it; nothing when it is made.
    PendingWindowInDays: number,
    BypassPolicyLockoutSafetyCheck: boolean,
    Tags: tags,
  }),
  attributes: ['Arn', 'KeyId'],
  fixed: ['KeySpec', 'KeyUsage'],
  *make(properties) {
    const made = yield* send(
      'kms',
      'CreateKey',
      given({
        Description: textOf(properties, 'Description'),
        Policy: properties['KeyPolicy'] === undefined ? undefined : documentOf(properties, 'KeyPolicy'),
        BypassPolicyLockoutSafetyCheck: booleanOf(properties, 'BypassPolicyLockoutSafetyCheck'),
        Tags: kmsTags(tagsOf(properties)),
      }),
    );
    const KeyId = answered(made, 'KeyMetadata', 'KeyId');
    return { ref: KeyId, attributes: { Arn: answered(made, 'KeyMetadata', 'Arn'), KeyId } };
  },
  settle: ({ ref }, properties) => turn(ref, {}, properties),
  *update({ ref: KeyId, attributes, properties: before }, properties) {
    if (differ(before, properties, 'KeyPolicy') && properties['KeyPolicy'] !== undefined) {
      const BypassPolicyLockoutSafetyCheck = booleanOf(properties, 'BypassPolicyLockoutSafetyCheck');
      const Policy = documentOf(properties, 'KeyPolicy');
      const PolicyName = 'default';
      yield* send('kms', 'PutKeyPolicy', given({ KeyId, PolicyName, Policy, BypassPolicyLockoutSafetyCheck }));
    }
    if (differ(before, properties, 'Description')) {
      const Description = textOf(properties, 'Description') ?? '';
      yield* send('kms', 'UpdateKeyDescription', { KeyId, Description });
    }
    yield* turn(KeyId, before, properties);
    yield* retag(before, properties, {
      service: 'kms',
      set: (tags) => ['TagResource', { KeyId, Tags: kmsTags(tags) }],
      remove: (TagKeys) => ['UntagResource', { KeyId, TagKeys }],
    });
    return { ref: KeyId, attributes };
  },
  *remove({ ref, properties }) {
    const PendingWindowInDays = numberOf(properties, 'PendingWindowInDays') ?? 30;
    yield* send('kms', 'ScheduleKeyDeletion', { KeyId: ref, PendingWindowInDays });
  },
};

function kmsTags(tags: readonly Tag[]) {
  return tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
}

/** Rotation is changed on a key that is enabled. */
function* turn(KeyId: string, before: Properties, after: Properties): Steps<void> {
  const isEnabled = (properties: Properties) => booleanOf(properties, 'Enabled') !== false;
  if (isEnabled(after) && !isEnabled(before)) yield* send('kms', 'EnableKey', { KeyId });
  if (differ(before, after, 'EnableKeyRotation', 'RotationPeriodInDays')) {
    const RotationPeriodInDays = numberOf(after, 'RotationPeriodInDays');
    if (booleanOf(after, 'EnableKeyRotation') === true) {
      yield* send('kms', 'EnableKeyRotation', given({ KeyId, RotationPeriodInDays }));
    } else if (booleanOf(before, 'EnableKeyRotation') === true) {
      yield* send('kms', 'DisableKeyRotation', { KeyId });
    }
  }
  if (!isEnabled(after) && isEnabled(before)) yield* send('kms', 'DisableKey', { KeyId });
}

export const alias: ResourceType = {
  name: 'AWS::KMS::Alias',
  properties: record({ AliasName: text, TargetKeyId: text }, ['AliasName', 'TargetKeyId']),
  attributes: [],
  named: 'AliasName',
  fixed: ['AliasName'],
  *make(properties) {
    const AliasName = textOf(properties, 'AliasName') ?? '';
    yield* send('kms', 'CreateAlias', { AliasName, TargetKeyId: textOf(properties, 'TargetKeyId') });
    return { ref: AliasName, attributes: {} };
  },
  *update({ ref, attributes }, properties) {
    yield* send('kms', 'UpdateAlias', { AliasName: ref, TargetKeyId: textOf(properties, 'TargetKeyId') });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('kms', 'DeleteAlias', { AliasName: ref });
  },
};
