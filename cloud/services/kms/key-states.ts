/** EnableKey, DisableKey, ScheduleKeyDeletion, CancelKeyDeletion, and the deletion when its time has come. */
import type {
  CancelKeyDeletionRequest,
  CancelKeyDeletionResponse,
  DisableKeyRequest,
  EnableKeyRequest,
  ScheduleKeyDeletionRequest,
  ScheduleKeyDeletionResponse,
} from '@aws-sdk/client-kms';
import type { AccountDraft } from '../../call.ts';
import type { Clockwork } from '../../clockwork.ts';
import { changing } from '../../process.ts';
import type { ChangeOperation } from '../../service.ts';
import type { World } from '../../world.ts';
import { invalidState, validationException } from './errors.ts';
import { checkNotPending, findOwnKey } from './finding-keys.ts';

const day = 86_400_000;

function switching(operation: 'EnableKey' | 'DisableKey'): ChangeOperation<EnableKeyRequest, Record<string, never>> {
  return {
    kind: 'change',
    handle(account, input: DisableKeyRequest, call) {
      const found = findOwnKey(account, input.KeyId, call, operation);
      checkNotPending(found);
      found.key.enabled = operation === 'EnableKey';
      return {};
    },
  };
}

export const enableKey = switching('EnableKey');
export const disableKey = switching('DisableKey');

export const scheduleKeyDeletion: ChangeOperation<ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const days = input.PendingWindowInDays ?? 30;
    if (days < 7 || days > 30) {
      throw validationException(
        days < 7
          ? `1 validation error detected: Value '${days}' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value greater than or equal to 7`
          : `1 validation error detected: Value '${days}' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value less than or equal to 30`,
      );
    }
    const found = findOwnKey(account, input.KeyId, call, 'ScheduleKeyDeletion');
    checkNotPending(found);
    const deletionAt = call.now + days * day;
    found.key.deletionAt = deletionAt;
    found.key.enabled = false;
    return {
      KeyId: found.arn,
      DeletionDate: new Date(deletionAt),
      KeyState: 'PendingDeletion',
      PendingWindowInDays: days,
    };
  },
};

/** The key is disabled afterwards. */
export const cancelKeyDeletion: ChangeOperation<CancelKeyDeletionRequest, CancelKeyDeletionResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const found = findOwnKey(account, input.KeyId, call, 'CancelKeyDeletion');
    if (found.key.deletionAt === undefined) throw invalidState(found.arn, 'not pending deletion');
    delete found.key.deletionAt;
    return { KeyId: found.arn };
  },
};

/** Keys go when their waiting period is over, with their aliases. */
export const deletionOfKeys: Clockwork = {
  nextDue(world) {
    let next: number | undefined;
    for (const { deletionAt } of allKeys(world)) {
      if (deletionAt !== undefined && (next === undefined || deletionAt < next)) next = deletionAt;
    }
    return next;
  },
  *tick({ now, world }) {
    for (const { id, kms } of Object.values(world.accounts)) {
      if (Object.values(kms.keys).some((key) => isDue(key.deletionAt, now)))
        yield* changing(id, (draft) => deleteDue(draft, now));
    }
  },
};

function allKeys({ accounts }: World) {
  return Object.values(accounts).flatMap(({ kms }) => Object.values(kms.keys));
}

function isDue(at: number | undefined, now: number): boolean {
  return at !== undefined && at <= now;
}

function deleteDue({ kms }: AccountDraft, now: number): void {
  for (const [at, key] of Object.entries(kms.keys)) {
    if (!isDue(key.deletionAt, now)) continue;
    delete kms.keys[at];
    for (const [aliasAt, alias] of Object.entries(kms.aliases)) {
      if (alias.targetKeyId === key.id && alias.region === key.region) delete kms.aliases[aliasAt];
    }
  }
}
