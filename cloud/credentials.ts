/** From an access key id to its secret and the principal that it speaks for. */
import type { AnyCaller, Caller, SessionFacts, Tags } from '../iam/model.ts';
import { accountIdOfAccessKey } from './access-key.ts';
import { own } from './own.ts';
import type { TagList } from './services/iam/state.ts';
import type { SessionState } from './services/sts/state.ts';
import { shownByName } from './state-key.ts';
import type { Account, World } from './world.ts';

/** What an access key id stands for. */
export type Credential =
  | {
      readonly kind: 'found';
      readonly secret: string;
      /** The session token that must come with it; absent for long-lived keys. */
      readonly token?: string;
      readonly caller: AnyCaller;
    }
  | { readonly kind: 'unknown' }
  /** A key that its owner switched off. */
  | { readonly kind: 'inactive' }
  /** A session after its end. */
  | { readonly kind: 'expired' };

const unknown: Credential = { kind: 'unknown' };

/**
 * Looks an access key id up. A key of a user, or a session of a role or user, that was deleted since is unknown.
 * @param now the sandbox's clock, epoch milliseconds
 */
export function resolveCredential(world: World, accessKeyId: string, now: number): Credential {
  const account = accountOf(world, accessKeyId);
  if (account === undefined) return unknown;
  const key = own(account.iam.accessKeys, accessKeyId);
  if (key !== undefined) {
    const caller = key.user === undefined ? rootOf(account) : userCaller(account, key.user);
    if (caller === undefined) return unknown;
    return key.status === 'Active' ? { kind: 'found', secret: key.secret, caller } : { kind: 'inactive' };
  }
  const session = own(account.sts.sessions, accessKeyId);
  const caller = session && sessionCaller(account, session);
  if (session === undefined || caller === undefined) return unknown;
  if (session.expiresAt <= now) return { kind: 'expired' };
  return { kind: 'found', secret: session.secret, token: session.token, caller };
}

/** The caller that a user of the account is, without a session; undefined where there is no such user. */
export function userCaller(account: Account, name: string): Caller | undefined {
  const user = own(account.iam.users, name);
  if (user === undefined) return undefined;
  return {
    kind: 'user',
    accountId: account.id,
    arn: `arn:aws:iam::${account.id}:user${user.path}${user.name}`,
    name: user.name,
    id: user.id,
    tags: tagRecord(user.tags),
  };
}

/** The caller that a session of a role of the account is; undefined where there is no such role. */
export function roleCaller(
  account: Account,
  roleName: string,
  sessionName: string,
  session: SessionFacts,
  sessionTags: Tags = {},
): Caller | undefined {
  const role = own(account.iam.roles, roleName);
  if (role === undefined) return undefined;
  return {
    kind: 'role-session',
    accountId: account.id,
    roleArn: `arn:aws:iam::${account.id}:role${role.path}${role.name}`,
    roleName: role.name,
    roleId: role.id,
    sessionName,
    sessionArn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${sessionName}`,
    tags: overrideTags(tagRecord(role.tags), sessionTags),
    session,
  };
}

function sessionCaller(account: Account, state: SessionState): AnyCaller | undefined {
  const session: SessionFacts = {
    accessKeyId: state.accessKeyId,
    issuedAt: state.issuedAt,
    ...(state.mfaAt !== undefined && { mfa: { authenticatedAt: state.mfaAt } }),
    ...(state.sourceIdentity !== undefined && { sourceIdentity: state.sourceIdentity }),
    ...(state.federatedProvider !== undefined && { federatedProvider: state.federatedProvider }),
    ...(state.keys && { keys: state.keys }),
  };
  if (state.kind === 'assumed-root') return { ...rootOf(account), session: { ...session, assumedRoot: true } };
  if (state.kind === 'federated-user') return federatedUser(account, state, session);
  if (state.principalName === undefined) return { ...rootOf(account), session };
  if (state.kind === 'user') {
    const caller = userCaller(account, state.principalName);
    return caller?.kind === 'user' && caller.id === state.principalId ? { ...caller, session } : undefined;
  }
  const caller = roleCaller(account, state.principalName, state.sessionName ?? '', session, shownByName(state.tags));
  return caller?.kind === 'role-session' && caller.roleId === state.principalId ? caller : undefined;
}

/** A session of GetFederationToken; undefined where its user is gone. Root may call it too. */
function federatedUser(account: Account, state: SessionState, session: SessionFacts): AnyCaller | undefined {
  const { sessionName: name = '', principalName, principalId } = state;
  const user = principalName === undefined ? undefined : userCaller(account, principalName);
  const isUser = user?.kind === 'user' && user.id === principalId;
  if (principalName !== undefined && !isUser) return undefined;
  return {
    kind: 'federated-user',
    accountId: account.id,
    arn: `arn:aws:sts::${account.id}:federated-user/${name}`,
    name,
    parent: isUser ? { arn: user.arn, id: user.id } : { arn: `arn:aws:iam::${account.id}:root`, id: account.id },
    tags: overrideTags(isUser ? user.tags : {}, shownByName(state.tags)),
    session,
  };
}

function rootOf(account: Account): Caller & { readonly kind: 'root' } {
  return { kind: 'root', accountId: account.id };
}

function accountOf(world: World, accessKeyId: string): Account | undefined {
  const accountId = accountIdOfAccessKey(accessKeyId);
  return accountId === undefined ? undefined : own(world.accounts, accountId);
}

/** Session tags override the role's whatever the case of the key (IAM User Guide, "Passing session tags"). */
function overrideTags(tags: Tags, session: Tags): Tags {
  const overridden = new Set(Object.keys(session).map((key) => key.toLowerCase()));
  const kept = Object.entries(tags).filter(([key]) => !overridden.has(key.toLowerCase()));
  return { ...Object.fromEntries(kept), ...session };
}

function tagRecord(tags: TagList): Tags {
  return Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value]));
}
