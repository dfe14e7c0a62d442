/**
 * What KMS encrypts: AES-256-GCM with the encryption context as additional data (AWS KMS Cryptographic Details). A ciphertext names
 * its key, so that Decrypt finds it by itself. Its form is KMS's own affair; AWS documents none.
 */
import { gcm } from '@noble/ciphers/aes.js';
import { fromBase64 } from '@smithy/core/serde';
import type { Random } from '../../call.ts';
import { joinBytes } from '../../join-bytes.ts';
import { invalidCiphertext } from './errors.ts';
import { type KeyPlace, keyArn, placeOfArn } from './key-names.ts';
import type { KeyState } from './state.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

/** Ciphertexts of symmetric KMS keys begin so: `AQICA…` in base64. */
const start = [1, 2, 2, 0];
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts under a key. */
export function encryptUnder(
  key: KeyState,
  place: KeyPlace,
  plaintext: Uint8Array,
  context: EncryptionContext,
  random: Random,
): Uint8Array {
  const name = new TextEncoder().encode(keyArn(place));
  const nonce = random.bytes(nonceBytes);
  const sealed = gcm(fromBase64(key.material), nonce, additionalData(context)).encrypt(plaintext);
  return joinBytes([Uint8Array.from([...start, name.length]), name, nonce, sealed]);
}

interface Parts {
  readonly key: KeyPlace;
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
}

function partsOf(ciphertext: Uint8Array): Parts | undefined {
  const from = start.length + 1;
  if (start.some((byte, place) => ciphertext[place] !== byte)) return undefined;
  const end = from + (ciphertext[start.length] ?? 0);
  if (ciphertext.length < end + nonceBytes + tagBytes) return undefined;
  const key = placeOfArn(new TextDecoder().decode(ciphertext.subarray(from, end)));
  return key && { key, nonce: ciphertext.slice(end, end + nonceBytes), sealed: ciphertext.slice(end + nonceBytes) };
}

/** The key that a ciphertext says it was encrypted under; undefined for what is no ciphertext of KMS. */
export function keyOfCiphertext(ciphertext: Uint8Array): KeyPlace | undefined {
  return partsOf(ciphertext)?.key;
}

/** Decrypts. @throws InvalidCiphertextException where the ciphertext or the context is not what was encrypted */
export function decryptUnder(key: KeyState, ciphertext: Uint8Array, context: EncryptionContext): Uint8Array {
  const parts = partsOf(ciphertext);
  if (parts === undefined) throw invalidCiphertext();
  try {
    return gcm(fromBase64(key.material), parts.nonce, additionalData(context)).decrypt(parts.sealed);
  } catch {
    // The tag does not fit: noble has an error for nothing else here.
    throw invalidCiphertext();
  }
}

/** The pairs in the order of their keys: an encryption context has none of its own. */
function additionalData(context: EncryptionContext): Uint8Array {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return new TextEncoder().encode(JSON.stringify(pairs));
}
