/** Whether a principal may do nothing beyond some statements, and all of others. */
import type { ConditionClause } from '../iam/policy.ts';
import { accessOf } from './access-of.ts';
import type { Bounds } from './decided-checks.ts';
import { boundOf, firstBeyond, ordinaryKeys } from './for-all.ts';
import type { Fork } from './fork.ts';
import { witnessReason } from './grade-access.ts';
import { failed, gone, type Outcome, passed } from './outcome.ts';
import { findWho, nameOfWho } from './who.ts';

/**
 * `atMost` is asked for requests with whatever condition keys; `atLeast` for ordinary requests, as `can` is, and for the keys that its
 * statements ask for. `when` settles keys for both.
 */
export function gradeBounds({ who, atMost, atLeast, when = {}, given }: Bounds, fork: Fork): Outcome {
  const unprepared = fork.prepare(given);
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
    const beyond = firstBeyond(own, boundOf(atMost), { values: held, open: 'all' });
    if (beyond !== undefined) return failed(witnessReason(name, { ...beyond, caller }, found, fork));
  }
  if (atLeast !== undefined) {
    const wanted = boundOf(atLeast);
    const statements = wanted.bound.flatMap((policy) => policy.statements);
    const opened = statements.flatMap(({ conditions }) => conditions.map(({ key }: ConditionClause) => key));
    const actions = statements.flatMap(({ action }) => (action.not ? ['*'] : action.values));
    const keys = ordinaryKeys(actions, when, { world, platform: fork.grounds, opened });
    const missing = firstBeyond(wanted, own, keys);
    if (missing !== undefined) return failed(witnessReason(name, { ...missing, caller }, found, fork, keys));
  }
  return passed;
}
