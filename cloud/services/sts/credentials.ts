/** Temporary credentials: made, kept in the account's state, and shown. */
import type { Credentials } from '@aws-sdk/client-sts';
import { makeAccessKeyId } from '../../access-key.ts';
import type { AccountDraft, Random } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { makeSecretAccessKey } from '../iam/access-keys.ts';
import { shownTime } from '../iam/times.ts';
import { stsLimits } from './limits.ts';
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
  makeRoom(account, time.now);
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

/**
 * Forgets sessions long ended, and where an account is full those that ended first.
 * @throws Throttling where it is full of sessions that have not ended
 */
function makeRoom(account: AccountDraft, now: number): void {
  const { sessions } = account.sts;
  const ended = Object.values(sessions)
    .filter(({ expiresAt }) => expiresAt <= now)
    .sort((a, b) => a.expiresAt - b.expiresAt);
  let surplus = Object.keys(sessions).length - stsLimits.sessions + 1;
  for (const { accessKeyId, expiresAt } of ended) {
    if (surplus <= 0 && expiresAt + keptAfterEnd >= now) break;
    delete sessions[accessKeyId];
    surplus -= 1;
  }
  if (surplus > 0) throw new AwsError('Throttling', 'Rate exceeded', { status: 400 });
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
