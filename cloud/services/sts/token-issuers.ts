/**
 * The issuers whose tokens a sandbox takes: those that it plays itself (a CI system, a company's identity provider), and AWS's own. What
 * an issuer out in the world publishes at its discovery address, a verification key, is looked up here by the issuer's name.
 */
import { enablePatches, type Patch, produceWithPatches } from 'immer';
import type { AccountDraft, Hashes, Random } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { type Claims, signToken } from '../../tokens/token.ts';
import type { World } from '../../world.ts';
import { poolSecret } from '../cognitoidentity/finding.ts';

enablePatches();

/** How the secret of one issuer is found, where the sandbox does not keep it among those that it plays. */
type SecretOf = (world: World, claims: Claims) => string | undefined;

/** By the issuer without `https://`. */
const ofServices: Readonly<Record<string, SecretOf>> = {
  'cognito-identity.amazonaws.com': (world, { aud }) => poolSecret(world, aud),
};

/** An issuer as trust policies and condition keys name it: without scheme, and without the slash at its end. */
export function issuerName(issuer: string): string {
  return issuer.replace(/^https:\/\//, '').replace(/\/$/, '');
}

/** The secret that tokens with these claims are signed with; undefined where the sandbox knows no such issuer. */
export function secretOf(world: World, claims: Claims): string | undefined {
  const name = issuerName(String(claims['iss']));
  const service = own(ofServices, name);
  if (service !== undefined) return service(world, claims);
  return own(own(world.accounts, world.primaryAccountId)?.sts.tokenIssuers ?? {}, name);
}

/** A token that was issued, and the sandbox with it: the first token of an issuer makes its secret. */
export interface IssuedToken {
  readonly token: string;
  readonly world: World;
  /** From the world before to the world after; empty where the issuer was known. */
  readonly patches: readonly Patch[];
}

/**
 * Has an issuer that the sandbox plays sign a token.
 * @param issuer `https://token.actions.githubusercontent.com`: its name becomes the claim `iss`
 * @param claims beside `iss`, `iat` and `exp`, which are added where they are not given
 */
export function issueToken(
  world: World,
  options: {
    readonly issuer: string;
    readonly claims: Claims;
    /** How long the token is good; 300 where absent. */
    readonly seconds?: number;
    /** The sandbox's clock, epoch milliseconds. */
    readonly now: number;
    readonly cloud: { readonly random: Random; readonly hashes: Hashes };
  },
): IssuedToken {
  const { issuer, claims, seconds = 300, now, cloud } = options;
  const iat = Math.floor(now / 1000);
  const said: Claims = { iss: issuer, iat, exp: iat + seconds, ...claims };
  const known = secretOf(world, said);
  if (known !== undefined) return { token: signToken(said, known, cloud.hashes), world, patches: [] };
  const id = world.primaryAccountId;
  const account = own(world.accounts, id);
  if (account === undefined) throw new Error(`The sandbox has no account ${id}`);
  const secret = hexOf(cloud.random.bytes(32));
  const [after, patches] = produceWithPatches(account, (draft) => {
    (draft as AccountDraft).sts.tokenIssuers[issuerName(issuer)] = secret;
  });
  return {
    token: signToken(said, secret, cloud.hashes),
    world: { ...world, accounts: { ...world.accounts, [id]: after } },
    patches: patches.map((patch) => ({ ...patch, path: ['accounts', id, ...patch.path] })),
  };
}
