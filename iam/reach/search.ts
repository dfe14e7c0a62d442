/** The search: states of principals in hand, the nearest first, each tried on every way of the table. */
import type { AccountPrincipal } from '../account/account.ts';
import { isAdministrator, isUnsurpassed } from './administrator.ts';
import { alterations, byDeputy } from './change.ts';
import { create } from './create.ts';
import { type Entry, enter } from './enter.ts';
import { changed, type Foothold, foothold, type Setting, type Step } from './foothold.ts';
import { isGain } from './gain.ts';
import { openResources, persist } from './open.ts';
import { Powers } from './power.ts';
import { proveAll } from './prove.ts';
import type { Reach, Reached } from './reach.ts';
import type { Deputy, NewPrincipal, Way } from './row.ts';
import { REACH_ROWS, rowOrder } from './rows/index.ts';
import { compositeOf, type Entered, isDetour, type Pending, type State } from './state.ts';
import { mayAllow } from './statements.ts';
import { joined, stepOf } from './steps.ts';
import { isUndecided } from './undecided.ts';
import { roleOfWorkload, workloadsOfKind } from './workloads.ts';

const BUDGET = 20_000;
/** More changes of one principal than these are not put together. */
const MOST_CHANGES = 8;
/** Nor more states of one principal than these looked at. */
const MOST_STATES = 500;
/** The row of a Deny that is taken away, also by overwriting what holds it. */
const LIFTED_DENY = '26';

interface NumberedWay {
  readonly path: string;
  readonly way: Way;
}

const WAYS: readonly NumberedWay[] = REACH_ROWS.flatMap(({ path, ways }) => ways.map((way) => ({ path, way })));

/** One search from one principal. */
export class Search {
  readonly #setting: Setting;
  readonly #from: AccountPrincipal;
  readonly #budget: number;
  /** Other accounts may trust a principal that an administrator has yet to change. */
  readonly #isOneAccount: boolean;
  readonly #powers = new Powers();
  readonly #states = new Map<string, State>();
  readonly #statesOf = new Map<string, State[]>();
  readonly #pending = new Map<string, Pending[]>();
  /** What the pending changes make of whom. */
  readonly #effects = new Set<string>();
  /** By number of steps. */
  readonly #queue: State[][] = [];
  readonly #reached = new Map<string, Reached>();
  readonly #undecided = new Set<string>();
  #isComplete = true;
  readonly #ruling = new Map<string, boolean>();
  /** The fewest steps to an administrator, by account. */
  readonly #ruledAfter = new Map<string, number>();
  /** Who rules after the fewest steps, by account. */
  readonly #unsurpassed = new Map<string, State>();

  constructor(setting: Setting, from: AccountPrincipal, budget = BUDGET) {
    this.#setting = setting;
    this.#from = from;
    this.#budget = budget;
    this.#isOneAccount = setting.estate.accounts.length === 1;
  }

