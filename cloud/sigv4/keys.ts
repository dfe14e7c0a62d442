/** Digests and signing keys of SigV4. */
import type { Hashes } from '../call.ts';
import { hexOf } from '../hex.ts';

const encoder = new TextEncoder();

/** The scope of a signature: what its key is good for. */
export interface Scope {
  /** `20261124`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** The credential scope: `20261124/us-east-1/iam/aws4_request`. */
export function scopeText({ date, region, service }: Scope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

/** Derives signing keys and signs with them; the keys of the last secrets and scopes are kept, because each takes four HMACs. */
export class SigningKeys {
  readonly #hashes: Hashes;
  readonly #capacity: number;
  readonly #keys = new Map<string, Uint8Array>();

  constructor(hashes: Hashes, capacity = 2_000) {
    this.#hashes = hashes;
    this.#capacity = capacity;
  }

  /** SHA-256 in lower-case hex. */
  hash(data: string | Uint8Array): string {
    return hexOf(this.#hashes.sha256(typeof data === 'string' ? encoder.encode(data) : data));
  }

  /** The signature of a string to sign, in lower-case hex. */
  sign(secret: string, scope: Scope, stringToSign: string): string {
    return hexOf(this.#hashes.hmacSha256(this.#key(secret, scope), encoder.encode(stringToSign)));
  }

  #key(secret: string, scope: Scope): Uint8Array {
    const id = `${secret}\n${scope.date}\n${scope.region}\n${scope.service}`;
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    let key: Uint8Array = encoder.encode(`AWS4${secret}`);
    for (const part of [scope.date, scope.region, scope.service, 'aws4_request']) {
      key = this.#hashes.hmacSha256(key, encoder.encode(part));
    }
    if (this.#keys.size >= this.#capacity) {
      const oldest = this.#keys.keys().next().value;
      if (oldest !== undefined) this.#keys.delete(oldest);
    }
    this.#keys.set(id, key);
    return key;
  }
}

/** What is signed of a request. */
export function stringToSign(timestamp: string, scope: Scope, canonicalHash: string): string {
  return `AWS4-HMAC-SHA256\n${timestamp}\n${scopeText(scope)}\n${canonicalHash}`;
}

/** Compares two texts in a time that tells nothing of where they differ. */
export function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= b.charCodeAt(i) ^ (a.charCodeAt(i) || 0);
  return difference === 0;
}
