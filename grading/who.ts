/** From the words of a check (`role/Cataloguer`) to a principal of the sandbox. */
import { resolveCredential, roleCaller, userCaller } from '../cloud/credentials.ts';
import { AwsError } from '../cloud/errors.ts';
import { own } from '../cloud/own.ts';
import { issuerName, issueToken } from '../cloud/services/sts/token-issuers.ts';
import type { Account, World } from '../cloud/world.ts';
import type { AnyCaller, Caller } from '../iam/model.ts';
import type { AssumedRole, Bearer, Federated, Who } from './check-words.ts';
import { placeOf } from './neighbours.ts';
import { sessionName } from './past/names.ts';
import { callAs, clockOf, type Platform, type PlatformCall } from './requests.ts';
import type { Variables } from './variables.ts';

/** A principal, and the fork in which it exists; or why there is none. */
export type FoundWho =
  | { readonly kind: 'found'; readonly caller: AnyCaller; readonly world: World }
  /** The account has no such user or role. */
  | { readonly kind: 'missing'; readonly principal: string }
  /** Both exist, and the session was refused. */
  | { readonly kind: 'refused'; readonly error: AwsError };

/** Session name of a role that a check speaks for without saying how it was assumed. */
export const checkSessionName = 'check';

/**
 * Finds who a check speaks of. A role without more is a session of it as AWS would issue it now, without session policies
 * and tags; `{assume, by}` is assumed by a real call to sts:AssumeRole, and so needs the trust policy’s consent.
 */
export function findWho(world: World, who: Who, platform: Naming): FoundWho {
  if (typeof who === 'object') {
    if ('assume' in who) return assume(world, who, platform);
    if ('federated' in who) return federate(world, who, platform);
    return { kind: 'found', ...bearerOf(world, who, platform) };
  }
  const keyId = accessKeyNamed(who, platform.variables);
  if (keyId !== undefined) return withKey(world, keyId, platform);
  if (who === 'anonymous') return { kind: 'found', caller: { kind: 'anonymous' }, world };
  const caller = principalNamed(world, who, clockOf(world, platform));
  return caller === undefined ? { kind: 'missing', principal: who } : { kind: 'found', caller, world };
}

/** What the names in a check stand for. */
export interface Naming extends Platform {
  /** The learner's own, the sessions among them that account.yaml plants; absent where a check names none. */
  readonly variables?: Variables;
}

/** The access key that `key/AKIA…` or `session/stolen` speaks of; undefined where a name is of another kind. */
export function accessKeyNamed(who: string, variables: Variables = {}): string | undefined {
  const [kind, name = ''] = who.split('/');
  if (kind === 'key') return name;
  return kind === 'session' ? (variables[sessionName(name, 'AccessKeyId')] ?? '') : undefined;
}

/** Whoever has a key, as the gateway finds it. One that was deleted, switched off or has ended is refused as there. */
function withKey(world: World, keyId: string, platform: Platform): FoundWho {
  const credential = resolveCredential(world, keyId, clockOf(world, platform));
  if (credential.kind === 'found') return { kind: 'found', caller: credential.caller, world };
  const error =
    credential.kind === 'expired'
      ? new AwsError('ExpiredToken', 'The security token included in the request is expired')
      : new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.');
  return { kind: 'refused', error };
}

/** How a check’s principal is called in a reason. */
export function nameOfWho(who: Who): string {
  if (typeof who === 'string') return who;
  if ('assume' in who) return `${who.by} as ${who.assume}`;
  if ('federated' in who) return `${who.by} as ${who.federated}`;
  return `the bearer of a token of ${issuerName(who.web)} (${String(who.claims['sub'] ?? 'nobody')})`;
}