  run(): Reach {
    this.#add(foothold(this.#from, [], this.#setting.now), undefined, 0);
    for (let depth = 0; depth < this.#queue.length; depth++) {
      // Every step leads to a later list. Those who rule come first: what they reach, others need not.
      const level = this.#queue[depth] ?? [];
      for (const state of level.filter(({ rules }) => rules)) this.#explore(state);
      for (const state of level.filter(({ rules }) => !rules)) this.#explore(state);
    }
    const states = [...this.#states.values()];
    const ways = states.filter((state) => state.isAdministrator).map(({ held }) => held.steps);
    const [administrator] = ways.sort((a, b) => a.length - b.length);
    return {
      admin: administrator !== undefined,
      ...(administrator === undefined ? {} : { administrator }),
      reaches: [...this.#reached.values()].sort(byLength),
      notDecided: [...this.#undecided].sort((a, b) => rowOrder(a) - rowOrder(b)),
      complete: this.#isComplete,
    };
  }

  /** A state that is known already only gets another way into it. Undefined past the budget. */
  #add(held: Foothold, entered: Entered | undefined, changes: number): State | undefined {
    const key = this.#powers.waysKeyOf(held);
    const known = this.#states.get(key);
    if (known !== undefined) {
      if (entered !== undefined) known.entered.push(entered);
      return known;
    }
    const { arn } = held.principal;
    const others = this.#statesOf.get(arn) ?? [];
    if (this.#states.size >= this.#budget || others.length >= MOST_STATES) {
      this.#isComplete = false;
      return undefined;
    }
    const administers = isAdministrator(this.#setting, held);
    const state: State = {
      held,
      isAdministrator: administers,
      rules: administers || isUnsurpassed(this.#setting, held),
      entered: entered === undefined ? [] : [entered],
      changes,
    };
    this.#states.set(key, state);
    this.#enqueue(state);
    this.#statesOf.set(arn, [...others, state]);
    for (const pending of this.#pending.get(arn) ?? []) this.#combine(state, pending);
    return state;
  }

  #enqueue(state: State): void {
    const depth = state.held.steps.length;
    const { accountId } = state.held.principal;
    if (state.isAdministrator && depth < this.#stepsToRuler(accountId)) this.#ruledAfter.set(accountId, depth);
    if (state.rules && depth < (this.#unsurpassed.get(accountId)?.held.steps.length ?? Number.POSITIVE_INFINITY)) {
      this.#unsurpassed.set(accountId, state);
    }
    while (this.#queue.length <= depth) this.#queue.push([]);
    this.#queue[depth]?.push(state);
  }

  /** Infinite where no administrator of the account is at hand yet. */
  #stepsToRuler(accountId: string): number {
    return this.#ruledAfter.get(accountId) ?? Number.POSITIVE_INFINITY;
  }

  #report(arn: string, path: string, steps: readonly Step[]): void {
    const key = `${arn} ${path}`;
    const known = this.#reached.get(key);
    if (known === undefined || known.steps.length > steps.length) this.#reached.set(key, { arn, steps });
  }

  /** Once one who rules the account is at hand, others are asked only for what it has not reached. */
  #explore(state: State): void {
    const ruler = this.#unsurpassed.get(state.held.principal.accountId);
    const isRuler = ruler === state && !(state.isAdministrator && this.#isOneAccount);
    const isRuled = ruler !== undefined && ruler.held.steps.length <= state.held.steps.length && !isRuler;
    for (const { path, way } of WAYS) {
      if (!this.#mayGo(state, way)) continue;
      this.#enter(state, path, way, (target) => this.#isOfInterest(target, isRuled));
      // An administrator changes others only for what they are to other accounts.
      if (!isRuled && (!state.isAdministrator || way.kind === 'change')) this.#tryOn(state, path, way);
    }
  }

  /** Whether the principal could be allowed everything that the way needs. */
  #mayGo({ held }: State, way: Way): boolean {
    return (
      'needs' in way && way.needs.every(({ action }) => isByToken(action) || mayAllow(this.#setting, held, action))
    );
  }

  #isOfInterest({ arn }: AccountPrincipal, isRuled: boolean): boolean {
    return arn !== this.#from.arn && !(isRuled && this.#statesOf.has(arn));
  }

  #enter(state: State, path: string, way: Way, isOfInterest: (target: AccountPrincipal) => boolean): void {
    for (const { target, credentials, proofs, before = [] } of enter(this.#setting, state.held, way, isOfInterest)) {
      this.#take(state, target, credentials, before, stepOf(state.held, target.arn, path, proofs));
    }
  }

  #take(by: State, target: AccountPrincipal, credentials: Entry['credentials'], before: readonly Step[], step: Step) {
    const steps = [...by.held.steps, ...before, step];
    const state = this.#add(foothold(target, steps, this.#setting.now, credentials), { by, before, step }, 0);
    if (state !== undefined && !isDetour(steps, state)) this.#report(target.arn, step.path, steps);
  }

  /** What is not entering: changes, new principals, resources, and what stays. */
  #tryOn(state: State, path: string, way: Way): void {
    const { held } = state;
    switch (way.kind) {
      case 'change':
        for (const target of this.#changeable(state)) {
          for (const alteration of alterations(this.#setting, held, target, way)) {
            this.#change({ by: state, path, change: way.change, alteration }, target);
          }
        }
        break;
      case 'deputy':
        this.#deputy(state, path, way);
        break;
      case 'new-principal':
        this.#create(state, path, way);
        break;
      case 'open-resource':
        for (const { resource, proofs } of openResources(this.#setting, held, way)) {
          this.#report(resource, path, [...held.steps, stepOf(held, resource, path, proofs)]);
        }
        break;
      case 'persist':
        if (state.changes > 0) break;
        for (const calls of persist(this.#setting, held, way)) {
          const steps = calls.map(({ by, to, proofs }) => stepOf(by, to, path, proofs));
          this.#report(held.principal.arn, path, [...held.steps, ...steps]);
        }
        break;
      default:
        break;
    }
    const isOpen = this.#setting.workloads === undefined && !this.#undecided.has(path);
    if (isOpen && isUndecided(this.#setting, held, way)) this.#undecided.add(path);
  }

  /** Itself as it is now, and the account's others as they are in it. Who rules gains nothing. */
  #changeable({ held }: State): readonly AccountPrincipal[] {
    const { principal } = held;
    const account = this.#setting.estate.accounts.find(({ accountId }) => accountId === principal.accountId);
    const others = [...(account?.users ?? []), ...(account?.roles ?? [])].filter(
      (target) => target.arn !== principal.arn && !this.#rules(target),
    );
    return [principal, ...others];
  }

  /** Whether nobody of its account can do more than a principal as it stands. */
  #rules(principal: AccountPrincipal): boolean {
    const known = this.#ruling.get(principal.arn);
    if (known !== undefined) return known;
    const held = foothold(principal, [], this.#setting.now);
    const rules = isAdministrator(this.#setting, held) || isUnsurpassed(this.#setting, held);
    this.#ruling.set(principal.arn, rules);
    return rules;
  }

  #change(pending: Pending, target: AccountPrincipal): void {
    const { arn } = target;
    if (arn === pending.by.held.principal.arn) {
      this.#combine(pending.by, pending);
      return;
    }
    // Others who can do the same come later, or from as near.
    const effect = `${pending.path} ${this.#powers.keyOf(foothold(pending.alteration.apply(target), [], 0))}`;
    if (this.#effects.has(effect)) return;
    this.#effects.add(effect);
    this.#pending.set(arn, [...(this.#pending.get(arn) ?? []), pending]);
    for (const state of this.#statesOf.get(arn) ?? []) this.#combine(state, pending);
  }

  /** A new principal is worth telling where it rules: otherwise it is what delegation is for. */
  #create(state: State, path: string, way: NewPrincipal): void {
    const created = create(this.#setting, state.held, way);
    if (created === undefined) return;
    const { principal, proofs } = created;
    const steps = [...state.held.steps, stepOf(state.held, principal.arn, path, proofs)];
    const made = this.#add(foothold(principal, steps, this.#setting.now), undefined, 1);
    if (made?.isAdministrator && !isDetour(steps, made)) this.#report(principal.arn, path, steps);
  }

  /** A principal in hand, changed by itself or by another that is in hand too. */
  #combine(state: State, { by, path, change, alteration }: Pending): void {
    const { principal, steps: taken } = state.held;
    if (state.rules) return;
    const altered = alteration.apply(principal);
    if (this.#powers.keyOf({ ...state.held, principal: altered }) === this.#powers.keyOf(state.held)) return;
    if (state.changes >= MOST_CHANGES) {
      this.#isComplete = false;
      return;
    }
    const own = stepOf(by.held, principal.arn, path, alteration.proofs);
    const before = [...joined(taken, by.held.steps), ...alteration.before];
    const steps = compositeOf(state, by, change, own, alteration.before) ?? [...before, own];
    if (this.#isOneAccount && this.#stepsToRuler(principal.accountId) < steps.length) return;
    const next = this.#add(changed(state.held, altered, steps), undefined, state.changes + 1);
    // What matters to no way leaves the state as it was, and may be a gain all the same.
    if (next === undefined || (next !== state && isDetour(steps, next))) return;
    if (!next.isAdministrator && !isGain(change, principal, altered)) return;
    this.#report(principal.arn, (steps.at(-1) ?? own).path, steps);
    if (alteration.liftsDeny) this.#report(principal.arn, LIFTED_DENY, [...before, { ...own, path: LIFTED_DENY }]);
  }

  #deputy(state: State, path: string, way: Deputy): void {
    for (const workload of workloadsOfKind(this.#setting, way.workload)) {
      const role = roleOfWorkload(this.#setting.estate, workload);
      const invoked = role && proveAll(this.#setting, state.held, way.needs, { workload });
      if (role === undefined || invoked === undefined) continue;
      const deputy = foothold(role, [], this.#setting.now);
      for (const alteration of byDeputy(this.#setting, state.held, deputy, way)) {
        const proofs = [...invoked, ...alteration.proofs];
        this.#combine(state, { by: state, path, change: 'attach', alteration: { ...alteration, proofs } });
      }
    }
  }
}

/** Called by the holder of a token, not by the principal. */
function isByToken(action: string): boolean {
  return action === 'sts:AssumeRoleWithWebIdentity';
}

function byLength(a: Reached, b: Reached): number {
  if (a.steps.length !== b.steps.length) return a.steps.length - b.steps.length;
  if (a.arn !== b.arn) return a.arn < b.arn ? -1 : 1;
  return rowOrder(a.steps.at(-1)?.path ?? '') - rowOrder(b.steps.at(-1)?.path ?? '');
}
