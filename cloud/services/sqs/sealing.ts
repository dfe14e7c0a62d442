/**
 * Messages of queues under a key of KMS (SSE-KMS). KMS makes the data key for who sends and opens it for who receives, on their behalf; a
 * data key is made for each call, and not used again for others (Amazon SQS Developer Guide, "Encryption at rest in Amazon SQS").
 */
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { Step } from '../../process.ts';
import type { Account } from '../../world.ts';
import { customerKey, decryptedWith, type KeyUse, keyOfAccount, provenDataKey } from '../kms/for-services.ts';
import { queueArn } from './names.ts';
import type { MessageSealState, QueueState } from './state.ts';

type Steps<Value> = Generator<Step, Value, unknown>;

/** A queue with the account that has it. */
interface Place {
  readonly queue: QueueState;
  readonly account: Pick<Account, 'id'>;
}

function useFor(queueOf: string): KeyUse {
  return { by: 'sqs.amazonaws.com', encryptionContext: { 'aws:sqs:arn': queueOf } };
}

/** Has a data key made for messages; undefined where the queue has no key of KMS. @throws KmsAccessDenied and those like it */
export function* sealFor({ queue, account }: Place, call: Call): Steps<MessageSealState | undefined> {
  const keyId = queue.attributes['KmsMasterKeyId'];
  if (keyId === undefined || keyId === '') return undefined;
  const place = { accountId: account.id, region: queue.region };
  const customers = customerKey(keyId, 'sqs', { ...place, hashes: call.hashes });
  if (customers === undefined) {
    checkManaged(account.id, call);
    return { kind: 'managed', accountId: account.id };
  }
  const of = queueArn(queue.region, account.id, queue.name);
  const { ciphertext, keyArn } = yield* viaKms(provenDataKey(keyOfAccount(customers, place), useFor(of)));
  return { kind: 'customer', keyArn, ciphertext, queueArn: of };
}

/** Opens messages by what they are encrypted under: one call for each key. @throws KmsAccessDenied and those like it */
export function* opened(seals: readonly MessageSealState[], call: Call): Steps<void> {
  const seen = new Set<string>();
  for (const seal of seals) {
    if (seal.kind === 'managed') checkManaged(seal.accountId, call);
    if (seal.kind !== 'customer' || seen.has(seal.keyArn)) continue;
    seen.add(seal.keyArn);
    yield* viaKms(decryptedWith(seal.ciphertext, useFor(seal.queueArn)));
  }
}

/** The managed key is for the principals of its account alone: neither for others nor for services. @throws KmsAccessDenied */
function checkManaged(accountId: string, { caller }: Call): void {
  if ('accountId' in caller && caller.accountId === accountId) return;
  throw new AwsError(
    'KmsAccessDenied',
    "The ciphertext references a key that doesn't exist or that you don't have access to.",
  );
}

const codes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'KmsAccessDenied',
  DisabledException: 'KmsDisabled',
  InvalidKeyUsageException: 'KmsInvalidKeyUsage',
  KMSInvalidStateException: 'KmsInvalidState',
  NotFoundException: 'KmsNotFound',
};

function* viaKms<Value>(steps: Steps<Value>): Steps<Value> {
  try {
    return yield* steps;
  } catch (error) {
    const code = error instanceof AwsError ? codes[error.code] : undefined;
    if (code === undefined || !(error instanceof AwsError)) throw error;
    throw new AwsError(code, error.message);
  }
}
