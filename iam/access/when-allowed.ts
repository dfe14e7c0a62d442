/**
 * When a request is allowed of which only a part is known. What the layers make of each other is asked of `decide` itself, with the
 * statements that speak in one case or another: there is no second reading of AWS's evaluation here.
 */
import { decide } from '../decide.ts';
import type { AnyRequest, ApplicablePolicies } from '../model.ts';
import type { AccessCondition } from './condition.ts';
import { ALWAYS, all, any, type Formula, idOf, leavesOf } from './formula.ts';
import type { Knowledge } from './knowledge.ts';
import { conditionsOf } from './readable.ts';
import { simplify } from './simplify.ts';
import { grantsIn, limitsIn, policiesOf, type Speaking, whenSilent } from './speaking.ts';

/** The conditions on open keys, of which every one must hold: none of them, and it is always allowed. Undefined: it never is. */
export type WhenAllowed = readonly AccessCondition[] | undefined;

export interface WhenOptions {
  /** Holds of every request that is thought of, beside what is known; it is not said again in the conditions. */
  readonly assumed?: Formula;
  /** What was found for callers of whom as much is known, of the same action, resource and context: kept by whoever asks about many. */
  readonly found?: Map<string, WhenAllowed>;
}

/**
 * When the request is allowed. Nothing is said of requests about which AWS says too little, or that it never makes: those in which a key
 * that policies ask for by Null holds an empty text, and those in which a key that policies take for one text holds several.
 */
export function whenAllowed(
  request: AnyRequest,
  policies: ApplicablePolicies,
  knowledge: Knowledge,
  { assumed = ALWAYS, found = new Map() }: WhenOptions = {},
): WhenAllowed {
  const subject = {
    request,
    action: request.action.toLowerCase(),
    context: knowledge.context,
    hasBoundary: policies.boundary !== undefined,
  };
  const byPolicies = () => (decide(request, policies).verdict === 'allowed' ? [] : undefined);
  const grants = grantsIn(policies, subject, knowledge);
  // Without a grant the other layers have nothing to limit; root needs none.
  if (grants.length === 0 && request.caller.kind !== 'root') return byPolicies();
  const speaking = [...grants, ...limitsIn(policies, subject, knowledge)];
  const settled = speaking.filter(({ when }) => when.kind === 'always');
  const open = speaking.filter(({ when }) => when.kind !== 'always');
  // Then the policies as they are answer the same, and are ready to be asked.
  if (open.length === 0) return byPolicies();
  const isAllowed = (chosen: readonly Speaking[]) =>
    decide(request, policiesOf(policies, chosen)).verdict === 'allowed';
  const allows = open.filter(({ isDeny }) => !isDeny);
  if (!isAllowed([...settled, ...allows])) return undefined;
  const denies = open.filter(({ isDeny }) => isDeny);
  const deciding = denies.filter((deny) => !isAllowed([...settled, ...allows, deny]));
  const granted = whenGranted(allows, (units) => isAllowed([...settled, ...units]));
  const formula = all([granted, whenSilent(deciding)]);
  const leaves = leavesOf(formula);
  // What the unique id of a role can be is told by the role.
  const isOwn = leaves.some(({ clause }) => clause.key === 'aws:userid');
  const id = isOwn ? '' : idOf(formula);
  if (found.has(id)) return found.get(id);
  const short = simplify(formula, assumed, knowledge);
  const when = short.kind === 'never' ? undefined : conditionsOf(short, knowledge, leaves);
  if (!isOwn) found.set(id, when);
  return when;
}

/**
 * When enough of the Allow statements apply. Statements of which one does what another does are taken together: those of one layer,
 * and in the resource's policy those that name the caller in the same way.
 */
function whenGranted(allows: readonly Speaking[], isEnough: (chosen: readonly Speaking[]) => boolean): Formula {
  if (isEnough([])) return ALWAYS;
  const units = [...grouped(allows).values()];
  const [first, ...others] = units;
  // All together are enough, or nobody would ask.
  if (first !== undefined && others.length === 0) return whenOne(first);
  const withAll = (except?: readonly Speaking[]) => units.filter((unit) => unit !== except).flat();
  const needed = units.filter((unit) => !isEnough(withAll(unit)));
  const base = all(needed.map(whenOne));
  if (isEnough(needed.flat())) return base;
  const isEnoughWith = (chosen: readonly (readonly Speaking[])[]) => isEnough([...needed, ...chosen].flat());
  const rest = alike(
    units.filter((unit) => !needed.includes(unit)),
    isEnoughWith,
  );
  const ways = smallestSets(rest, isEnoughWith);
  return all([base, any(ways.map((way) => all(way.map(whenOne))))]);
}

/**
 * The units of the resource's policy that do the same beside the others made one, and those that do nothing left out. One of them never
 * needs another: each is enough or not for itself.
 */
function alike(
  units: readonly (readonly Speaking[])[],
  isEnough: (chosen: readonly (readonly Speaking[])[]) => boolean,
): readonly (readonly Speaking[])[] {
  const [ofResource, others] = [true, false].map((is) => units.filter(([one]) => (one?.layer === 'resource') === is));
  const besides = subsetsOf(others ?? []);
  const effectOf = (unit: readonly (readonly Speaking[])[]) =>
    besides.map((chosen) => isEnough([...chosen, ...unit])).join();
  const none = effectOf([]);
  const merged = new Map<string, Speaking[]>();
  for (const unit of ofResource ?? []) {
    const effect = effectOf([unit]);
    if (effect !== none) merged.set(effect, [...(merged.get(effect) ?? []), ...unit]);
  }
  return [...(others ?? []), ...merged.values()];
}

function subsetsOf<Unit>(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const sets: (readonly Unit[])[] = [[]];
  for (const unit of units) sets.push(...sets.map((set) => [...set, unit]));
  return sets;
}

/** When one of the statements applies. */
function whenOne(unit: readonly Speaking[]): Formula {
  return any(unit.map(({ when }) => when));
}

function grouped(allows: readonly Speaking[]): ReadonlyMap<string, readonly Speaking[]> {
  const groups = new Map<string, Speaking[]>();
  for (const one of allows) {
    const { principal, conditions } = one.settled;
    const how = one.layer === 'resource' ? JSON.stringify([principal, conditions]) : '';
    const id = `${one.layer} ${one.level} ${how}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [one]);
    else group.push(one);
  }
  return groups;
}

/** The sets that are enough and lose that with any of their members, the small ones first. More of them never is less. */
function smallestSets<Unit>(
  units: readonly Unit[],
  isEnough: (chosen: readonly Unit[]) => boolean,
): readonly (readonly Unit[])[] {
  const found: (readonly Unit[])[] = [];
  let level: { readonly chosen: readonly Unit[]; readonly next: number }[] = [{ chosen: [], next: 0 }];
  while (level.length > 0) {
    const larger: typeof level = [];
    for (const { chosen, next } of level) {
      for (const [offset, unit] of units.slice(next).entries()) {
        const set = [...chosen, unit];
        if (found.some((smaller) => smaller.every((member) => set.includes(member)))) continue;
        if (isEnough(set)) found.push(set);
        else larger.push({ chosen: set, next: next + offset + 1 });
      }
    }
    level = larger;
  }
  return found;
}
