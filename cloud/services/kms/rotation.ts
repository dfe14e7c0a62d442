/** EnableKeyRotation, DisableKeyRotation, GetKeyRotationStatus. AWS KMS Developer Guide, "Rotating AWS KMS keys". */
import type {
  DisableKeyRotationRequest,
  EnableKeyRotationRequest,
  GetKeyRotationStatusRequest,
  GetKeyRotationStatusResponse,
} from '@aws-sdk/client-kms';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { checkUsable, findKeyById, findOwnKey } from './finding-keys.ts';

const day = 86_400_000;
const year = 365;

export const enableKeyRotation: ChangeOperation<EnableKeyRotationRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const found = findOwnKey(account, input.KeyId, call, 'EnableKeyRotation');
    checkUsable(found);
    const periodInDays = input.RotationPeriodInDays ?? found.key.rotation?.periodInDays ?? year;
    if (found.key.rotation?.periodInDays !== periodInDays) found.key.rotation = { periodInDays, enabledAt: call.now };
    return {};
  },
};

export const disableKeyRotation: ChangeOperation<DisableKeyRotationRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const found = findOwnKey(account, input.KeyId, call, 'DisableKeyRotation');
    checkUsable(found);
    delete found.key.rotation;
    return {};
  },
};

/** A key that is rotated goes on decrypting what it ever encrypted, so nothing of a rotation but its date is to be seen. */
export const getKeyRotationStatus: ReadOperation<GetKeyRotationStatusRequest, GetKeyRotationStatusResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { key, arn } = findKeyById(account, input.KeyId, call);
    const { rotation, deletionAt } = key;
    if (rotation === undefined || deletionAt !== undefined) return { KeyId: arn, KeyRotationEnabled: false };
    const period = rotation.periodInDays * day;
    const past = Math.floor((call.now - rotation.enabledAt) / period);
    return {
      KeyId: arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.periodInDays,
      NextRotationDate: new Date(rotation.enabledAt + (past + 1) * period),
    };
  },
};
