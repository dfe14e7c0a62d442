/**
 * Two sets of policies compared for all requests. A statement is a box of requests; what the allows of one have beyond the other is
 * found by subtracting boxes. A class that is left over is proved by a request on which `decide` answers differently.
 */

import { reachOf } from '../findings.ts';
import { fixedRule } from '../fixed-rules.ts';
import { isAboutKey } from '../kms-grants.ts';
import type { AnyRequest } from '../model.ts';
import type { Policy } from '../policy.ts';
import { type ActionClass, actionClasses, type KnownActions, TOLD_BY_STATEMENTS } from './actions.ts';
import type { Box } from './boxes.ts';
import { identityFrames, resourceFrames } from './callers.ts';
import { canonicalUsersIn, compareOverAccounts } from './canonical-users.ts';
import { type Comparison, type Contest, contrast, QUESTIONS, type Question } from './contrast.ts';
import type { Frame } from './frame.ts';
import { type Reading, readStatements } from './readings.ts';
import { replayIdentity, replayResource, replayResourceAlone } from './replays.ts';
import type { Term } from './search.ts';
import { renumbered, Settling, tellingPlaces } from './settling.ts';
import type { ActionSpace } from './space.ts';
import { requestsByAttachment, requestsByPrincipal } from './witness.ts';

export type { Answer, Comparison, Question } from './contrast.ts';

export interface CompareOptions {
  /** `identity` where absent. */
  readonly kind?: 'identity' | 'resource';
  /** The actions of AWS, for real names, resource types and keys. Without it every name is possible. */
  readonly actions?: KnownActions;
  /** How many boxes, and how many states of one automaton, are looked at before the answer is `unknown`. 20,000 where absent. */
  readonly budget?: number;
  /** All where absent. One that is not asked is answered `unknown`, and costs nothing. */
  readonly questions?: readonly Question[];
  /** Told of each request that the engine answers otherwise than its class: keys that contradict each other, or a bug. */
  readonly onUnreplayed?: (request: AnyRequest) => void;
}

/** Boxes, and states of one automaton, that are looked at where nothing else is asked for. */
export const BUDGET = 20_000;

/**
 * Compares identity policies, each side attached to the same user or role: how every request of that principal would be answered.
 * With the kind `resource`, policies of one resource: what they allow to whom, where the caller's own policies allow everything.
 * Total. Past the budget, or where only requests are left whose keys contradict each other, the answer is `unknown`. Every witness
 * has been decided for both sides before it is returned.
 */
export function compare(a: readonly Policy[], b: readonly Policy[], options: CompareOptions = {}): Comparison {
  if (options.kind === 'resource' && canonicalUsersIn([...a, ...b]).length > 0) {
    return compareOverAccounts(a, b, (ofA, ofB) => compare(ofA, ofB, options));
  }
  const { budget = BUDGET, onUnreplayed, questions = QUESTIONS } = options;
  const isIdentity = options.kind !== 'resource';
  const addressing = isIdentity ? 'by-attachment' : 'by-principal';
  const [ofA, ofB] = [readStatements(a, addressing), readStatements(b, addressing)];
  const all = [...ofA, ...ofB];
  const settling = new Settling(all, ofA.length, questions);
  const { exact, classes } = actionClasses(all, options.actions ?? new Map(), budget, {
    ...TOLD_BY_STATEMENTS,
    telling: (statements) => settling.on(statements).statements,
  });
  // What makes no difference about any action brings no keys, variables and resources into the analysis.
  const places = isIdentity ? tellingPlaces(classes, all.length) : [...all.keys()];
  const readings = places.flatMap((place) => all[place] ?? []);
  const split = places.filter((place) => place < ofA.length).length;
  const kind = isIdentity ? ofIdentity(a, b, readings) : ofResource(a, b, readings);
  const actions = classes.map((action) => ({ ...action, statements: renumbered(action.statements, places) }));
  const open = new Map(actions.map((action, i) => [action, settling.on(classes[i]?.statements ?? 0n).questions]));
  return contrast({
    ...kind,
    readings,
    exact: kind.exact && exact,
    actions,
    isOpen: isDecidedByPolicies,
    isAbout: (question, action) => open.get(action)?.includes(question) === true,
    termsIn: (space) => ({
      a: [kind.term(space, (i) => i < split)],
      b: [kind.term(space, (i) => i >= split)],
    }),
    budget,
    questions,
    onUnreplayed,
  });
}

type Kind = Pick<Contest, 'frames' | 'exact' | 'requestsOf' | 'replays'> & {
  readonly term: (space: ActionSpace, isOwn: (index: number) => boolean) => Term;
};

function ofIdentity(a: readonly Policy[], b: readonly Policy[], readings: readonly Reading[]): Kind {
  return {
    frames: identityFrames(readings),
    exact: true,
    requestsOf: requestsByAttachment,
    replays: [{ a: replayIdentity(a), b: replayIdentity(b) }],
    term: ({ boxes }, isOwn) => {
      const allows: Box[] = [];
      const denies: Box[] = [];
      for (const [i, box] of boxes.entries()) {
        if (box !== undefined && isOwn(i)) (readings[i]?.compiled.isDeny === true ? denies : allows).push(box);
      }
      return { allows, delegates: [], denies };
    },
  };
}

function ofResource(a: readonly Policy[], b: readonly Policy[], readings: readonly Reading[]): Kind {
  return {
    ...resourceFrames(readings),
    requestsOf: requestsByPrincipal,
    // A grant to the caller itself shows where it has nothing else, one to its account where its own policies allow.
    replays: [
      { a: replayResourceAlone(a), b: replayResourceAlone(b) },
      { a: replayResource(a), b: replayResource(b) },
    ],
    term: (space, isOwn) => {
      const allows: Box[] = [];
      const delegates: Box[] = [];
      const denies: Box[] = [];
      const foreign = foreignPoints(space);
      for (const [i, box] of space.boxes.entries()) {
        const reading = readings[i];
        if (box === undefined || reading === undefined || !isOwn(i)) continue;
        if (reading.compiled.isDeny) denies.push(box);
        else if (isGrant(reading, space.frame)) allows.push(box);
        else {
          delegates.push(box);
          const [resources = 0n, ...keys] = box;
          if ((resources & foreign) !== 0n) allows.push([resources & foreign, ...keys]);
        }
      }
      return { allows, delegates, denies };
    },
  };
}

/** Whether a statement gives the caller something that its own account could not give. */
function isGrant({ compiled }: Reading, { subjects }: Frame): boolean {
  const [subject] = subjects;
  if (subject === undefined || subject.request.caller.kind === 'root') return false;
  return reachOf(compiled, subject).reach !== 'delegated';
}

/**
 * Resources that need not be of the caller's own account, and keys, whose policy must always allow: there it counts that a policy names
 * the caller's account.
 */
function foreignPoints({ action, frame, resources }: ActionSpace): bigint {
  const caller = frame.subjects[0]?.request.caller;
  const own = caller !== undefined && 'accountId' in caller ? caller.accountId : undefined;
  let bits = 0n;
  for (const [i, { arn, accountId }] of resources.entries()) {
    const isForeign = accountId === undefined || accountId !== own || isAboutKey(action.action.toLowerCase(), arn);
    if (isForeign) bits |= 1n << BigInt(i);
  }
  return bits;
}

/** What no policy decides for these callers tells nothing about policies. */
function isDecidedByPolicies({ action }: ActionClass, { subjects }: Frame): boolean {
  const [subject] = subjects;
  return subject !== undefined && fixedRule({ ...subject.request, action }, action.toLowerCase()) === undefined;
}
