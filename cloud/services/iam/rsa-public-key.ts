/** RSA public keys as SSH writes them (RFC 4253, section 6.6) and as PEM does (RFC 7468, of RFC 5280's SubjectPublicKeyInfo). */
import { fromBase64, toBase64 } from '@smithy/core/serde';
import { joinBytes } from '../../join-bytes.ts';

/** The two numbers of a key, big-endian and without leading zeros. */
export interface RsaPublicKey {
  readonly exponent: Uint8Array;
  readonly modulus: Uint8Array;
}

/** Undefined for what is no RSA key in one of the two encodings. */
export function readRsaPublicKey(text: string): RsaPublicKey | undefined {
  const ssh = /^ssh-rsa ([A-Za-z0-9+/]+=*)(?:\s.*)?$/s.exec(text.trim())?.[1];
  const pem = /^-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END PUBLIC KEY-----$/.exec(text.trim())?.[1];
  try {
    if (ssh !== undefined) return readSsh(fromBase64(ssh));
    return pem === undefined ? undefined : readPem(fromBase64(pem.replace(/\s/g, '')));
  } catch {
    // No base64, or it ends too early.
    return undefined;
  }
}

/** The bytes that fingerprints are made of. */
export function sshBlob({ exponent, modulus }: RsaPublicKey): Uint8Array {
  return joinBytes([lengthed(sshName), lengthed(positive(exponent)), lengthed(positive(modulus))]);
}

export function sshText(key: RsaPublicKey): string {
  return `ssh-rsa ${toBase64(sshBlob(key))}`;
}

export function pemText(key: RsaPublicKey): string {
  const numbers = der(0x30, joinBytes([der(0x02, positive(key.modulus)), der(0x02, positive(key.exponent))]));
  const info = der(0x30, joinBytes([rsaEncryption, der(0x03, joinBytes([new Uint8Array([0]), numbers]))]));
  const lines = toBase64(info).replace(/(.{64})(?=.)/g, '$1\n');
  return `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`;
}

export function bitsOf({ modulus }: RsaPublicKey): number {
  return modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
}

const sshName = new TextEncoder().encode('ssh-rsa');

/** AlgorithmIdentifier of rsaEncryption, 1.2.840.113549.1.1.1, with its NULL. */
const rsaEncryption = new Uint8Array([
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]);

function readSsh(blob: Uint8Array): RsaPublicKey | undefined {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < blob.length; ) {
    const end = at + 4 + numberIn(blob.subarray(at, at + 4));
    if (end > blob.length) return undefined;
    parts.push(blob.subarray(at + 4, end));
    at = end;
  }
  const [name, exponent, modulus, ...rest] = parts;
  if (name === undefined || exponent === undefined || modulus === undefined || rest.length > 0) return undefined;
  return new TextDecoder().decode(name) === 'ssh-rsa' ? keyOf(exponent, modulus) : undefined;
}

function readPem(info: Uint8Array): RsaPublicKey | undefined {
  const [algorithm, bits] = elementsIn(elementsIn(info)[0]?.value);
  if (algorithm === undefined || bits?.tag !== 0x03) return undefined;
  if (toBase64(algorithm.value) !== toBase64(rsaEncryption.subarray(2))) return undefined;
  const [modulus, exponent] = elementsIn(elementsIn(bits.value.subarray(1))[0]?.value);
  return modulus === undefined || exponent === undefined ? undefined : keyOf(exponent.value, modulus.value);
}

function keyOf(exponent: Uint8Array, modulus: Uint8Array): RsaPublicKey | undefined {
  const key = { exponent: trimmed(exponent), modulus: trimmed(modulus) };
  return key.exponent.length === 0 || key.modulus.length === 0 ? undefined : key;
}

interface DerElement {
  readonly tag: number;
  readonly value: Uint8Array;
}

/** The elements that follow each other in bytes; those before the first that does not fit. */
function elementsIn(bytes: Uint8Array = new Uint8Array()): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at + 1 < bytes.length; ) {
    const first = bytes[at + 1] ?? 0;
    const sizeBytes = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + sizeBytes;
    const size = sizeBytes === 0 ? first : numberIn(bytes.subarray(at + 2, start));
    if (sizeBytes > 3 || start + size > bytes.length) break;
    elements.push({ tag: bytes[at] ?? 0, value: bytes.subarray(start, start + size) });
    at = start + size;
  }
  return elements;
}

function der(tag: number, value: Uint8Array): Uint8Array {
  const size = value.length;
  if (size < 0x80) return joinBytes([new Uint8Array([tag, size]), value]);
  const digits = size < 0x100 ? [size] : [size >> 8, size & 0xff];
  return joinBytes([new Uint8Array([tag, 0x80 | digits.length, ...digits]), value]);
}

function lengthed(bytes: Uint8Array): Uint8Array {
  const size = bytes.length;
  return joinBytes([new Uint8Array([size >>> 24, (size >>> 16) & 0xff, (size >>> 8) & 0xff, size & 0xff]), bytes]);
}

/** A number's first bit is its sign. */
function positive(digits: Uint8Array): Uint8Array {
  return (digits[0] ?? 0) < 0x80 ? digits : joinBytes([new Uint8Array([0]), digits]);
}

function trimmed(digits: Uint8Array): Uint8Array {
  const first = digits.findIndex((digit) => digit !== 0);
  return first === -1 ? new Uint8Array() : digits.slice(first);
}

function numberIn(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
