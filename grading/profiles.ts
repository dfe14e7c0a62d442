/** The credentials in the learner’s `~/.aws`: an access key for a user, a session of twelve hours for a role. */
import type { Patch } from 'immer';
import { own } from '../cloud/own.ts';
import { issueRoleSession } from '../cloud/services/sts/role-session.ts';
import type { SessionState } from '../cloud/services/sts/state.ts';
import type { World } from '../cloud/world.ts';
import type { You } from './challenge.ts';
import { placeOf } from './neighbours.ts';
import { callAs, clockOf, type Platform } from './requests.ts';

/** Credentials as an AWS profile holds them. */
export interface Profile {
  readonly name: string;
  /** `user/Bea`, `role/SecurityEngineer`. */
  readonly principal: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a role’s profile alone. */
  readonly sessionToken?: string;
  /** ISO 8601, real time; of a role’s profile alone. */
  readonly expiration?: string;
}

/** A change of a sandbox that is not an AWS call of the learner’s, and what it answers. */
export interface ProfileAct<Result> {
  readonly world: World;
  /** From the world before to the world after. */
  readonly patches: readonly Patch[];
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  readonly result: Result;
}

/** Seconds that a role’s profile is good for: the most that AWS grants a role (`MaxSessionDuration`). */
const sessionSeconds = 12 * 60 * 60;

/** A role’s profile is renewed when less than this is left, in milliseconds. */
const renewalMargin = 60 * 60 * 1000;

/**
 * Issues credentials for each profile: by iam:CreateAccessKey for a user, by a session for a role, whatever its trust policy
 * says (the learner did not assume it: the challenge hands it to them).
 * @throws Error where a principal does not exist or a user has two keys already: the challenge is at fault.
 */
export function issueProfiles(world: World, you: readonly You[], platform: Platform): ProfileAct<readonly Profile[]> {
  let act: ProfileAct<readonly Profile[]> = { world, patches: [], newBlobs: new Map(), result: [] };
  for (const entry of you) {
    const issued = placeOf(act.world, entry.principal).name.startsWith('user/')
      ? issueKey(act.world, entry, platform)
      : issueSession(act.world, entry, platform);
    if (issued === undefined) throw new Error(`There is no ${entry.principal} for the profile ${entry.profile}`);
    act = joined(act, issued);
  }
  return act;
}

/** The profile of whoever signed in with a password: `console-ana`. @param realNow epoch milliseconds */
export function signedInProfile(user: string, session: SessionState, realNow: number): Profile {
  return {
    name: `console-${user.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    principal: user === 'root' ? 'root' : `user/${user}`,
    accessKeyId: session.accessKeyId,
    secretAccessKey: session.secret,
    sessionToken: session.token,
    expiration: new Date(realNow + session.expiresAt - session.issuedAt).toISOString(),
  };
}

/**
 * Whether a role's profile has less than an hour left, by the clock that its session ends by, or no session any more: it was made after a
 * point to which the sandbox was put back. Not so where the role itself is gone.
 */
export function isDue({ principal, sessionToken, accessKeyId }: Profile, world: World, platform: Platform): boolean {
  const { account, name } = placeOf(world, principal);
  if (sessionToken === undefined || account === undefined) return false;
  if (!name.startsWith('role/') || own(account.iam.roles, name.slice('role/'.length)) === undefined) return false;
  const session = own(account.sts.sessions, accessKeyId);
  return session === undefined || session.expiresAt - clockOf(world, platform) < renewalMargin;
}

/**
 * New sessions for the roles’ profiles that `which` picks, those of less than an hour by default; the others stay as they
 * are. So does the profile of a role that the learner has deleted: nobody can be that role any more.
 */
export function renewProfiles(
  world: World,
  profiles: readonly Profile[],
  platform: Platform,
  which: (profile: Profile) => boolean = (profile) => isDue(profile, world, platform),
): ProfileAct<readonly Profile[]> {
  let act: ProfileAct<readonly Profile[]> = { world, patches: [], newBlobs: new Map(), result: [] };
  for (const profile of profiles) {
    const isRole = placeOf(act.world, profile.principal).name.startsWith('role/');
    // Who signed in with a password has to do it again.
    if (profile.sessionToken !== undefined && !isRole && !hasSession(act.world, profile)) continue;
    const due = profile.sessionToken !== undefined && isRole && which(profile);
    const { name, principal } = profile;
    const issued = due ? issueSession(act.world, { profile: name, principal }, platform) : undefined;
    act = issued === undefined ? { ...act, result: [...act.result, profile] } : joined(act, issued);
  }
  return act;
}

function hasSession(world: World, { accessKeyId }: Profile): boolean {
  return Object.values(world.accounts).some(({ sts }) => own(sts.sessions, accessKeyId) !== undefined);
}

function joined(act: ProfileAct<readonly Profile[]>, next: ProfileAct<Profile>): ProfileAct<readonly Profile[]> {
  return {
    world: next.world,
    patches: [...act.patches, ...next.patches],
    newBlobs: new Map([...act.newBlobs, ...next.newBlobs]),
    result: [...act.result, next.result],
  };
}

function issueKey(world: World, { profile, principal }: You, platform: Platform): ProfileAct<Profile> {
  const { account, name } = placeOf(world, principal);
  const input = { UserName: name.slice('user/'.length) };
  const caller = { kind: 'root', accountId: account?.id ?? world.primaryAccountId } as const;
  const call = { world, caller, service: 'iam', operation: 'CreateAccessKey', input };
  const performed = callAs(call, platform);
  if (performed.outcome.kind === 'error') {
    throw new Error(`No key for ${principal}: ${performed.outcome.error.message}`, { cause: performed.outcome.error });
  }
  const { AccessKey } = performed.outcome.output as { AccessKey: { AccessKeyId: string; SecretAccessKey: string } };
  const { world: after, patches, newBlobs } = performed;
  const result = {
    name: profile,
    principal,
    accessKeyId: AccessKey.AccessKeyId,
    secretAccessKey: AccessKey.SecretAccessKey,
  };
  return { world: after, patches, newBlobs, result };
}

function issueSession(world: World, { profile, principal }: You, platform: Platform): ProfileAct<Profile> | undefined {
  const { account, name } = placeOf(world, principal);
  const roleName = name.slice('role/'.length);
  if (account === undefined || own(account.iam.roles, roleName) === undefined) return undefined;
  const issued = issueRoleSession(world, {
    accountId: account.id,
    roleName,
    sessionName: profile,
    seconds: sessionSeconds,
    now: clockOf(world, platform),
    cloud: platform.cloud,
  });
  const { accessKeyId, secret, token } = issued.session;
  return {
    world: issued.world,
    patches: issued.patches,
    newBlobs: new Map(),
    result: {
      name: profile,
      principal,
      accessKeyId,
      secretAccessKey: secret,
      sessionToken: token,
      expiration: new Date(platform.realNow + sessionSeconds * 1000).toISOString(),
    },
  };
}
