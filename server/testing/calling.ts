/** Calls in the account of an attempt, as the gateway makes them once it has seen whose key signed. */
import { randomUUID } from 'node:crypto';
import { resolveCredential } from '../../cloud/credentials.ts';
import type { Performed } from '../../cloud/perform.ts';
import type { Attempt } from '../../contract/index.ts';
import type { Platform } from '../platform.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';

/** The key that a call is signed with; the attempt's first profile by default. */
type Key = Pick<Attempt['sandbox']['profiles'][number], 'accessKeyId'>;

/** The sandbox of an attempt. */
export async function sandboxOf({ sandboxes }: Platform, attempt: Attempt): Promise<Sandbox> {
  const sandbox = await sandboxes.byAccount(attempt.sandbox.accountId);
  if (sandbox === undefined) throw new Error('the attempt has no sandbox');
  return sandbox;
}

/**
 * Makes a call (`iam:CreateUser`) with a key, and answers its outcome.
 * @throws Error `InvalidClientTokenId` or `ExpiredToken` where the key is no good, as the gateway would refuse it
 */
export async function callIn(
  platform: Platform,
  attempt: Attempt,
  call: string,
  input: Readonly<Record<string, unknown>> = {},
  key: Key | undefined = attempt.sandbox.profiles[0],
): Promise<Performed['outcome']> {
  const sandbox = await sandboxOf(platform, attempt);
  const realNow = Date.now();
  const credential = resolveCredential(sandbox.world, key?.accessKeyId ?? '', realNow + sandbox.world.clockOffset);
  if (credential.kind !== 'found')
    throw new Error(credential.kind === 'expired' ? 'ExpiredToken' : 'InvalidClientTokenId');
  const [service = '', operation = ''] = call.split(':');
  const { region } = sandbox.world;
  const { outcome } = await sandbox.call(
    {
      service,
      operation,
      input,
      caller: credential.caller,
      request: { sourceIp: '198.51.100.7', secureTransport: true, userAgent: 'test', region },
      requestId: randomUUID(),
      realNow,
    },
    key?.accessKeyId,
  );
  return outcome;
}
