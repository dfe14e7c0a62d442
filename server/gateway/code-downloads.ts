/** Downloads of functions' code, by the addresses that GetFunction gives out. */
import { accountOfDownload, downloadOf } from '../../cloud/services/lambda/downloads.ts';
import type { WireRequest, WireResponse } from '../../cloud/wire/model.ts';
import { nodeHashes } from '../hashes/node-hashes.ts';
import type { Sandboxes } from '../sandboxes/sandbox.ts';

const REFUSED: WireResponse = {
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: new TextEncoder().encode(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  ),
};

/** The answer to a request for code; undefined for a request for anything else. */
export async function answerDownload(
  { method, target }: WireRequest,
  sandboxes: Sandboxes,
): Promise<WireResponse | undefined> {
  const accountId = accountOfDownload(target);
  if (accountId === undefined || method !== 'GET') return undefined;
  const sandbox = await sandboxes.byAccount(accountId);
  const code = sandbox && downloadOf(sandbox.world, target, Date.now(), nodeHashes);
  if (sandbox === undefined || code === undefined) return REFUSED;
  return {
    status: 200,
    headers: { 'content-type': 'application/zip' },
    body: await sandbox.readBlob(code.digest),
  };
}
