/** The canonical user id: how S3 names an account in owners and grants. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AnyCaller } from '../../../iam/model.ts';

/** AWS's own for a caller without credentials ("Authenticating requests", anonymous). */
const anonymousUser = '65a011a29cdf8ec533ec3d1ccaae921c';

/** 64 hex digits that belong to the account for good, and from which its id cannot be read. */
export function canonicalUserId(accountId: string): string {
  return bytesToHex(sha256(utf8ToBytes(`canonical user of account ${accountId}`)));
}

/** The owner of what this caller uploads, where the bucket's owner does not own everything. */
export function canonicalUserOf(caller: AnyCaller): string {
  switch (caller.kind) {
    case 'anonymous':
      return anonymousUser;
    case 'service':
      return canonicalUserId(caller.service);
    case 'federated-identity':
      return canonicalUserId(caller.provider);
    default:
      return canonicalUserId(caller.accountId);
  }
}
