/**
 * Two sets of policies compared for all requests. A statement is a box of requests; what the allows of one have beyond the other is
 * found by subtracting boxes. A class that is left over is proved by a request on which `decide` answers differently.
 */
import { fixedRule } from '../fixed-rules.ts';
import type { AnyRequest } from '../model.ts';
import type { Policy } from '../policy.ts';
import { actionClasses, type KnownActions } from './actions.ts';
import { Budget } from './boxes.ts';
import { identityViewpoints } from './callers.ts';
import { readStatements } from './readings.ts';
import { beyond, type Candidate, candidates, common, sideOf } from './search.ts';
import { requestSpace } from './space.ts';
import { assignments } from './symbols.ts';
import { type Replay, replayIdentity, requestsOf } from './witness.ts';

export type Answer = 'yes' | 'no' | 'unknown';

export interface CompareOptions {
  /** The actions of AWS, for real names, resource types and keys. Without it every name is possible. */
  readonly actions?: KnownActions;
  /** How many boxes, and how many states of one automaton, are looked at before the answer is `unknown`. 20,000 where absent. */
  readonly budget?: number;
  /** Told of each request that the engine answers otherwise than its class: keys that contradict each other, or a bug. */
  readonly onUnreplayed?: (request: AnyRequest) => void;
}

export interface Comparison {
  /** Whether everything that A allows is allowed by B. */
  readonly aInB: Answer;
  readonly bInA: Answer;
  /** Whether no request is allowed by both. */
  readonly disjoint: Answer;
  /** What A allows and B does not, where `aInB` is `no`. */
  readonly witnessA?: AnyRequest;
  /** What B allows and A does not, where `bInA` is `no`. */
  readonly witnessB?: AnyRequest;
}

const BUDGET = 20_000;
/** Classes that are played back before the answer is `unknown`. */
const MOST_REPLAYED = 48;

/**
 * Compares identity policies, each side attached to the same user or role: how every request of that principal would be answered.
 * Total. Past the budget, or where only requests are left whose keys contradict each other, the answer is `unknown`. Every witness
 * has been decided for both sides before it is returned.
 */
export function compare(a: readonly Policy[], b: readonly Policy[], options: CompareOptions = {}): Comparison {
  const found = search(a, b, options);
  const [byA, byB] = [replayIdentity(a), replayIdentity(b)];
  const prove = (classes: readonly Candidate[], isProof: Replay) =>
    proof(classes, isProof, found.isExhaustive, options);
  const inA = prove(found.beyondB, (request) => byA(request) && !byB(request));
  const inB = prove(found.beyondA, (request) => byB(request) && !byA(request));
  const both = prove(found.common, (request) => byA(request) && byB(request));
  return {
    aInB: inA.answer,
    bInA: inB.answer,
    disjoint: both.answer,
    ...(inA.witness === undefined ? {} : { witnessA: inA.witness }),
    ...(inB.witness === undefined ? {} : { witnessB: inB.witness }),
  };
}

interface Found {
  readonly beyondB: readonly Candidate[];
  readonly beyondA: readonly Candidate[];
  readonly common: readonly Candidate[];
  /** Whether nothing was left out: what is not found does not exist. */
  readonly isExhaustive: boolean;
}

function search(a: readonly Policy[], b: readonly Policy[], options: CompareOptions): Found {
  const limit = options.budget ?? BUDGET;
  const readings = readStatements([...a, ...b]);
  const split = readStatements(a).length;
  const budget = new Budget(limit);
  const actions = actionClasses(readings, options.actions ?? new Map(), limit);
  const beyondB: Candidate[] = [];
  const beyondA: Candidate[] = [];
  const shared: Candidate[] = [];
  let exact = actions.exact;
  for (const view of identityViewpoints(readings)) {
    for (const assignment of assignments(readings, view.who, limit)) {
      const space = requestSpace(readings, view, assignment, limit);
      exact &&= space.exact;
      for (const action of actions.classes) {
        // What no policy decides for these callers tells nothing about policies.
        if (fixedRule({ ...view.subject.request, action: action.action }, action.action.toLowerCase()) !== undefined)
          continue;
        const here = space.forAction(action);
        if (here === undefined) {
          exact = false;
          continue;
        }
        const ofA = sideOf(here, readings, (i) => i < split);
        const ofB = sideOf(here, readings, (i) => i >= split);
        beyondB.push(...candidates(beyond(ofA, ofB, budget), here, view, assignment));
        beyondA.push(...candidates(beyond(ofB, ofA, budget), here, view, assignment));
        if (shared.length < MOST_REPLAYED) {
          shared.push(...candidates(common(ofA, ofB, budget), here, view, assignment));
        }
      }
    }
  }
  return { beyondB, beyondA, common: shared, isExhaustive: exact && !budget.isSpent };
}

/** No class left: `yes`, if none was left out. Else the first whose request the engine confirms. */
function proof(
  classes: readonly Candidate[],
  isProof: Replay,
  isExhaustive: boolean,
  { onUnreplayed }: CompareOptions,
): { answer: Answer; witness?: AnyRequest } {
  const cheapest = [...classes].sort((one, two) => one.cost - two.cost);
  for (const { cell } of cheapest.slice(0, MOST_REPLAYED)) {
    const requests = requestsOf(cell);
    const witness = requests.find(isProof);
    if (witness !== undefined) return { answer: 'no', witness };
    for (const request of requests) onUnreplayed?.(request);
  }
  return { answer: classes.length === 0 && isExhaustive ? 'yes' : 'unknown' };
}
