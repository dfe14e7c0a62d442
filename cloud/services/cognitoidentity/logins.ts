/**
 * What a signed-in user shows: tokens of providers that the pool names. Amazon Cognito Developer Guide, "Identity pools third-party
 * identity providers".
 */
import type { Hashes } from '../../call.ts';
import { own } from '../../own.ts';
import { stateKey } from '../../state-key.ts';
import { type Claims, isSignedWith, readToken } from '../../tokens/token.ts';
import type { World } from '../../world.ts';
import { audienceOf } from '../sts/claims.ts';
import { issuerName, secretOf } from '../sts/token-issuers.ts';
import { notAuthorized } from './errors.ts';
import type { LoginState, PoolState } from './state.ts';

/** A login whose token holds. */
export interface ProvenLogin extends LoginState {
  /** Whom of the provider's the token was issued to: the application. */
  readonly audience: string;
  readonly claims: Claims;
}

export interface Proving {
  readonly world: World;
  readonly accountId: string;
  /** The sandbox's clock, epoch milliseconds. */
  readonly now: number;
  readonly hashes: Hashes;
}

/** Every login of a request, held to what its provider in the pool asks. @throws NotAuthorizedException */
export function provenLogins(
  pool: PoolState,
  logins: Readonly<Record<string, string>> | undefined,
  proving: Proving,
): readonly ProvenLogin[] {
  return Object.entries(logins ?? {}).map(([provider, token]) => proven(pool, provider, token, proving));
}

function proven(pool: PoolState, provider: string, token: string, proving: Proving): ProvenLogin {
  const accepted = audiencesOf(pool, provider, proving);
  const unsupported = () => notAuthorized('Token is not from a supported provider of this identity pool.');
  if (accepted === undefined) throw unsupported();
  const read = readToken(token);
  if (read === undefined) throw notAuthorized('Invalid login token. Not a valid OpenId Connect identity token.');
  const { claims } = read;
  if (issuerName(String(claims['iss'])) !== provider) {
    throw notAuthorized("Invalid login token. Issuer doesn't match providerName");
  }
  const secret = secretOf(proving.world, claims);
  if (secret === undefined || !isSignedWith(read, secret, proving.hashes)) {
    throw notAuthorized('Invalid login token. Token signature invalid.');
  }
  const seconds = Math.floor(proving.now / 1000);
  const { exp, sub } = claims;
  if (typeof exp !== 'number' || exp <= seconds) {
    throw notAuthorized(`Invalid login token. Token expired: ${exp} >= ${seconds}`);
  }
  if (typeof sub !== 'string') throw notAuthorized('Invalid login token. Missing a required claim: sub');
  const audience = audienceOf(claims).find((name) => accepted.includes(name));
  if (audience === undefined) {
    if (provider.startsWith('cognito-idp.')) throw unsupported();
    throw notAuthorized('Invalid login token. Incorrect token audience.');
  }
  return { provider, subject: sub, audience, claims };
}

/** The applications whose tokens a provider of the pool may have issued; undefined for a provider that the pool does not name. */
function audiencesOf(
  { loginProviders = {}, oidcProviders = [], userPools = [] }: PoolState,
  provider: string,
  { world, accountId }: Proving,
): readonly string[] | undefined {
  const application = own(loginProviders, stateKey(provider));
  if (application !== undefined) return [application];
  const clients = userPools.filter((pool) => pool.provider === provider).map(({ clientId }) => clientId);
  if (clients.length > 0) return clients;
  const arn = oidcProviders.find((name) => name.endsWith(`:oidc-provider/${provider}`));
  return arn === undefined ? undefined : own(own(world.accounts, accountId)?.iam.oidcProviders ?? {}, arn)?.clientIds;
}
