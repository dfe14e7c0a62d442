/**
 * Two sides contrasted for all requests: boxes of requests are subtracted from each other, and a class that is left over is proved by a
 * request on which the engine answers differently for the two.
 */
import type { AnyRequest } from '../model.ts';
import type { ActionClass } from './actions.ts';
import { type Box, Budget } from './boxes.ts';
import type { Frame } from './frame.ts';
import type { Reading } from './readings.ts';
import { beyond, type Candidate, candidates, common, type Term } from './search.ts';
import { type ActionSpace, FrameSpaces, SpaceMemory } from './space.ts';
import { assignments, type SymbolMemory } from './symbols.ts';
import type { Cell } from './witness.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** The questions of a comparison, by the names of their answers. */
export type Question = 'aInB' | 'bInA' | 'disjoint';

export const QUESTIONS: readonly Question[] = ['aInB', 'bInA', 'disjoint'];

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

/** Whether a side allows the request: asked of the engine. */
export type Replay = (request: AnyRequest) => boolean;

export interface Contest {
  readonly readings: readonly Reading[];
  readonly frames: readonly Frame[];
  /** Whether there is a frame for every caller that the statements tell apart, and a class for each action. */
  readonly exact: boolean;
  readonly actions: readonly ActionClass[];
  /** Whether policies decide about the action at all. */
  readonly isOpen: (action: ActionClass, frame: Frame) => boolean;
  /** Whether the question is open about the action; every one is where it is undefined. */
  readonly isAbout?: (question: Question, action: ActionClass) => boolean;
  /** Both sides, in one space. */
  readonly termsIn: (
    space: ActionSpace,
    budget: Budget,
  ) => { readonly a: readonly Term[]; readonly b: readonly Term[] };
  /** Requests of a class, the likeliest first. Keys that depend on each other may not agree in all of them. */
  readonly requestsOf: (cell: Cell) => readonly AnyRequest[];
  /** How the engine is asked about each side; with several ways one that tells the sides apart is enough. */
  readonly replays: readonly { readonly a: Replay; readonly b: Replay }[];
  readonly budget: number;
  /** All where undefined. One that is not asked is answered `unknown`. */
  readonly questions: readonly Question[] | undefined;
  readonly onUnreplayed: ((request: AnyRequest) => void) | undefined;
}

/** Classes that are played back before the answer is `unknown`. */
const MOST_REPLAYED = 48;

/** Total. Past the budget, or where only requests are left whose keys contradict each other, an answer is `unknown`. */
export function contrast(contest: Contest): Comparison {
  const { readings, frames, actions, replays, onUnreplayed, questions: asked = QUESTIONS } = contest;
  const about = (question: Question, isProof: (a: boolean, b: boolean) => boolean) => {
    const isReplayed: Replay = (request) => replays.some(({ a, b }) => isProof(a(request), b(request)));
    return new Search(question, contest.requestsOf, isReplayed, asked.includes(question) ? 'asked' : 'not-asked');
  };
  const beyondB = about('aInB', (a, b) => a && !b);
  const beyondA = about('bInA', (a, b) => b && !a);
  const both = about('disjoint', (a, b) => a && b);
  const questions = [beyondB, beyondA, both];
  const { isAbout = () => true } = contest;
  const budget = new Budget(contest.budget);
  const memory = new SpaceMemory(readings);
  const symbols: SymbolMemory = new Map();
  for (const frame of frames) {
    if (!questions.some((question) => question.isOpen)) break;
    const spaces = new FrameSpaces(readings, frame, contest.budget, memory);
    const decided = actions.filter((action) => contest.isOpen(action, frame));
    const open = () =>
      questions.filter((question) => question.isOpen && decided.some((action) => isAbout(question.question, action)));
    if (open().length === 0) continue;
    for (const assignment of assignments(readings, frame, contest.budget, symbols)) {
      const left = open();
      if (left.length === 0) break;
      if (budget.isSpent) {
        for (const question of left) question.isExhaustive = false;
        break;
      }
      const spaceFor = spaces.spaces(assignment);
      for (const action of decided) {
        const asking = left.filter(({ question }) => isAbout(question, action));
        if (asking.length === 0) continue;
        const space = spaceFor(action);
        if (space?.exact !== true) for (const question of asking) question.isExhaustive = false;
        if (space === undefined) continue;
        const { a, b } = contest.termsIn(space, budget);
        for (const question of asking) question.add(candidates(BOXES[question.question](a, b, budget), space));
        if (budget.isSpent) for (const question of left) question.isExhaustive = false;
      }
      for (const question of left) question.prove(onUnreplayed);
    }
  }
  const { witness: witnessA } = beyondB;
  const { witness: witnessB } = beyondA;
  return {
    aInB: beyondB.answer(contest.exact),
    bInA: beyondA.answer(contest.exact),
    disjoint: both.answer(contest.exact),
    ...(witnessA === undefined ? {} : { witnessA }),
    ...(witnessB === undefined ? {} : { witnessB }),
  };
}

type Terms = readonly Term[];

/** Requests that answer a question by `no`. */
const BOXES: Readonly<Record<Question, (a: Terms, b: Terms, budget: Budget) => Iterable<Box>>> = {
  aInB: (a, b, budget) => beyond(a, b, budget),
  bInA: (a, b, budget) => beyond(b, a, budget),
  disjoint: (a, b, budget) => common(a, b, budget),
};

/** Whether there is a request of some sort: `yes` means that there is none. */
class Search {
  readonly question: Question;
  witness: AnyRequest | undefined;
  /** Whether every class of requests was looked at so far. */
  isExhaustive = true;
  private readonly isAsked: boolean;
  private readonly requestsOf: Contest['requestsOf'];
  private readonly isProof: Replay;
  private pending: Candidate[] = [];
  private replayed = 0;
  private leftOver = false;

  constructor(question: Question, requestsOf: Contest['requestsOf'], isProof: Replay, asked: 'asked' | 'not-asked') {
    this.question = question;
    this.isAsked = asked === 'asked';
    this.requestsOf = requestsOf;
    this.isProof = isProof;
  }

  get isOpen(): boolean {
    return this.isAsked && this.witness === undefined;
  }

  add(found: readonly Candidate[]): void {
    this.pending.push(...found);
  }

  /** Plays the classes back, the cheapest first, until the engine confirms one. */
  prove(onUnreplayed: Contest['onUnreplayed']): void {
    const cheapest = this.pending.sort((one, two) => one.cost - two.cost);
    this.pending = [];
    for (const { cell } of cheapest) {
      this.leftOver = true;
      if (this.replayed++ >= MOST_REPLAYED) return;
      const requests = this.requestsOf(cell);
      this.witness = requests.find(this.isProof);
      if (this.witness !== undefined) return;
      for (const request of requests) onUnreplayed?.(request);
    }
  }

  /** `exact`: whether there is a frame for every caller and a class for each action. */
  answer(exact: boolean): Answer {
    if (this.witness !== undefined) return 'no';
    return this.isAsked && exact && this.isExhaustive && !this.leftOver ? 'yes' : 'unknown';
  }
}
