/** AWS::KMS::Key and Alias. */
import {
  answered,
  booleanOf,
  documentOf,
  given,
  numberOf,
  type ResourceType,
  recordsOf,
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
  *make(properties) {
    const made = yield* send(
      'kms',
      'CreateKey',
      given({
        Description: textOf(properties, 'Description'),
        Policy: properties['KeyPolicy'] === undefined ? undefined : documentOf(properties, 'KeyPolicy'),
        BypassPolicyLockoutSafetyCheck: booleanOf(properties, 'BypassPolicyLockoutSafetyCheck'),
        Tags: recordsOf(properties, 'Tags').map((tag) => ({
          TagKey: textOf(tag, 'Key'),
          TagValue: textOf(tag, 'Value'),
        })),
      }),
    );
    const KeyId = answered(made, 'KeyMetadata', 'KeyId');
    if (booleanOf(properties, 'EnableKeyRotation') === true) {
      const RotationPeriodInDays = numberOf(properties, 'RotationPeriodInDays');
      yield* send('kms', 'EnableKeyRotation', given({ KeyId, RotationPeriodInDays }));
    }
    if (booleanOf(properties, 'Enabled') === false) yield* send('kms', 'DisableKey', { KeyId });
    return { ref: KeyId, attributes: { Arn: answered(made, 'KeyMetadata', 'Arn'), KeyId } };
  },
};

export const alias: ResourceType = {
  name: 'AWS::KMS::Alias',
  properties: record({ AliasName: text, TargetKeyId: text }, ['AliasName', 'TargetKeyId']),
  attributes: [],
  *make(properties) {
    const AliasName = textOf(properties, 'AliasName') ?? '';
    yield* send('kms', 'CreateAlias', { AliasName, TargetKeyId: textOf(properties, 'TargetKeyId') });
    return { ref: AliasName, attributes: {} };
  },
};
