/** A principal in hand, as strong as the steps have made it that led to it. */

import type { AccountPrincipal, AccountRole, AccountUser, Estate } from '../account/account.ts';
import { roleSession } from '../account/callers.ts';
import type { AnyCaller, AnyRequest, AttachedPolicy, Decision } from '../model.ts';
import type { Policy } from '../policy.ts';

/** A call that a step takes, and the decision that proves it. */
export interface Proof {
  readonly request: AnyRequest;
  readonly decision: Decision;
}

/** What one principal does to enter or to change another, or itself. */
export interface Step {
  /** ARN of the user or role that acts. */
  readonly from: string;
  /** ARN of the user, role or resource that is gained, or of the principal that is changed. */
  readonly to: string;
  /** The row's number. */
  readonly path: string;
  /** The permissions that it takes of who acts, each once, in the order of the calls. */
  readonly actions: readonly string[];
  /** Of these, and of what services and deputies do then. */
  readonly proofs: readonly Proof[];
}

/** Something that runs with a role. */
export interface WorkloadFacts {
  readonly arn: string;
  /** As the one who tells it calls it; the ARN says what it is. */
  readonly kind?: string;
  /** ARN of the role, or of the instance profile that holds it. */
  readonly role?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** ARNs of users whose access keys lie open in its settings. */
  readonly keysOf?: readonly string[];
}

/** What a search is given. */
export interface Setting {
  readonly estate: Estate;
  /** AWS managed policies by ARN, for those that could be attached. */
  readonly awsManaged: (arn: string) => Policy | undefined;
  /** Undefined: nobody knows what runs. */
  readonly workloads: readonly WorkloadFacts[] | undefined;
  /** When the calls are made, epoch milliseconds. */
  readonly now: number;
  /** Condition keys that every call carries; they win over those that the search sets. */
  readonly context: AnyRequest['context'];
}

export interface Foothold {
  /** As it is in the estate, or as it has been changed. */
  readonly principal: AccountPrincipal;
  readonly caller: AnyCaller;
  /** What limits the credentials; absent where they carry all that the principal may. */
  readonly session?: readonly AttachedPolicy[];
  readonly steps: readonly Step[];
}

const SESSION = 'session';

/** How a principal's credentials have come about. */
export interface Credentials {
  /** Patterns of actions that alone they can call. */
  readonly only?: readonly string[] | undefined;
  readonly mfa?: 'authenticated' | undefined;
  /** Set when the role was assumed; sessions that follow from this one keep it. */
  readonly sourceIdentity?: string | undefined;
}

/** A principal in hand by fresh credentials. */
export function foothold(
  principal: AccountPrincipal,
  steps: readonly Step[],
  now: number,
  { only, mfa, sourceIdentity }: Credentials = {},
): Foothold {
  const caller =
    principal.kind === 'role' ? sessionOf(principal, now, sourceIdentity) : userCaller(principal, now, mfa);
  if (only === undefined) return { principal, caller, steps };
  return { principal, caller, session: [limitedTo(only, principal)], steps };
}

/** The same credentials of a principal that has been changed. */
export function changed(held: Foothold, principal: AccountPrincipal, steps: readonly Step[]): Foothold {
  const caller: AnyCaller = 'tags' in held.caller ? { ...held.caller, tags: principal.tags } : held.caller;
  return { ...held, principal, caller, steps };
}

function sessionOf(role: AccountRole, now: number, sourceIdentity: string | undefined): AnyCaller {
  const caller = roleSession(role, SESSION, now);
  return sourceIdentity === undefined || caller.kind !== 'role-session'
    ? caller
    : { ...caller, session: { ...caller.session, sourceIdentity } };
}

/** The source identity of a session, which sessions that it gets keep. */
export function sourceIdentityOf({ caller }: Foothold): string | undefined {
  return caller.kind === 'role-session' ? caller.session.sourceIdentity : undefined;
}

function userCaller({ accountId, arn, name, id, tags }: AccountUser, now: number, mfa: Credentials['mfa']): AnyCaller {
  const user = { kind: 'user' as const, accountId, arn, name, id, tags };
  return mfa === undefined ? user : { ...user, session: { issuedAt: now, mfa: { authenticatedAt: now } } };
}

function limitedTo(actions: readonly string[], { name, arn }: AccountPrincipal): AttachedPolicy {
  const policy: Policy = { version: '2012-10-17', statements: [allowOf(actions)] };
  return { layer: 'session', name, kind: 'session', attachedTo: arn, policy };
}

function allowOf(actions: readonly string[]): Policy['statements'][number] {
  return {
    effect: 'Allow',
    action: { not: false, values: actions },
    resource: { not: false, values: ['*'] },
    conditions: [],
  };
}

/** What AdministratorAccess says, and whoever writes a policy to rule. */
export const EVERYTHING: Policy = { version: '2012-10-17', statements: [allowOf(['*'])] };
