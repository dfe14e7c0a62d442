/**
 * JSON Web Tokens (RFC 7519) of the issuers that a sandbox has. Whoever signs one and whoever holds it against its signature are the same
 * sandbox, so they share a secret (HS256, RFC 7518 section 3.2) where issuers out in the world publish keys.
 */
import type { Hashes } from '../call.ts';
import { bytesOfHex, hexOf } from '../hex.ts';

/** What a token says, by the names of its claims. */
export type Claims = Readonly<Record<string, unknown>>;

/** A token as it was read; its signature is not known to be good. */
export interface ReadToken {
  readonly claims: Claims;
  /** The two parts that are signed, with the dot between them. */
  readonly signed: string;
  /** In hex. */
  readonly signature: string;
}

/** @param secret in hex, 32 bytes */
export function signToken(claims: Claims, secret: string, hashes: Hashes): string {
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${signed}.${toBase64Url(mac(signed, secret, hashes))}`;
}

/** Undefined for what is no JSON Web Token. */
export function readToken(token: string): ReadToken | undefined {
  const [header, claims, signature, ...rest] = token.split('.').map(fromBase64Url);
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0) return undefined;
  const said = recordIn(claims);
  if (said === undefined || recordIn(header)?.['alg'] === undefined) return undefined;
  return { claims: said, signed: token.slice(0, token.lastIndexOf('.')), signature: hexOf(signature) };
}

/** Whether a token was signed with the secret. @param secret in hex */
export function isSignedWith({ signed, signature }: ReadToken, secret: string, hashes: Hashes): boolean {
  return hexOf(mac(signed, secret, hashes)) === signature;
}

function mac(text: string, secret: string, hashes: Hashes): Uint8Array {
  return hashes.hmacSha256(bytesOfHex(secret), new TextEncoder().encode(text));
}

function encoded(value: unknown): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(value)));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** RFC 4648, section 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const word = (first << 16) | (second << 8) | third;
    const letters = [18, 12, 6, 0].map((shift) => alphabet.charAt((word >> shift) & 63)).join('');
    text += letters.slice(0, Math.min(4, bytes.length - at + 1));
  }
  return text;
}

/** Undefined for what is none. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [word, bits, at] = [0, 0, 0];
  for (const letter of text) {
    word = ((word << 6) | alphabet.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (word >> bits) & 0xff;
  }
  return bytes;
}

function recordIn(bytes: Uint8Array): Claims | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    // Neither UTF-8 nor JSON.
    return undefined;
  }
}
