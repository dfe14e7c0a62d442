/**
 * SecureStrings under a customer's key: KMS encrypts and decrypts them on behalf of who calls, who needs the permission on the key. AWS
 * Systems Manager User Guide, "AWS KMS encryption for AWS Systems Manager Parameter Store SecureString parameters".
 */
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { Step } from '../../process.ts';
import {
  customerKey,
  decryptedWith,
  encryptedWith,
  type KeyUse,
  newDataKey,
  type Sealed,
} from '../kms/for-services.ts';
import { parameterArn } from './names.ts';
import type { VersionState } from './parameters.ts';
import type { ParameterState } from './state.ts';

/**
 * What a new value is encrypted to: a standard parameter's by the key itself, an advanced one's by a data key. Undefined under the
 * account's managed key. @throws InvalidKeyId, AccessDeniedException
 */
export function* sealedValue(
  { name, region, tier, type, keyId }: ParameterState,
  value: string,
  accountId: string,
  call: Call,
): Generator<Step, Sealed | undefined, unknown> {
  const customers =
    type === 'SecureString' ? customerKey(keyId, 'ssm', { accountId, region, hashes: call.hashes }) : undefined;
  if (customers === undefined) return undefined;
  const use = useFor(name, region, accountId);
  try {
    return tier === 'Advanced' ? yield* newDataKey(customers, use) : yield* encryptedWith(customers, value, use);
  } catch (error) {
    throw keyFailure(error, call);
  }
}

/** Has the versions of a parameter decrypted that are to be shown. @throws InvalidKeyId, AccessDeniedException */
export function* opened(
  { name, region }: ParameterState,
  versions: readonly VersionState[],
  accountId: string,
  call: Call,
): Generator<Step, void, unknown> {
  const use = useFor(name, region, accountId);
  for (const { sealed } of versions) {
    if (sealed === undefined) continue;
    try {
      yield* decryptedWith(sealed.ciphertext, use);
    } catch (error) {
      throw keyFailure(error, call);
    }
  }
}

function useFor(name: string, region: string, accountId: string): KeyUse {
  const PARAMETER_ARN = parameterArn(name, region, accountId);
  return { by: 'ssm.amazonaws.com', encryptionContext: { PARAMETER_ARN } };
}

/** KMS's own refusal keeps its code; any other failure is one of the key that was named. */
function keyFailure(error: unknown, { requestId }: Call): unknown {
  if (!(error instanceof AwsError)) return error;
  const { code, message } = error;
  return new AwsError(
    code === 'AccessDeniedException' ? code : 'InvalidKeyId',
    `${message} (Service: AWSKMS; Status Code: 400; Error Code: ${code}; Request ID: ${requestId})`,
    { status: 400 },
  );
}
