/** AWS Key Management Service, as far as lessons reach: symmetric encryption keys with their policies, grants and aliases. */
import type { Service } from '../../service.ts';
import { kmsModel } from '../../wire/models.ts';
import { createAlias, deleteAlias, listAliases, updateAlias } from './aliases.ts';
import { decrypt, encrypt, generateDataKey, generateDataKeyWithoutPlaintext, generateRandom } from './cryptography.ts';
import { createGrant, listGrants, listRetirableGrants, retireGrant, revokeGrant } from './grants.ts';
import { cancelKeyDeletion, deletionOfKeys, disableKey, enableKey, scheduleKeyDeletion } from './key-states.ts';
import { createKey, describeKey, listKeys, updateKeyDescription } from './keys.ts';
import { kmsResources } from './permissions.ts';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './policies.ts';
import { reEncrypt } from './re-encrypt.ts';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from './rotation.ts';
import { listResourceTags, tagResource, untagResource } from './tags.ts';

export const kmsService: Service = {
  name: 'kms',
  model: kmsModel,
  operations: {
    CancelKeyDeletion: cancelKeyDeletion,
    CreateAlias: createAlias,
    CreateGrant: createGrant,
    CreateKey: createKey,
    Decrypt: decrypt,
    DeleteAlias: deleteAlias,
    DescribeKey: describeKey,
    DisableKey: disableKey,
    DisableKeyRotation: disableKeyRotation,
    EnableKey: enableKey,
    EnableKeyRotation: enableKeyRotation,
    Encrypt: encrypt,
    GenerateDataKey: generateDataKey,
    GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
    GenerateRandom: generateRandom,
    GetKeyPolicy: getKeyPolicy,
    GetKeyRotationStatus: getKeyRotationStatus,
    ListAliases: listAliases,
    ListGrants: listGrants,
    ListKeyPolicies: listKeyPolicies,
    ListKeys: listKeys,
    ListResourceTags: listResourceTags,
    ListRetirableGrants: listRetirableGrants,
    PutKeyPolicy: putKeyPolicy,
    ReEncrypt: reEncrypt,
    RetireGrant: retireGrant,
    RevokeGrant: revokeGrant,
    ScheduleKeyDeletion: scheduleKeyDeletion,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateAlias: updateAlias,
    UpdateKeyDescription: updateKeyDescription,
  },
  resources: kmsResources,
  time: deletionOfKeys,
};