/** A user (`user/Bea`) or a session of a role (`role/Cataloguer`) of the learner’s account or of a neighbour's; undefined where there is none. */
export function principalNamed(world: World, name: string, now: number): Caller | undefined {
  const { account, name: within } = placeOf(world, name);
  if (account === undefined) return undefined;
  const [kind, rest = ''] = within.split('/');
  if (kind === 'root') return { kind: 'root', accountId: account.id };
  return kind === 'user' ? userCaller(account, rest) : roleCaller(account, rest, checkSessionName, { issuedAt: now });
}

/** What it takes to make a session: who makes it, and the input of sts:AssumeRole. */
export type Assumption =
  | { readonly kind: 'ready'; readonly by: Caller; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'missing'; readonly principal: string };

/** How a check’s session is made. With `mfa` the user signs in with a device before. */
export function assumptionOf(world: World, who: AssumedRole, now: number): Assumption {
  const account = primary(world);
  const by = principalNamed(world, who.by, now);
  if (by === undefined) return { kind: 'missing', principal: who.by };
  const role = account && own(account.iam.roles, who.assume.slice('role/'.length));
  if (role === undefined) return { kind: 'missing', principal: who.assume };
  const signedIn =
    who.mfa === true && by.kind === 'user' ? { ...by, session: { issuedAt: now, mfa: { authenticatedAt: now } } } : by;
  const input = {
    RoleArn: `arn:aws:iam::${world.primaryAccountId}:role${role.path}${role.name}`,
    RoleSessionName: who.session ?? checkSessionName,
    ...(who.tags !== undefined && { Tags: Object.entries(who.tags).map(([Key, Value]) => ({ Key, Value })) }),
    ...(who.policy !== undefined && { Policy: JSON.stringify(who.policy) }),
  };
  return { kind: 'ready', by: signedIn, input };
}

function assume(world: World, who: AssumedRole, platform: Platform): FoundWho {
  const now = clockOf(world, platform);
  const assumption = assumptionOf(world, who, now);
  if (assumption.kind === 'missing') return assumption;
  const { by, input } = assumption;
  return sessionOf({ world, caller: by, service: 'sts', operation: 'AssumeRole', input }, who, platform);
}

/** Who a session is that a call makes. */
function sessionOf(call: PlatformCall, who: Who, platform: Platform): FoundWho {
  const performed = callAs(call, platform);
  if (performed.outcome.kind === 'error') return { kind: 'refused', error: performed.outcome.error };
  const now = clockOf(call.world, platform);
  const { Credentials } = performed.outcome.output as { Credentials: { AccessKeyId: string } };
  const credential = resolveCredential(performed.world, Credentials.AccessKeyId, now);
  if (credential.kind !== 'found') throw new Error(`The session of ${nameOfWho(who)} is ${credential.kind}`);
  return { kind: 'found', caller: credential.caller, world: performed.world };
}

function federate(world: World, who: Federated, platform: Platform): FoundWho {
  const by = principalNamed(world, who.by, clockOf(world, platform));
  if (by === undefined) return { kind: 'missing', principal: who.by };
  const input = { Name: who.federated, ...(who.policy && { Policy: JSON.stringify(who.policy) }) };
  return sessionOf({ world, caller: by, service: 'sts', operation: 'GetFederationToken', input }, who, platform);
}

/** The bearer of a token, the sandbox in which it was issued, and the token. */
export interface FoundBearer {
  readonly caller: AnyCaller;
  readonly world: World;
  readonly token: string;
}

/** Has the issuer sign a token of five minutes with these claims. */
export function bearerOf(world: World, { web: issuer, claims }: Bearer, platform: Platform): FoundBearer {
  const issued = issueToken(world, { issuer, claims, now: clockOf(world, platform), cloud: platform.cloud });
  const subject = String(claims['sub'] ?? '');
  const caller = { kind: 'federated-identity', provider: issuerName(issuer), subject } as const;
  return { caller, world: issued.world, token: issued.token };
}

function primary(world: World): Account | undefined {
  return own(world.accounts, world.primaryAccountId);
}
