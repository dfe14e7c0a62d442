/** Sign-ins of the past: acts in AWS's console, and no calls that a service takes. */

import type { AccountDraft } from '../../cloud/call.ts';
import { consoleRecord } from '../../cloud/console/told.ts';
import { AwsError } from '../../cloud/errors.ts';
import type { PastCall } from '../../cloud/ledger/past-call.ts';
import { newRequestId } from '../../cloud/request-id.ts';
import { plantRoot, plantUser } from '../../cloud/services/iam/planting.ts';
import type { World } from '../../cloud/world.ts';
import type { AnyCaller } from '../../iam/model.ts';
import type { Platform } from '../requests.ts';
import type { HistoryEntry } from './past.ts';

/** The call by which history speaks of a sign-in. */
export const SIGN_IN = 'console:SignIn';

/** A sign-in with its time. */
export interface PastSignIn extends Pick<HistoryEntry, 'ends' | 'message'> {
  readonly caller: AnyCaller;
  readonly at: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly region: string;
}

/** The record of a sign-in. One of a user who has a device came with MFA. */
export function signInRecord(world: World, entry: PastSignIn, { cloud }: Platform): PastCall {
  const { caller, at, ends = 'ok', message, sourceIp, userAgent, region } = entry;
  const accountId = world.primaryAccountId;
  const user = caller.kind === 'user' ? caller.name : 'root';
  const devices = world.accounts[accountId]?.iam.virtualMfaDevices ?? {};
  const isMfa = Object.values(devices).some((device) => device.user === user);
  const outcome =
    ends === 'ok'
      ? ({ kind: 'ok', isMfa } as const)
      : ({ kind: 'error', error: new AwsError(ends, message ?? 'Failed authentication') } as const);
  const act = { name: 'SignIn', user, password: '' } as const;
  const facts = {
    accountId,
    request: { sourceIp, userAgent, secureTransport: true, region },
    requestId: newRequestId(cloud.random),
    realNow: at,
    clockOffset: 0,
  };
  return consoleRecord(cloud, act, { caller, outcome, world, patches: [] }, facts);
}

/** The password was used, if it was the right one. */
export function plantSignIn(account: AccountDraft, { caller, at, ends = 'ok' }: PastSignIn, { cloud }: Platform): void {
  if (ends !== 'ok') return;
  const password = { usedAt: at };
  if (caller.kind === 'user') plantUser(account, caller.name, { password }, cloud.random);
  else plantRoot(account, { password }, cloud.random);
}
