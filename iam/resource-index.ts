/**
 * Which of many statements can be about a resource, without asking each: by how the resource begins. Buckets, tables and queues of one
 * account begin alike and differ soon after, so the first so many units of a pattern's literal beginning tell most of them apart.
 */
import type { AttachedStatement } from './attached-statements.ts';
import type { CompiledStatement } from './compile.ts';
import { literalBeginning } from './glob.ts';

/** Fewer statements are asked one by one as quickly. */
export const WORTH_AN_INDEX = 12;

/** The statements of a list that are about one action, by the beginnings of their resources. */
export class ResourceIndex {
  /** How many units of a resource are looked at. */
  readonly #length: number;
  /** By beginning: the statements whose resources begin so, with those of `#always` between them as the policies have them. */
  readonly #byBeginning = new Map<string, readonly AttachedStatement[]>();
  /** Statements of which a resource begins with a wildcard too soon, with a variable, or that have NotResource. */
  readonly #always: readonly AttachedStatement[];

  constructor(statements: readonly AttachedStatement[]) {
    const beginnings = statements.map(({ statement }) => beginningsOf(statement));
    this.#length = lengthFor(beginnings);
    const keys = beginnings.map((all) => this.#keysOf(all));
    this.#always = statements.filter((_, at) => keys[at] === undefined);
    for (const key of new Set(keys.flatMap((all) => [...(all ?? [])]))) {
      this.#byBeginning.set(
        key,
        statements.filter((_, at) => keys[at]?.has(key) ?? true),
      );
    }
  }

  #keysOf(beginnings: readonly string[] | undefined): ReadonlySet<string> | undefined {
    if (beginnings?.every((beginning) => beginning.length >= this.#length) !== true) return undefined;
    return new Set(beginnings.map((beginning) => beginning.slice(0, this.#length)));
  }

  /** All statements that could be about the resource, in their order, and some that are not. */
  about(resource: string): readonly AttachedStatement[] {
    return this.#byBeginning.get(resource.slice(0, this.#length)) ?? this.#always;
  }
}

/** How each of the statement's resources begins; undefined where that does not tell what it is about. */
function beginningsOf({ plainResources, notResource }: CompiledStatement): readonly string[] | undefined {
  return notResource ? undefined : plainResources?.map(literalBeginning);
}

/** Three of four statements have no shorter beginning. */
function lengthFor(beginnings: readonly (readonly string[] | undefined)[]): number {
  const lengths = beginnings.map((all) => (all === undefined ? 0 : Math.min(...all.map(({ length }) => length))));
  return lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 4)] ?? 0;
}
