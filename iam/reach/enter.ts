/** How a principal in hand gets another one: each way of the table, tried on each target that it could reach. */
import type { AccountPrincipal } from '../account/account.ts';
import { principalIn } from '../account/policies-in.ts';
import { passRole } from './by-passing.ts';
import { assumeRole, rewriteTrust, takeProvider } from './by-trust.ts';
import type { Credentials, Foothold, Proof, Setting, Step } from './foothold.ts';
import { proveAll } from './prove.ts';
import { proveOn } from './proved-on.ts';
import type { ReadKeys, TakeCredentials, TakeWorkload, Way } from './row.ts';
import { roleOfWorkload, workloadsOfKind } from './workloads.ts';

/** A principal that is entered, and how. */
export interface Entry {
  /** With the tags that it has then. */
  readonly target: AccountPrincipal;
  readonly credentials: Credentials;
  readonly proofs: readonly Proof[];
  /** What was done before, to make it possible. */
  readonly before?: readonly Step[];
}

/** Every principal that the way leads to from here; `isOfInterest` says of which that matters. */
export function* enter(
  setting: Setting,
  actor: Foothold,
  way: Way,
  isOfInterest: (target: AccountPrincipal) => boolean,
): Generator<Entry> {
  switch (way.kind) {
    case 'assume-role':
      yield* assumeRole(setting, actor, way, isOfInterest);
      break;
    case 'rewrite-trust':
      yield* rewriteTrust(setting, actor, way, isOfInterest);
      break;
    case 'take-provider':
      yield* takeProvider(setting, actor, way, isOfInterest);
      break;
    case 'take-credentials':
      yield* takeCredentials(setting, actor, way, isOfInterest);
      break;
    case 'pass-role':
      yield* passRole(setting, actor, way, isOfInterest);
      break;
    case 'take-workload':
      yield* takeWorkload(setting, actor, way, isOfInterest);
      break;
    case 'read-keys':
      yield* readKeys(setting, actor, way, isOfInterest);
      break;
    default:
      break;
  }
}

/** Other users of the caller's account. */
function* takeCredentials(
  setting: Setting,
  actor: Foothold,
  { needs, only, mfa }: TakeCredentials,
  isOfInterest: (target: AccountPrincipal) => boolean,
): Generator<Entry> {
  const account = setting.estate.accounts.find(({ accountId }) => accountId === actor.principal.accountId);
  for (const user of account?.users ?? []) {
    if (user.arn === actor.principal.arn || !isOfInterest(user)) continue;
    const proved = proveOn(setting, actor, user, needs);
    if (proved !== undefined) yield { ...proved, credentials: { only, mfa } };
  }
}

/** The roles of workloads, of whatever account. */
function* takeWorkload(
  setting: Setting,
  actor: Foothold,
  { needs, workload: kind }: TakeWorkload,
  isOfInterest: (target: AccountPrincipal) => boolean,
): Generator<Entry> {
  const entered = new Set<string>();
  for (const workload of workloadsOfKind(setting, kind)) {
    const role = roleOfWorkload(setting.estate, workload);
    if (role === undefined || role.arn === actor.principal.arn || entered.has(role.arn) || !isOfInterest(role))
      continue;
    const proofs = proveAll(setting, actor, needs, { workload, target: role.arn });
    if (proofs === undefined) continue;
    entered.add(role.arn);
    yield { target: role, proofs, credentials: {} };
  }
}

/** The users whose keys lie in the settings of workloads, of whatever account. */
function* readKeys(
  setting: Setting,
  actor: Foothold,
  { needs, workload: kind }: ReadKeys,
  isOfInterest: (target: AccountPrincipal) => boolean,
): Generator<Entry> {
  for (const workload of workloadsOfKind(setting, kind)) {
    const users = (workload.keysOf ?? []).flatMap((arn) => principalIn(setting.estate, arn) ?? []);
    const unread = users.filter((user) => user.arn !== actor.principal.arn && isOfInterest(user));
    const proofs = unread.length === 0 ? undefined : proveAll(setting, actor, needs, { workload });
    if (proofs === undefined) continue;
    for (const target of unread) yield { target, proofs, credentials: {} };
  }
}
