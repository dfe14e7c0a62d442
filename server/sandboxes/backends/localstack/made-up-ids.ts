/** Finds the ids that whoever answers a call makes up: where they stand in two answers to one call. */
import type { MadeUpId, Output } from './carried-service.ts';

/** Notes for each id of our answer the one that stands at its place in theirs. */
export function noteIds(ids: Map<string, string>, places: readonly MadeUpId[], ours: Output, theirs: Output): void {
  for (const { at, part } of places) {
    const own = textsAt(ours, at.split('.'));
    const others = textsAt(theirs, at.split('.'));
    for (const [n, text] of own.entries()) {
      const id = madeUp(text, part);
      const other = madeUp(others[n], part);
      // The null version of an object is made up by nobody.
      if (id !== undefined && other !== undefined && id !== other && id !== 'null') ids.set(id, other);
    }
  }
}

function madeUp(text: string | undefined, part: RegExp | undefined): string | undefined {
  return part === undefined || text === undefined ? text : part.exec(text)?.[1];
}

function textsAt(value: unknown, path: readonly string[]): readonly (string | undefined)[] {
  const [step, ...rest] = path;
  if (step === undefined) return [typeof value === 'string' ? value : undefined];
  if (typeof value !== 'object' || value === null) return [];
  if (step === '*') return Array.isArray(value) ? value.flatMap((item) => textsAt(item, rest)) : [];
  return textsAt((value as Record<string, unknown>)[step], rest);
}
