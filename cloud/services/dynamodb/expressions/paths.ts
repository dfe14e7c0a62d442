/** Paths into items: what stands there, and what an answer shows of it. */
import type { Item, Value } from '../values.ts';
import { ExpressionReader } from './reader.ts';
import type { Substitutes } from './substitutes.ts';
import { type Path, shownPath } from './syntax.ts';
import { type ExpressionName, invalidExpression } from './tokens.ts';

/** The value at a path; undefined where there is none. */
export function valueAt(item: Item, path: Path): Value | undefined {
  const [attribute, ...within] = path;
  return within.reduce<Value | undefined>(valueWithin, item.get(attribute));
}

export function valueWithin(value: Value | undefined, step: string | number): Value | undefined {
  if (value?.type === 'M' && typeof step === 'string') return value.value.get(step);
  if (value?.type === 'L' && typeof step === 'number') return value.value[step];
  return undefined;
}

/** @throws ValidationException where one path is within another, or one takes for a list what another takes for a map */
export function checkDisjoint(paths: readonly Path[], expression: ExpressionName): void {
  for (const [n, one] of paths.entries()) {
    for (const two of paths.slice(n + 1)) {
      const shared = Math.min(one.length, two.length);
      const parting = one.findIndex((step, at) => at < shared && step !== two[at]);
      const isConflict = parting >= 0 && typeof one[parting] !== typeof two[parting];
      if (parting >= 0 && !isConflict) continue;
      throw invalidExpression(
        expression,
        `Two document paths ${isConflict ? 'conflict' : 'overlap'} with each other; must remove or rewrite one of these paths; path one: ${shownPath(one)}, path two: ${shownPath(two)}`,
      );
    }
  }
}

/** Reads a projection. @throws ValidationException */
export function parseProjection(text: string, substitutes: Substitutes): readonly Path[] {
  const reader = new ExpressionReader(text, 'ProjectionExpression', substitutes);
  const paths: Path[] = [];
  do {
    reader.countOperator();
    paths.push(reader.path());
  } while (reader.take(','));
  reader.expectEnd();
  checkDisjoint(paths, 'ProjectionExpression');
  return paths;
}

/** What an answer shows of an item: of lists the elements that are named, without the gaps. */
export function project(item: Item, paths: readonly Path[]): Item {
  const attributes = new Map<string, Value>();
  for (const name of new Set(paths.map(([attribute]) => attribute))) {
    const value = item.get(name);
    const shown = value && shownOf(value, restsOf(paths, name));
    if (shown !== undefined) attributes.set(name, shown);
  }
  return attributes;
}

type Rest = readonly (string | number)[];

function restsOf(paths: readonly Rest[], step: string | number): readonly Rest[] {
  return paths.filter(([first]) => first === step).map((path) => path.slice(1));
}

function shownOf(value: Value, rests: readonly Rest[]): Value | undefined {
  if (rests.some((rest) => rest.length === 0)) return value;
  const steps = [...new Set(rests.flatMap(([step]) => (step === undefined ? [] : [step])))];
  const found = (step: string | number) => {
    const inner = valueWithin(value, step);
    return inner && shownOf(inner, restsOf(rests, step));
  };
  if (value.type === 'M') {
    const members = steps.flatMap((step) => {
      const shown = found(step);
      return shown === undefined ? [] : [[String(step), shown] as const];
    });
    return members.length === 0 ? undefined : { type: 'M', value: new Map(members) };
  }
  if (value.type !== 'L') return undefined;
  const places = steps.filter((step) => typeof step === 'number').sort((a, b) => a - b);
  const elements = places.flatMap((place) => found(place) ?? []);
  return elements.length === 0 ? undefined : { type: 'L', value: elements };
}
