/**
 * What an identity gets: a token of the pool (basic flow), or the credentials of its role (enhanced flow). Amazon Cognito Developer
 * Guide, "Identity pools authentication flow". Whoever has an identity's id may call both.
 */
import type {
  GetCredentialsForIdentityInput,
  GetCredentialsForIdentityResponse,
  GetOpenIdTokenInput,
  GetOpenIdTokenResponse,
} from '@aws-sdk/client-cognito-identity';
import type { AssumeRoleWithWebIdentityResponse } from '@aws-sdk/client-sts';
import type { AccountDraft, Call } from '../../call.ts';
import { own } from '../../own.ts';
import { calling, changing } from '../../process.ts';
import type { ChangeOperation, ProcessOperation } from '../../service.ts';
import { signToken } from '../../tokens/token.ts';
import { accountOfIdentity, type UnsignedOperation } from '../../unsigned.ts';
import type { Account } from '../../world.ts';
import { badRoles, conflict, invalidParameter, notAuthorized } from './errors.ts';
import { identityOf, ownerOf } from './finding.ts';
import { guestPolicy } from './guest-policy.ts';
import { guestsRefused, hasLogin } from './identities.ts';
import { type ProvenLogin, provenLogins } from './logins.ts';
import { roleFor } from './role-choosing.ts';
import { COGNITO } from './roles.ts';
import type { IdentityState, PoolState } from './state.ts';

/** Seconds that a token is good (API Reference, GetOpenIdToken: ten minutes). */
const tokenSeconds = 600;

interface Bearer {
  readonly identity: IdentityState;
  readonly pool: PoolState;
  readonly logins: readonly ProvenLogin[];
}

/** An identity, and whether who asks may speak for it. @throws NotAuthorizedException, ResourceNotFoundException */
function bearerOf(account: Account, input: GetOpenIdTokenInput, call: Call): Bearer {
  const { identity, pool } = identityOf(account, input.IdentityId, call.request.region);
  const proving = { world: call.world, accountId: account.id, now: call.now, hashes: call.hashes };
  const logins = provenLogins(pool, input.Logins, proving);
  if (logins.length === 0) {
    if (identity.logins.length > 0) throw notAuthorized(`Access to Identity '${identity.id}' is forbidden.`);
    if (!pool.allowsGuests) throw guestsRefused();
  } else if (identity.logins.length > 0 && !logins.some((login) => hasLogin(identity, login))) {
    throw notAuthorized(
      "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    );
  }
  const others = Object.values(account.cognitoidentity.identities).filter(
    ({ id, poolId }) => poolId === pool.id && id !== identity.id,
  );
  if (others.some((other) => logins.some((login) => hasLogin(other, login)))) {
    throw conflict('The login is already linked to another identity.');
  }
  return { identity, pool, logins };
}

/** A guest who signs in becomes who signed in, and an identity can have several logins. */
function link(account: AccountDraft, { identity, logins }: Bearer, now: number): void {
  const kept = own(account.cognitoidentity.identities, identity.id);
  const added = logins.filter((login) => !hasLogin(identity, login));
  if (kept === undefined || added.length === 0) return;
  kept.logins.push(...added.map(({ provider, subject }) => ({ provider, subject })));
  kept.modifiedAt = now;
}

function tokenFor({ identity, pool, logins }: Bearer, call: Pick<Call, 'now' | 'hashes'>): string {
  const iat = Math.floor(call.now / 1000);
  const signedIn = logins.flatMap(({ provider, audience, subject }) => [
    provider,
    `${provider}:${audience}:${subject}`,
  ]);
  const claims = {
    sub: identity.id,
    aud: pool.id,
    amr: logins.length === 0 ? ['unauthenticated'] : ['authenticated', ...signedIn],
    iss: `https://${COGNITO}`,
    exp: iat + tokenSeconds,
    iat,
  };
  return signToken(claims, pool.tokenSecret, call.hashes);
}

/** GetOpenIdToken: with the token its bearer assumes any role that trusts the pool, without the limits that guests have else. */
export const getOpenIdToken: ChangeOperation<GetOpenIdTokenInput, GetOpenIdTokenResponse> = {
  kind: 'change',
  owner: ({ IdentityId }, facts) => ownerOf(IdentityId, facts),
  permissions: () => [],
  handle(account, input, call) {
    const bearer = bearerOf(account as Account, input, call);
    if (bearer.pool.allowsClassicFlow !== true) {
      throw invalidParameter('Basic (classic) flow is not enabled, please use enhanced flow.');
    }
    const token = tokenFor(bearer, call);
    link(account, bearer, call.now);
    return { IdentityId: bearer.identity.id, Token: token };
  },
};

/** GetCredentialsForIdentity: Cognito assumes the role with the identity's token; a guest's session has a policy besides. */
export const getCredentialsForIdentity: ProcessOperation<
  GetCredentialsForIdentityInput,
  GetCredentialsForIdentityResponse
> = {
  kind: 'process',
  owner: ({ IdentityId }, facts) => ownerOf(IdentityId, facts),
  permissions: () => [],
  *run(account, input, call) {
    const bearer = bearerOf(account, input, call);
    const { identity, pool, logins } = bearer;
    const roleArn = roleFor(pool, logins[0], input.CustomRoleArn);
    yield* changing(account.id, (draft) => link(draft, bearer, call.now));
    const assumed = yield* calling({
      by: COGNITO,
      as: {
        kind: 'session',
        caller: { kind: 'federated-identity', provider: COGNITO, subject: identity.id },
      },
      service: 'sts',
      operation: 'AssumeRoleWithWebIdentity',
      input: {
        RoleArn: roleArn,
        RoleSessionName: 'CognitoIdentityCredentials',
        WebIdentityToken: tokenFor(bearer, call),
        ...(logins.length === 0 && { Policy: guestPolicy }),
      },
    });
    if (assumed.kind === 'error') throw badRoles();
    const { Credentials = {} } = assumed.output as AssumeRoleWithWebIdentityResponse;
    const { AccessKeyId, SecretAccessKey: SecretKey, SessionToken, Expiration } = Credentials as Record<string, never>;
    return { IdentityId: identity.id, Credentials: { AccessKeyId, SecretKey, SessionToken, Expiration } };
  },
};

/** How the gateway finds the sandbox of a request without a signature. */
export const ofIdentity: UnsignedOperation = { accountOf: ({ IdentityId }) => accountOfIdentity(IdentityId) };
export const ofPool: UnsignedOperation = { accountOf: ({ IdentityPoolId }) => accountOfIdentity(IdentityPoolId) };
