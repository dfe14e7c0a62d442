/**
 * Topics under a key of KMS: who publishes needs the key, on their behalf; what SNS delivers leaves its encryption behind (Amazon SNS
 * Developer Guide, "Securing Amazon SNS data with server-side encryption").
 */
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { Step } from '../../process.ts';
import { customerKey, keyOfAccount, provenDataKey } from '../kms/for-services.ts';
import type { TopicState } from './state.ts';

const codes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'KMSAccessDenied',
  DisabledException: 'KMSDisabled',
  KMSInvalidStateException: 'KMSInvalidState',
  NotFoundException: 'KMSNotFound',
};

/** Makes sure that a caller can use the key of a topic, if it has one. @throws KMSAccessDenied and those like it */
export function* checkTopicKey(
  topic: TopicState,
  { topicArn, accountId }: { readonly topicArn: string; readonly accountId: string },
  call: Call,
): Generator<Step, void, unknown> {
  const keyId = topic.attributes['KmsMasterKeyId'];
  if (keyId === undefined || keyId === '') return;
  const place = { accountId, region: topic.region };
  const customers = customerKey(keyId, 'sns', { ...place, hashes: call.hashes });
  if (customers === undefined) {
    if ('accountId' in call.caller && call.caller.accountId === accountId) return;
    throw new AwsError(
      'KMSAccessDenied',
      "The ciphertext references a key that doesn't exist or that you don't have access to.",
    );
  }
  const use = { by: 'sns.amazonaws.com', encryptionContext: { 'aws:sns:topicArn': topicArn } };
  try {
    yield* provenDataKey(keyOfAccount(customers, place), use);
  } catch (error) {
    const code = error instanceof AwsError ? codes[error.code] : undefined;
    if (code === undefined || !(error instanceof AwsError)) throw error;
    throw new AwsError(code, error.message);
  }
}
