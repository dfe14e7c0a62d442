/** That since the start nobody else has gained anything: whoever is there, whoever is new, anonymous callers and other accounts. */
import type { World } from '../cloud/world.ts';
import type { Access, ProtectedResource } from '../iam/analyse/access.ts';
import { callerArn } from '../iam/caller-arn.ts';
import { decideIn, protectedResources } from './access-of.ts';
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
  for (const { name, now, before } of everybodyChanged(fork, start)) {
    if (except.includes(name)) continue;
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

/** Whoever is new, and whoever may have gained: other policies speak for them, or on some resource. */
function everybodyChanged({ world, grounds }: Fork, start: World): readonly Compared[] {
  const { managedPolicies } = grounds.cloud;
  const started = new Map(principalsOf(start, managedPolicies).map(({ name, access }) => [name, access]));
  const everybody: readonly Compared[] = [
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
  const resources = changedResources(protectedResources(world), protectedResources(start));
  return everybody.flatMap(({ name, now, before }): readonly Compared[] => {
    if (before === undefined) return [{ name, now, before }];
    if (!isSameCaller(now, before)) return [{ name, now: { ...now, resources: resources.now }, before }];
    // Where the same policies speak for somebody, what is the same on a resource gives the same.
    const { changed, asTheyWere } = resources;
    if (changed.length === 0) return [];
    return [{ name, now: { ...now, resources: changed }, before: { ...before, resources: asTheyWere } }];
  });
}

/** Whether the same policies speak for the same tags and names. Ids are drawn anew with a principal. */
function isSameCaller(now: Access, before: Access): boolean {
  const own = ({ caller, policies }: Access) => JSON.stringify([{ ...caller, id: '', roleId: '' }, policies]);
  return own(now) === own(before);
}

type Resources = readonly ProtectedResource[];

interface ChangedResources {
  /** Those of now, and as they were those that are gone: what is not there gives nobody anything. */
  readonly now: Resources;
  /** Of them the ones on which other policies speak than at the start, or that are new. */
  readonly changed: Resources;
  /** The same ones as they were, without the new. */
  readonly asTheyWere: Resources;
}

function changedResources(now: Resources, before: Resources): ChangedResources {
  const there = new Set(now.map(arnOf));
  const known = new Set(before.map((resource) => JSON.stringify(resource)));
  const changed = now.filter((resource) => !known.has(JSON.stringify(resource)));
  const arns = new Set(changed.map(arnOf));
  return {
    now: [...now, ...before.filter((resource) => !there.has(arnOf(resource)))],
    changed,
    asTheyWere: before.filter((resource) => arns.has(arnOf(resource))),
  };
}

function arnOf({ arns }: ProtectedResource): string {
  return arns[0] ?? '';
}
