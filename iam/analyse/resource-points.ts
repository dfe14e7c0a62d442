/**
 * The classes of resources for one kind of action: ARNs that the statements tell apart, with what goes with each of them (its owner, its
 * tags). Whether a statement speaks of a class is asked of the engine itself, about the class's representative.
 */
import { evaluateClause } from '../conditions/clause.ts';
import type { RequestContext } from '../request-context.ts';
import type { Outcome, Subject } from '../statement.ts';
import { type ActionClass, hasKey } from './actions.ts';
import type { Frame, KnownValues, SettledResource } from './frame.ts';
import { type KeyValue, type PlacedClause, textPatterns, valuesOfKey } from './key-values.ts';
import type { Pattern } from './language.ts';
import type { Reading } from './readings.ts';
import type { ResourceMemory } from './resource-memory.ts';
import type { AskResource } from './resource-outcomes.ts';
import { arnsOfAccount, resourcesOf, type Telling, tellingPatterns } from './resources.ts';
import type { Assignment } from './symbols.ts';

export interface ResourcePoint {
  readonly arn: string;
  /** Undefined where the account may be any. */
  readonly accountId: string | undefined;
  readonly zone: string;
  /** Values of keys that go with the resource and that `arn` does not settle. */
  readonly values: ReadonlyMap<string, KeyValue>;
}

export interface ResourceDimension {
  readonly points: readonly ResourcePoint[];
  /** For each statement the classes that its Resource element and its fixed conditions reach, and may reach. */
  readonly met: readonly bigint[];
  readonly possible: readonly bigint[];
  readonly exact: boolean;
}

const ACCOUNT = 'aws:resourceaccount';
const SIGNS: Readonly<Record<Outcome, string>> = { applies: '+', 'does-not-apply': '-', doubtful: '?' };
/** How many resources, each with all combinations of its keys, are looked at. */
const MOST_POINTS = 4000;

/** What all kinds of actions are asked with, in one space. */
export interface ResourceSetting {
  readonly readings: readonly Reading[];
  readonly frame: Frame;
  readonly assignment: Assignment;
  /** By speaker. */
  readonly contexts: readonly RequestContext[];
  readonly patterns: readonly Pattern[];
  readonly budget: number;
  readonly memory: ResourceMemory;
  readonly ask: AskResource;
}

/** Keys that go with the resource and that a clause or a variable asks for. */
export function keysOfResources(readings: readonly Reading[], frame: Frame, assignment: Assignment): readonly string[] {
  const keys = new Set<string>();
  for (const { compiled } of readings) for (const { key } of compiled.clauses) keys.add(key);
  for (const key of assignment.values.keys()) keys.add(key);
  return [...keys].filter((key) => frame.standing(key) === 'of-resource').sort();
}

/** The patterns that tell the action's resources apart. */
export function tellingOn(action: ActionClass, keys: readonly string[], setting: ResourceSetting): Telling {
  const { frame, patterns, memory } = setting;
  const accounts = keys.includes(ACCOUNT)
    ? placedOn(ACCOUNT, setting).flatMap(({ clause, context }) => textPatterns(clause, context))
    : [];
  const told = [...patterns, ...frame.resourcePatterns(action.service), ...accounts.map(arnsOfAccount)];
  return tellingPatterns(action, told, memory);
}

