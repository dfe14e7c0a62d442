/** Temporary credentials: made, kept in the account's state, and shown. */
import type { Credentials } from '@aws-sdk/client-sts';
import { makeAccessKeyId } from '../../access-key.ts';
import type { AccountDraft, Random } from '../../call.ts';
import { makeSecretAccessKey } from '../iam/access-keys.ts';
import { shownTime } from '../iam/times.ts';
import type { SessionState } from './state.ts';

const tokenAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const tokenLength = 384;

/** How long an ended session is kept, so that its credentials are answered as expired and not as unknown. */
const keptAfterEnd = 36 * 60 * 60 * 1000;

/**
 * Makes the credentials of a new session of the account and keeps them.
 * @param now the sandbox's clock, epoch milliseconds
 */
export function addSession(
  account: AccountDraft,
  session: Omit<SessionState, 'accessKeyId' | 'secret' | 'token' | 'issuedAt' | 'expiresAt'>,
  time: { readonly now: number; readonly seconds: number },
  random: Random,
): SessionState {
  for (const { accessKeyId, expiresAt } of Object.values(account.sts.sessions)) {
    if (expiresAt + keptAfterEnd < time.now) delete account.sts.sessions[accessKeyId];
  }
  const state: SessionState = {
    ...session,
    accessKeyId: makeAccessKeyId('ASIA', account.id, random),
    secret: makeSecretAccessKey(random),
    token: Array.from(random.bytes(tokenLength), (byte) => tokenAlphabet.charAt(byte % 64)).join(''),
    issuedAt: time.now,
    expiresAt: time.now + time.seconds * 1000,
  };
  account.sts.sessions[state.accessKeyId] = state as (typeof account.sts.sessions)[string];
  return state;
}

/** Credentials as answers show them. Their end is told in real time, which is what clients' caches count in. */
export function shownCredentials(session: SessionState, realNow: number): Credentials {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secret,
    SessionToken: session.token,
    Expiration: shownTime(realNow + session.expiresAt - session.issuedAt),
  };
}
