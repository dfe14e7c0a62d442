/** Sessions of roles, as AssumeRole makes them and as the platform hands them out. */
import { enablePatches, type Patch, produceWithPatches } from 'immer';
import type { AccountDraft, Random } from '../../call.ts';
import { own } from '../../own.ts';
import { keptByKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import type { RoleState } from '../iam/state.ts';
import { addSession } from './credentials.ts';
import type { SessionState } from './state.ts';

enablePatches();

/** What a role's session is made of, beside its role. */
export interface RoleSessionParts {
  readonly sessionName: string;
  readonly seconds: number;
  readonly chained: boolean;
  readonly policies?: SessionState['policies'];
  readonly tags?: SessionState['tags'];
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  readonly federatedProvider?: string;
  /** Condition keys that come with the credentials. */
  readonly keys?: SessionState['keys'];
}

/** Adds a session of a role to its account. @param now the sandbox's clock, epoch milliseconds */
export function addRoleSession(
  account: AccountDraft,
  role: RoleState,
  parts: RoleSessionParts,
  now: number,
  random: Random,
): SessionState {
  const { seconds, tags = {}, transitiveTagKeys = [], ...rest } = parts;
  const session = {
    ...rest,
    kind: 'role',
    principalId: role.id,
    principalName: role.name,
    tags: keptByKey(tags),
    transitiveTagKeys,
  } as const;
  return addSession(account, session, { now, seconds }, random);
}

/** A session that was issued, and the sandbox with it. */
export interface IssuedSession {
  readonly session: SessionState;
  readonly world: World;
  /** From the world before to the world after. */
  readonly patches: readonly Patch[];
}

/**
 * Hands out a session of a role without a call and without asking its trust policy: a role's profile in a learner's hands.
 * @throws Error where there is no such account or role: the platform is at fault
 */
export function issueRoleSession(
  world: World,
  options: {
    readonly accountId: string;
    readonly roleName: string;
    readonly sessionName: string;
    readonly seconds: number;
    /** The sandbox's clock, epoch milliseconds. */
    readonly now: number;
    readonly cloud: { readonly random: Random };
  },
): IssuedSession {
  const { accountId, roleName, sessionName, seconds, now, cloud } = options;
  const account = own(world.accounts, accountId);
  const role = account && own(account.iam.roles, roleName);
  if (account === undefined || role === undefined) throw new Error(`Account ${accountId} has no role ${roleName}`);
  let session: SessionState | undefined;
  const [after, patches] = produceWithPatches(account, (draft) => {
    session = addRoleSession(draft as AccountDraft, role, { sessionName, seconds, chained: false }, now, cloud.random);
  });
  if (session === undefined) throw new Error(`No session was made of role ${roleName}`);
  return {
    session,
    world: { ...world, accounts: { ...world.accounts, [accountId]: after } },
    patches: patches.map((patch) => ({ ...patch, path: ['accounts', accountId, ...patch.path] })),
  };
}
