/** AWS Secrets Manager, as far as lessons reach: all but replication and rotation. */
import type { Service } from '../../service.ts';
import { secretsmanagerModel } from '../../wire/models.ts';
import { deleteSecret, deletionOfSecrets, restoreSecret } from './deleting.ts';
import { describeSecret, listSecrets } from './describing.ts';
import { getRandomPassword, rotateSecret } from './passwords.ts';
import { secretsResources } from './permissions.ts';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy, validateResourcePolicy } from './policies.ts';
import { batchGetSecretValue, getSecretValue, listSecretVersionIds } from './reading.ts';
import { tagResource, untagResource } from './tags.ts';
import { createSecret, putSecretValue, updateSecret, updateSecretVersionStage } from './writing.ts';

export const secretsmanagerService: Service = {
  name: 'secretsmanager',
  model: secretsmanagerModel,
  operations: {
    BatchGetSecretValue: batchGetSecretValue,
    CreateSecret: createSecret,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteSecret: deleteSecret,
    DescribeSecret: describeSecret,
    GetRandomPassword: getRandomPassword,
    GetResourcePolicy: getResourcePolicy,
    GetSecretValue: getSecretValue,
    ListSecrets: listSecrets,
    ListSecretVersionIds: listSecretVersionIds,
    PutResourcePolicy: putResourcePolicy,
    PutSecretValue: putSecretValue,
    RestoreSecret: restoreSecret,
    RotateSecret: rotateSecret,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateSecret: updateSecret,
    UpdateSecretVersionStage: updateSecretVersionStage,
    ValidateResourcePolicy: validateResourcePolicy,
  },
  resources: secretsResources,
  time: deletionOfSecrets,
};