/** Undefined past the budget. */
export function resourceDimension(
  action: ActionClass,
  keys: readonly string[],
  telling: Telling,
  setting: ResourceSetting,
): ResourceDimension | undefined {
  const { readings, frame, budget } = setting;
  const placed = new Map(keys.map((key) => [key, placedOn(key, setting)]));
  const arns = resourcesOf(telling, budget, setting.memory);
  if (arns === undefined) return undefined;
  const classes = new Map<string, { point: ResourcePoint; outcomes: readonly Outcome[] }>();
  let exact = true;
  let count = 0;
  for (const arn of arns) {
    const settled = frame.settledBy(arn, action.service);
    const free = freeValues(action, keys, placed, settled, setting);
    exact &&= free.exact;
    for (const values of free.combinations) {
      if (count++ > MOST_POINTS) return undefined;
      const accountId = values.get(ACCOUNT) ?? settled.accountId;
      const point = {
        arn,
        values,
        zone: settled.zone,
        accountId: typeof accountId === 'string' ? accountId : undefined,
      };
      const outcomes = outcomesAt(point, action, settled, setting);
      let id = settled.zone;
      for (const outcome of outcomes) id += SIGNS[outcome];
      if (!classes.has(id)) classes.set(id, { point, outcomes });
    }
  }
  const kept = [...classes.values()];
  const met = readings.map(() => 0n);
  const possible = readings.map(() => 0n);
  for (const [t, { outcomes }] of kept.entries()) {
    const bit = 1n << BigInt(t);
    for (let i = 0; i < outcomes.length; i++) {
      if (outcomes[i] === 'applies') met[i] = (met[i] ?? 0n) | bit;
      if (outcomes[i] !== 'does-not-apply') possible[i] = (possible[i] ?? 0n) | bit;
    }
  }
  return { points: kept.map(({ point }) => point), met, possible, exact };
}

function placedOn(key: string, { readings, contexts }: ResourceSetting): readonly PlacedClause[] {
  return readings.flatMap(({ compiled, speaker }) =>
    compiled.clauses.flatMap((clause) =>
      clause.key === key ? [{ clause, context: contexts[speaker] ?? { get: () => undefined } }] : [],
    ),
  );
}

/** Every combination of values of those keys that the ARN does not settle. */
function freeValues(
  action: ActionClass,
  keys: readonly string[],
  placed: ReadonlyMap<string, readonly PlacedClause[]>,
  settled: SettledResource,
  { frame, assignment, budget }: ResourceSetting,
): { combinations: readonly ReadonlyMap<string, KeyValue>[]; exact: boolean } {
  let combinations: ReadonlyMap<string, KeyValue>[] = [new Map()];
  let exact = true;
  for (const key of keys) {
    const wanted = assignment.values.has(key) ? { value: assignment.values.get(key) } : undefined;
    const known = settled.values.flatMap((values) => (values.has(key) ? [valueWith(action, key, values)] : []));
    if (wanted !== undefined && known.some((value) => value !== wanted.value)) return { combinations: [], exact };
    if (known.length === frame.subjects.length) continue;
    const found =
      wanted === undefined
        ? valuesOfKey(key, placed.get(key) ?? [], frame.who, budget)
        : { values: [wanted.value], exact: true };
    exact &&= found.exact;
    const possible = canHave(action, key) ? found.values : found.values.filter((value) => value === undefined);
    combinations = combinations.flatMap((one) => possible.map((value) => new Map([...one, [key, value]])));
  }
  return { combinations, exact };
}

function canHave({ keys }: ActionClass, key: string): boolean {
  return keys === undefined || hasKey(keys, key);
}

/** A tag that requests for the action do not bring is absent, whatever the resource has. */
function valueWith(action: ActionClass, key: string, values: KnownValues): KeyValue {
  return canHave(action, key) ? values.get(key) : undefined;
}

function outcomesAt(
  { arn, values, accountId }: ResourcePoint,
  action: ActionClass,
  settled: SettledResource,
  { readings, frame, contexts, ask }: ResourceSetting,
): readonly Outcome[] {
  const subjects = frame.subjects.map((subject, speaker): Subject => {
    const own = settled.values[speaker];
    const request = { ...subject.request, action: action.action, resource: arn, resourceAccountId: accountId ?? '' };
    const context: RequestContext = {
      get(key) {
        if (own?.has(key)) return valueWith(action, key, own);
        return values.has(key) ? values.get(key) : contexts[speaker]?.get(key);
      },
    };
    return { ...subject, request, context };
  });
  return readings.map(({ compiled, speaker }, place) => {
    const subject = subjects[speaker];
    if (subject === undefined) return 'does-not-apply';
    let outcome = ask(place, subject);
    for (const clause of compiled.clauses) {
      if (outcome === 'does-not-apply') return outcome;
      if (frame.standing(clause.key) === 'open') continue;
      const met = evaluateClause(clause, subject.context);
      if (met === 'unmet') outcome = 'does-not-apply';
      else if (met === 'doubtful') outcome = 'doubtful';
    }
    return outcome;
  });
}
