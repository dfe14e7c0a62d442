/**
 * Two sets of policies compared for all requests. A statement is a box of requests; what the allows of one have beyond the other is
 * found by subtracting boxes. A class that is left over is proved by a request on which `decide` answers differently.
 */
import { fixedRule } from '../fixed-rules.ts';
import type { AnyRequest } from '../model.ts';
import type { Policy } from '../policy.ts';
import { actionClasses, type KnownActions } from './actions.ts';
import { type Box, Budget } from './boxes.ts';
import { identityViewpoints, resourceViewpoints, type Viewpoints } from './callers.ts';
import { type Reading, readStatements } from './readings.ts';
import { beyond, type Candidate, candidates, common, sideOf } from './search.ts';
import { type Memory, requestSpace, type Viewpoint } from './space.ts';
import { type Assignment, assignments } from './symbols.ts';
import { type Replay, replayIdentity, replayResource, requestsOf } from './witness.ts';

export type Answer = 'yes' | 'no' | 'unknown';

export interface CompareOptions {
  /** `identity` where absent. */
  readonly kind?: 'identity' | 'resource';
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
 * With the kind `resource`, policies of one resource: what they allow to whom, where the caller's own policies allow everything.
 * Total. Past the budget, or where only requests are left whose keys contradict each other, the answer is `unknown`. Every witness
 * has been decided for both sides before it is returned.
 */
export function compare(a: readonly Policy[], b: readonly Policy[], options: CompareOptions = {}): Comparison {
  const replay = options.kind === 'resource' ? replayResource : replayIdentity;
  const [byA, byB] = [replay(a), replay(b)];
  const beyondB = new Question((request) => byA(request) && !byB(request));
  const beyondA = new Question((request) => byB(request) && !byA(request));
  const both = new Question((request) => byA(request) && byB(request));
  const questions = [beyondB, beyondA, both];

  const limit = options.budget ?? BUDGET;
  const budget = new Budget(limit);
  const readings = readStatements([...a, ...b]);
  const split = readStatements(a).length;
  const actions = actionClasses(readings, options.actions ?? new Map(), limit);
  const memory: Memory = { keys: new Map(), resources: new Map() };
  const allowing = readings.reduce((bits, { compiled }, i) => (compiled.isDeny ? bits : bits | (1n << BigInt(i))), 0n);
  const { views, exact: hasAllViews } = viewpointsOf(readings, options);
  let exact = actions.exact && hasAllViews;
  for (const { view, assignment } of standpoints(views, readings, limit)) {
    const open = questions.filter((question) => question.isOpen);
    if (open.length === 0 || budget.isSpent) break;
    const space = requestSpace(readings, view, assignment, limit, memory);
    exact &&= space.exact;
    for (const action of actions.classes) {
      if ((action.statements & allowing) === 0n) continue;
      // What no policy decides for these callers tells nothing about policies.
      const asked = { ...view.subject.request, action: action.action };
      if (fixedRule(asked, action.action.toLowerCase()) !== undefined) continue;
      const here = space.forAction(action);
      if (here === undefined) {
        exact = false;
        continue;
      }
      const ofA = sideOf(here, readings, (i) => i < split);
      const ofB = sideOf(here, readings, (i) => i >= split);
      const add = (question: Question, boxes: Iterable<Box>) => {
        if (question.isOpen) question.add(candidates(boxes, here, view, assignment));
      };
      add(beyondB, beyond(ofA, ofB, budget));
      add(beyondA, beyond(ofB, ofA, budget));
      add(both, common(ofA, ofB, budget));
    }
    for (const question of open) question.prove(options.onUnreplayed);
  }
  const isExhaustive = exact && !budget.isSpent;
  const { witness: witnessA } = beyondB;
  const { witness: witnessB } = beyondA;
  return {
    aInB: beyondB.answer(isExhaustive),
    bInA: beyondA.answer(isExhaustive),
    disjoint: both.answer(isExhaustive),
    ...(witnessA === undefined ? {} : { witnessA }),
    ...(witnessB === undefined ? {} : { witnessB }),
  };
}

function viewpointsOf(readings: readonly Reading[], { kind }: CompareOptions): Viewpoints {
  return kind === 'resource' ? resourceViewpoints(readings) : { views: identityViewpoints(readings), exact: true };
}

/** Kinds of callers, each with every class of the variables' values, the plainest first. */
function* standpoints(
  views: readonly Viewpoint[],
  readings: readonly Reading[],
  limit: number,
): Generator<{ view: Viewpoint; assignment: Assignment }> {
  for (const view of views) {
    for (const assignment of assignments(readings, view.who, limit)) yield { view, assignment };
  }
}

/** Whether there is a request of some sort: `yes` means that there is none. */
class Question {
  witness: AnyRequest | undefined;
  private readonly isProof: Replay;
  private pending: Candidate[] = [];
  private replayed = 0;
  private leftOver = false;

  constructor(isProof: Replay) {
    this.isProof = isProof;
  }

  get isOpen(): boolean {
    return this.witness === undefined;
  }

  add(found: readonly Candidate[]): void {
    this.pending.push(...found);
  }

  /** Plays the classes back, the cheapest first, until the engine confirms one. */
  prove(onUnreplayed: CompareOptions['onUnreplayed']): void {
    const cheapest = this.pending.sort((one, two) => one.cost - two.cost);
    this.pending = [];
    for (const { cell } of cheapest) {
      this.leftOver = true;
      if (this.replayed++ >= MOST_REPLAYED) return;
      const requests = requestsOf(cell);
      this.witness = requests.find(this.isProof);
      if (this.witness !== undefined) return;
      for (const request of requests) onUnreplayed?.(request);
    }
  }

  answer(isExhaustive: boolean): Answer {
    if (this.witness !== undefined) return 'no';
    return isExhaustive && !this.leftOver ? 'yes' : 'unknown';
  }
}
