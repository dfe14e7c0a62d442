import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts';
import type { ChangeOperation } from '../../service.ts';
import { addSession, shownCredentials } from './credentials.ts';
import { identityOf } from './identity.ts';
import { isMfaCall } from './mfa.ts';

const defaultSeconds = 43_200;
const longestForRoot = 3600;

/** GetSessionToken: temporary credentials of the user or root itself, with MFA where a code comes along. No permission needed. */
export const getSessionToken: ChangeOperation<GetSessionTokenRequest, GetSessionTokenResponse> = {
  kind: 'change',
  permissions: () => [],
  handle(account, request, call) {
    const { caller } = call;
    // Without credentials there is nobody to make a session of.
    identityOf(caller);
    const mfa = isMfaCall(request, call);
    const asked = request.DurationSeconds ?? defaultSeconds;
    const session = {
      kind: 'user',
      ...(caller.kind === 'user' && { principalId: caller.id, principalName: caller.name }),
      tags: {},
      transitiveTagKeys: [],
      ...(mfa && { mfaAt: call.now }),
      chained: false,
    } as const;
    // A root user's session is cut to an hour (STS API Reference, GetSessionToken).
    const seconds = caller.kind === 'root' ? Math.min(asked, longestForRoot) : asked;
    const state = addSession(account, session, { now: call.now, seconds }, call.random);
    return { Credentials: shownCredentials(state, call.realNow) };
  },
};
