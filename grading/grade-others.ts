/** That since the start nobody else has gained anything: whoever is there, whoever is new, anonymous callers and other accounts. */
import type { World } from '../cloud/world.ts';
import type { Access } from '../iam/analyse/access.ts';
import { callerArn } from '../iam/caller-arn.ts';
import { decideIn } from './access-of.ts';
import type { OthersCheck } from './decided-checks.ts';
import { boundOf, firstBeyond } from './for-all.ts';
import type { Fork } from './fork.ts';
import { outsiderAccess, outsidersNamedIn, principalsOf } from './others.ts';
import { failed, type Outcome, passed } from './outcome.ts';
import { accessReason, keysIn } from './reason.ts';

/** Somebody, what they may do now, and what they might at the start: nothing, where they are new. */
interface Compared {
  readonly name: string;
  readonly now: Access;
  readonly before: Access | undefined;
}

/**
 * Compares what each may do now with what the same one might at the start, for all requests. What could not be decided for one counts
 * only where nobody is found to have gained.
 */
export function gradeOthers({ except, within }: OthersCheck['others'], start: World, fork: Fork): Outcome {
  const allowed = boundOf(within);
  let undecided: unknown;
  for (const { name, now, before } of everybody(fork, start)) {
    if (except.includes(name) || (before !== undefined && isUnchanged(now, before))) continue;
    try {
      const gained = firstBeyond(now, before === undefined ? allowed : [before, allowed]);
      if (gained === undefined) continue;
      const witness = { ...gained, caller: now.caller };
      const told = { who: name, action: witness.action, resource: witness.resource, given: keysIn(witness, {}) };
      return failed(`New since the start: ${accessReason(told, decideIn(fork.world, now.policies, witness))}`);
    } catch (error) {
      undecided ??= error;
    }
  }
  if (undecided !== undefined) throw undecided;
  return passed;
}

function everybody({ world, grounds }: Fork, start: World): readonly Compared[] {
  const { managedPolicies } = grounds.cloud;
  const started = new Map(principalsOf(start, managedPolicies).map(({ name, access }) => [name, access]));
  return [
    ...principalsOf(world, managedPolicies).map(({ name, access }) => ({
      name,
      now: access,
      before: started.get(name),
    })),
    ...outsidersNamedIn(world).map((caller) => ({
      name: callerArn(caller),
      now: outsiderAccess(caller, world),
      before: outsiderAccess(caller, start),
    })),
  ];
}

/**
 * Whether the same policies speak to the same tags and names: then nothing needs to be decided. Ids are drawn anew with a principal, and
 * a resource that is gone gives nobody anything.
 */
function isUnchanged(now: Access, before: Access): boolean {
  const own = ({ caller, policies }: Access) => JSON.stringify([{ ...caller, id: '', roleId: '' }, policies]);
  if (own(now) !== own(before)) return false;
  const known = textsOf(before);
  return [...textsOf(now)].every((text) => known.has(text));
}

const texts = new WeakMap<Access['resources'], ReadonlySet<string>>();

function textsOf({ resources }: Access): ReadonlySet<string> {
  const known = texts.get(resources) ?? new Set(resources.map((resource) => JSON.stringify(resource)));
  texts.set(resources, known);
  return known;
}
