/** Whether a principal may do nothing beyond some statements, and all of others. */
import { actionsOn } from '../iam/analyse/actions-on.ts';
import { accessOf } from './access-of.ts';
import type { Bounds } from './decided-checks.ts';
import { boundOf, firstBeyond, ordinaryKeys } from './for-all.ts';
import type { Fork } from './fork.ts';
import { witnessReason } from './grade-access.ts';
import { knownActions } from './known-actions.ts';
import { failed, gone, type Outcome, passed } from './outcome.ts';
import { findWho, nameOfWho } from './who.ts';

/**
 * `atMost` is asked for requests with whatever condition keys; `atLeast` for ordinary requests, as `can` is, and for the keys that its
 * statements ask for. `when` settles keys for both.
 */
export function gradeBounds({ who, atMost, atLeast, when = {}, ...scene }: Bounds, fork: Fork): Outcome {
  const unprepared = fork.prepare(scene);
  if (unprepared !== undefined) return failed(unprepared);
  const name = nameOfWho(who);
  const found = findWho(fork.world, who, fork.grounds);
  if (found.kind === 'missing') return failed(gone(found.principal));
  if (found.kind === 'refused') {
    return atLeast === undefined ? passed : failed(`${name}: ${found.error.code}, ${found.error.message}`);
  }
  const { caller, world } = found;
  const own = accessOf(world, caller, fork.grounds.cloud.managedPolicies);
  if (atMost !== undefined) {
    const values = Object.entries(when).filter(([, value]) => value !== 'any');
    const held = Object.fromEntries(
      values.map(([key, value]) => [key, Array.isArray(value) ? value.map(String) : String(value)]),
    );
    const beyond = firstBeyond(own, boundOf(atMost), { keys: { values: held, open: 'all' } });
    if (beyond !== undefined) return failed(witnessReason(name, { ...beyond, caller }, found, fork));
  }
  if (atLeast !== undefined) {
    const wanted = boundOf(atLeast);
    const statements = wanted.bound.flatMap((policy) => policy.statements);
    const opened = statements.flatMap(({ conditions }) => conditions.map(({ key }) => key));
    const actions = statements.flatMap(({ action }) => (action.not ? ['*'] : action.values));
    const resources = statements.flatMap(({ resource }) =>
      resource === undefined || resource.not ? ['*'] : resource.values,
    );
    const keys = ordinaryKeys(actions, when, { world, platform: fork.grounds, opened });
    const missing = firstBeyond(wanted, own, { keys, actions: actionsOn(actions, resources, knownActions()) });
    if (missing !== undefined) return failed(witnessReason(name, { ...missing, caller }, found, fork, keys));
  }
  return passed;
}
