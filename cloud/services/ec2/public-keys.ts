/** Public keys in OpenSSH's format (RFC 4253, section 6.6), and what EC2 calls their fingerprints. */
import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { Hashes } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { joinBytes } from '../../join-bytes.ts';

export interface PublicKey {
  readonly type: 'rsa' | 'ed25519';
  readonly fingerprint: string;
  /** The type's name and the key, without the comment. */
  readonly text: string;
}

/**
 * Reads a key; undefined for what is none. The fingerprint of an RSA key is the MD5 of its DER form, of an ED25519 key the SHA-256 of its
 * blob in base64 (Amazon EC2 User Guide, "Verify the fingerprint of your key pair").
 */
export function readPublicKey(text: string, hashes: Pick<Hashes, 'md5' | 'sha256'>): PublicKey | undefined {
  const [, name = '', encoded = ''] = /^\s*(ssh-rsa|ssh-ed25519)\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(text) ?? [];
  const blob = decoded(encoded);
  const fields = blob && fieldsOf(blob);
  if (blob === undefined || fields === undefined || new TextDecoder().decode(fields[0]) !== name) return undefined;
  const shown = `${name} ${encoded}`;
  if (name === 'ssh-ed25519') {
    if (fields.length !== 2 || fields[1]?.length !== 32) return undefined;
    return { type: 'ed25519', fingerprint: toBase64(hashes.sha256(blob)), text: shown };
  }
  const [, exponent, modulus] = fields;
  if (fields.length !== 3 || exponent === undefined || modulus === undefined || modulus.length < 128) return undefined;
  const digest = hexOf(hashes.md5(subjectPublicKeyInfo(modulus, exponent)));
  return { type: 'rsa', fingerprint: (digest.match(/../g) ?? []).join(':'), text: shown };
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return text === '' ? undefined : fromBase64(text);
  } catch {
    return undefined;
  }
}

/** Fields with their length before them; undefined where they do not fill the bytes. */
function fieldsOf(blob: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const fields: Uint8Array[] = [];
  let at = 0;
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined;
    const length = view.getUint32(at);
    if (at + 4 + length > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

/** RFC 8017, appendix A.1.1, within RFC 5280's SubjectPublicKeyInfo. SSH's integers are DER's already. */
function subjectPublicKeyInfo(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const key = der(0x30, der(0x02, modulus), der(0x02, exponent));
  const rsaEncryption = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
  return der(0x30, der(0x30, rsaEncryption), der(0x03, Uint8Array.of(0), key));
}

function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = joinBytes(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return joinBytes([Uint8Array.of(tag, ...size), content]);
}
