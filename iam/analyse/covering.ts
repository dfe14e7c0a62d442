/**
 * What the text of statements tells before any language is walked: one that covers another for every request about an action of which
 * both speak. Then the other adds nothing, and questions are answered that would else be looked into for every value of every variable.
 */
import type { CompiledResource } from '../compile.ts';
import type { Pattern } from './language.ts';
import { isWithin } from './overlap.ts';
import { ANYTHING } from './patterns.ts';
import type { Reading } from './readings.ts';

/** For each statement the others that cover it, as bits: where it counts, they do. An Allow never covers a Deny. */
export function coveringOf(readings: readonly Reading[]): readonly bigint[] {
  const numbers = new Map<string, number>();
  const clauses = readings.map(({ compiled }) =>
    compiled.clauses.map((clause) => {
      const id = idOfClause(clause);
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return number;
    }),
  );
  return readings.map((inner, i) => {
    let bits = 0n;
    for (const [k, outer] of readings.entries()) {
      if (k === i || !canCover(outer, inner)) continue;
      const has = clauses[i] ?? [];
      if (clauses[k]?.every((clause) => has.includes(clause)) !== true) continue;
      if (coversResources(outer, inner)) bits |= 1n << BigInt(k);
    }
    return bits;
  });
}

/** Whether the statement reaches no resource at all. */
export function isVoid({ compiled, openResources }: Reading): boolean {
  const { resources, notResource } = compiled;
  if (resources === undefined) return false;
  if (resources.length === 0) return true;
  return notResource && resources.some((one, i) => isCertain(one) && isWithin(ANYTHING, openResources[i] ?? []));
}

/** The same statement by attachment, whoever asks: no Principal makes a difference. What is doubtful of an Allow need not be of a Deny. */
function canCover(outer: Reading, inner: Reading): boolean {
  if (outer.speaker !== inner.speaker || inner.addressing !== 'by-attachment') return false;
  if (outer.addressing !== 'by-attachment') return false;
  if (outer.compiled.principal !== undefined || inner.compiled.principal !== undefined) return false;
  return outer.compiled.isDeny || !inner.compiled.isDeny;
}

/** The same for clauses that are met by the same requests. */
function idOfClause({ clause, key, version }: Reading['compiled']['clauses'][number]): string {
  const { set, operator, ifExists, values } = clause;
  return JSON.stringify([version, set, operator, ifExists, key, values]);
}

function coversResources(outer: Reading, inner: Reading): boolean {
  const [all, some] = [outer.compiled, inner.compiled];
  if (all.resources === undefined) return true;
  if (all.resources.length === 0) return false;
  if (all.notResource && some.notResource) {
    return all.resources.every((_, i) => (some.resources ?? []).some((_, k) => excludes(outer, i, inner, k)));
  }
  if (all.notResource) return false;
  if (some.resources === undefined || some.notResource) {
    return all.resources.some((one, i) => isCertain(one) && isWithin(ANYTHING, openIn(outer, i)));
  }
  return some.resources.every((_, k) => (all.resources ?? []).some((_, i) => reaches(outer, i, inner, k)));
}

/** Whether a value of the outer Resource element matches whatever one of the inner element does. */
function reaches(outer: Reading, i: number, inner: Reading, k: number): boolean {
  const one = outer.compiled.resources?.[i];
  if (isSameValue(outer, i, inner, k)) return true;
  return one !== undefined && isCertain(one) && isWithin(openIn(inner, k), openIn(outer, i));
}

/** Whether what a value of the outer NotResource element spares is spared by one of the inner element. */
function excludes(outer: Reading, i: number, inner: Reading, k: number): boolean {
  const [one, other] = [outer.compiled.resources?.[i], inner.compiled.resources?.[k]];
  if (isSameValue(outer, i, inner, k)) return true;
  if (one?.kind !== 'glob' || other === undefined) return false;
  return isCertain(other) && isWithin(openIn(outer, i), openIn(inner, k));
}

function isSameValue(outer: Reading, i: number, inner: Reading, k: number): boolean {
  if (outer.version !== inner.version) return false;
  return outer.compiled.statement.resource?.values[i] === inner.compiled.statement.resource?.values[k];
}

/** Whether AWS documents what the value matches, and no request makes a difference. */
function isCertain({ kind, standing }: CompiledResource): boolean {
  return kind === 'glob' && standing === 'documented';
}

function openIn({ openResources }: Reading, at: number): Pattern {
  return openResources[at] ?? [];
}
