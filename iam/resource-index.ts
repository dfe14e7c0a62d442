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
  readonly #byBeginning = new Map<string, AttachedStatement[]>();
  /** Statements of which a resource begins with a wildcard too soon, with a variable, or that have NotResource. */
  readonly #always: AttachedStatement[] = [];

  constructor(statements: readonly AttachedStatement[]) {
    const beginnings = statements.map(({ statement }) => beginningsOf(statement));
    this.#length = lengthFor(beginnings);
    for (const [at, attached] of statements.entries()) this.#add(attached, this.#keysOf(beginnings[at]));
  }

  #add(attached: AttachedStatement, keys: ReadonlySet<string> | undefined): void {
    if (keys === undefined) {
      this.#always.push(attached);
      for (const list of this.#byBeginning.values()) list.push(attached);
      return;
    }
    for (const key of keys) {
      const list = this.#byBeginning.get(key);
      if (list === undefined) this.#byBeginning.set(key, [...this.#always, attached]);
      else list.push(attached);
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
