/** The token that comes with AssumeRoleWithWebIdentity: whom it speaks of, and whether it is good. */
import type { AssumeRoleWithWebIdentityRequest } from '@aws-sdk/client-sts';
import type { FederatedIdentity } from '../../../iam/model.ts';
import type { Hashes } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { type Claims, isSignedWith, type ReadToken, readToken } from '../../tokens/token.ts';
import type { World } from '../../world.ts';
import { oidcProviderArn } from '../iam/arns.ts';
import { audienceOf } from './claims.ts';
import { accountOfRole } from './named-role.ts';
import { issuerName, secretOf } from './token-issuers.ts';

/** Providers that every account has; trust policies name them without an ARN. IAM User Guide, "AWS JSON policy elements: Principal". */
const builtIn = ['accounts.google.com', 'cognito-identity.amazonaws.com'];

/** A token's bearer, as the policy engine takes it. */
export interface WebIdentity {
  readonly caller: FederatedIdentity;
  readonly claims: Claims;
  /** Without `https://`. */
  readonly issuer: string;
}

type Request = Pick<AssumeRoleWithWebIdentityRequest, 'RoleArn' | 'WebIdentityToken' | 'ProviderId'>;

/**
 * Whom a token speaks of. Nothing of it is believed yet.
 * @throws InvalidIdentityToken for what is no token of OpenID Connect
 */
export function webIdentity(request: Request): WebIdentity {
  return identityIn(read(request), request);
}

/**
 * A token's bearer, after all that AWS holds a token to: an issuer that the role's account trusts, its signature, its end, its audience.
 * @param now the sandbox's clock, epoch milliseconds
 * @throws InvalidIdentityToken, ExpiredTokenException
 */
export function provenWebIdentity(request: Request, world: World, now: number, hashes: Hashes): WebIdentity {
  const token = read(request);
  const identity = identityIn(token, request);
  const { claims, caller, issuer } = identity;
  const account = own(world.accounts, accountOfRole(request.RoleArn ?? '') ?? '');
  const provider = own(account?.iam.oidcProviders ?? {}, caller.provider);
  if (provider === undefined && !builtIn.includes(issuer)) {
    throw invalid(`No OpenIDConnect provider found in your account for ${String(claims['iss'])}`);
  }
  const secret = secretOf(world, claims);
  if (secret === undefined || !isSignedWith(token, secret, hashes)) {
    throw invalid(
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    );
  }
  requireUnexpired(claims, Math.floor(now / 1000));
  const audience = audienceOf(claims);
  if (audience.length === 0) throw invalid('Missing a required claim: aud');
  if (provider !== undefined && !audience.some((name) => provider.clientIds.includes(name))) {
    throw invalid('Incorrect token audience');
  }
  return identity;
}

function read({ WebIdentityToken = '', ProviderId }: Request): ReadToken {
  // Access tokens of OAuth are of Facebook and of Login with Amazon, which nobody plays here.
  const token = ProviderId === undefined ? readToken(WebIdentityToken) : undefined;
  if (token !== undefined) return token;
  throw invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
}

function identityIn({ claims }: ReadToken, { RoleArn = '' }: Request): WebIdentity {
  const { iss, sub } = claims;
  if (typeof iss !== 'string') throw invalid('Missing a required claim: iss');
  if (typeof sub !== 'string') throw invalid('Missing a required claim: sub');
  const issuer = issuerName(iss);
  const provider = builtIn.includes(issuer) ? issuer : oidcProviderArn(accountOfRole(RoleArn) ?? '', issuer);
  return { caller: { kind: 'federated-identity', provider, subject: sub }, claims, issuer };
}

/** @param now epoch seconds */
function requireUnexpired({ exp, nbf }: Claims, now: number): void {
  if (typeof exp !== 'number') throw invalid('Missing a required claim: exp');
  if (exp <= now) {
    throw new AwsError(
      'ExpiredTokenException',
      `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`,
    );
  }
  if (typeof nbf === 'number' && nbf > now) throw invalid('Token is not valid yet');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidIdentityToken', message);
}
