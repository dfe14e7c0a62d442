/** Encrypt, Decrypt, GenerateDataKey, GenerateDataKeyWithoutPlaintext, GenerateRandom. */
import type {
  DecryptRequest,
  DecryptResponse,
  EncryptRequest,
  EncryptResponse,
  GenerateDataKeyRequest,
  GenerateDataKeyResponse,
  GenerateDataKeyWithoutPlaintextResponse,
  GenerateRandomRequest,
  GenerateRandomResponse,
} from '@aws-sdk/client-kms';
import type { Call } from '../../call.ts';
import type { ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { decryptUnder, encryptUnder, keyOfCiphertext } from './ciphertext.ts';
import { dryRun, kmsError, unknownCiphertextKey, validationException } from './errors.ts';
import { checkUsable, type Found, findKey } from './finding-keys.ts';
import { checkGrantTokens } from './grant-tokens.ts';
import { keyArn } from './key-names.ts';
import { materialId } from './keys.ts';
import type { KeyState } from './state.ts';

/** Bytes that Encrypt takes. */
const plaintextBytes = 4096;

/** A key that is to be used. @throws NotFoundException, DisabledException, KMSInvalidStateException, InvalidGrantTokenException */
export function usableKey(
  account: Account,
  input: { readonly KeyId?: string | undefined; readonly GrantTokens?: string[] | undefined },
  call: Call,
): Found<KeyState> {
  checkGrantTokens(input.GrantTokens);
  const found = findKey(account, input.KeyId, call);
  checkUsable(found);
  return found;
}

export const encrypt: ReadOperation<EncryptRequest, EncryptResponse> = {
  kind: 'read',
  handle(account, input, call) {
    checkPlaintext(input.Plaintext);
    checkAlgorithm(input.EncryptionAlgorithm);
    const { key, place, arn } = usableKey(account, input, call);
    if (input.DryRun === true) throw dryRun();
    return {
      CiphertextBlob: encryptUnder(key, place, input.Plaintext, input.EncryptionContext ?? {}, call.random),
      KeyId: arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  },
};

function checkPlaintext(plaintext: Uint8Array | undefined): asserts plaintext is Uint8Array {
  const length = plaintext?.length ?? 0;
  if (length >= 1 && length <= plaintextBytes) return;
  const wanted =
    length === 0
      ? 'Member must have length greater than or equal to 1'
      : 'Member must have length less than or equal to 4096';
  throw validationException(
    `1 validation error detected: Value at 'plaintext' failed to satisfy constraint: ${wanted}`,
  );
}

/** @throws InvalidKeyUsageException */
export function checkAlgorithm(algorithm: string | undefined): void {
  if (algorithm === undefined || algorithm === 'SYMMETRIC_DEFAULT') return;
  throw kmsError('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec SYMMETRIC_DEFAULT.`);
}

/**
 * The key of a ciphertext; one that the request names must be it.
 * @throws IncorrectKeyException, AccessDeniedException, and what `usableKey` throws
 */
export function keyForCiphertext(
  ciphertext: Uint8Array,
  keyId: string | undefined,
  tokens: string[] | undefined,
  call: Call,
): Found<KeyState> {
  const place = keyOfCiphertext(ciphertext);
  const account = place && call.world.accounts[place.accountId];
  if (place === undefined || account === undefined || place.region !== call.request.region)
    throw unknownCiphertextKey();
  const input = { KeyId: keyArn(place), GrantTokens: tokens };
  if (keyId !== undefined) {
    const named = findKey(call.world.accounts[place.accountId] ?? account, keyId, call);
    if (named.arn !== input.KeyId) {
      throw kmsError(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    }
  }
  return usableKey(account, input, call);
}

export const decrypt: ReadOperation<DecryptRequest, DecryptResponse> = {
  kind: 'read',
  handle(_account, input, call) {
    checkAlgorithm(input.EncryptionAlgorithm);
    const ciphertext = input.CiphertextBlob ?? new Uint8Array();
    const { key, arn } = keyForCiphertext(ciphertext, input.KeyId, input.GrantTokens, call);
    const plaintext = decryptUnder(key, ciphertext, input.EncryptionContext ?? {});
    if (input.DryRun === true) throw dryRun();
    return {
      KeyId: arn,
      Plaintext: plaintext,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: materialId(key, call.hashes),
    };
  },
};

export const generateDataKey: ReadOperation<GenerateDataKeyRequest, GenerateDataKeyResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const size = dataKeyBytes(input);
    const { key, place, arn } = usableKey(account, input, call);
    if (input.DryRun === true) throw dryRun();
    const plaintext = call.random.bytes(size);
    return {
      CiphertextBlob: encryptUnder(key, place, plaintext, input.EncryptionContext ?? {}, call.random),
      Plaintext: plaintext,
      KeyId: arn,
      KeyMaterialId: materialId(key, call.hashes),
    };
  },
};

/** @throws ValidationException */
function dataKeyBytes({ KeySpec, NumberOfBytes }: GenerateDataKeyRequest): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw validationException('Please specify either number of bytes or key spec.');
  }
  return NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32);
}

export const generateDataKeyWithoutPlaintext: ReadOperation<
  GenerateDataKeyRequest,
  GenerateDataKeyWithoutPlaintextResponse
> = {
  kind: 'read',
  handle(account, input, call) {
    const { Plaintext: _plaintext, ...answer } = generateDataKey.handle(account, input, call);
    return answer;
  },
};

export const generateRandom: ReadOperation<GenerateRandomRequest, GenerateRandomResponse> = {
  kind: 'read',
  handle(_account, input, call) {
    if (input.NumberOfBytes === undefined) throw validationException('NumberOfBytes is required.');
    if (input.CustomKeyStoreId !== undefined)
      throw kmsError('CustomKeyStoreNotFoundException', `Custom key store ${input.CustomKeyStoreId} is not found.`);
    return { Plaintext: call.random.bytes(input.NumberOfBytes) };
  },
};
