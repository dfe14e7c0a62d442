import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Hashes } from '../../../cloud/call.ts';

/** Digests in the page. The browser's own are asynchronous, and absent on plain http beyond localhost. */
export const pageHashes: Hashes = {
  sha256,
  sha1,
  md5,
  hmacSha256: (key, bytes) => hmac(sha256, key, bytes),
};
