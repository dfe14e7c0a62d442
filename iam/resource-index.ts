/**
 * Which of many statements can be about a resource, without asking each: by how its ARN begins or, where a wildcard stands for the
 * region, by how the ARN's last part begins. Buckets, tables and queues of one account begin alike and differ soon after, so the first
 * so many units of what a pattern says literally tell most of them apart.
 */
import type { AttachedStatement } from './attached-statements.ts';
import type { CompiledStatement } from './compile.ts';
import { type Glob, literalBeginning, literalRuns } from './glob.ts';

/** Fewer statements are asked one by one as quickly. */
export const WORTH_AN_INDEX = 12;

/** The statements of a list that are about one action, by the beginnings of their resources. */
export class ResourceIndex<Of extends AttachedStatement> {
  readonly #statements: readonly Of[];
  readonly #byArn: BeginningIndex<Of>;
  /** Made for the first resource whose beginning does not tell. */
  #byLastPart: BeginningIndex<Of> | undefined;

  constructor(statements: readonly Of[]) {
    this.#statements = statements;
    this.#byArn = new BeginningIndex(statements, literalBeginning);
  }

  /** All statements that could be about the resource, in their order, and some that are not. */
  about(resource: string): readonly Of[] {
    const found = this.#byArn.beginningLike(resource);
    if (found.length < WORTH_AN_INDEX) return found;
    const lastPart = lastPartOf(resource);
    if (lastPart === undefined) return found;
    this.#byLastPart ??= new BeginningIndex(this.#statements, beginningOfLastPart);
    const others = this.#byLastPart.beginningLike(lastPart);
    return others.length < found.length ? others : found;
  }
}

/** The colons of an ARN whose last part has none. */
const COLONS = 5;

/** What follows the fifth colon; undefined where the resource has fewer, or more: a star could stand for some of them. */
function lastPartOf(resource: string): string | undefined {
  let at = -1;
  for (let n = 0; n < COLONS; n++) {
    at = resource.indexOf(':', at + 1);
    if (at < 0) return undefined;
  }
  return resource.includes(':', at + 1) ? undefined : resource.slice(at + 1);
}

/**
 * How the last part begins of every ARN with five colons that the pattern matches: a pattern that has five itself leaves none for its
 * stars to stand for. Nothing is known of patterns with fewer.
 */
function beginningOfLastPart(glob: Glob): string {
  const runs = literalRuns(glob);
  const colons = runs.reduce((sum, text) => sum + text.split(':').length - 1, 0);
  const last = runs.findLast((text) => text.includes(':'));
  return colons === COLONS && last !== undefined ? last.slice(last.lastIndexOf(':') + 1) : '';
}

/** Statements by the first so many units of what is known of their resources. */
class BeginningIndex<Of extends AttachedStatement> {
  /** How many units are looked at. */
  readonly #length: number;
  /** By beginning: the statements whose resources begin so, with those of `#always` between them as the policies have them. */
  readonly #byBeginning = new Map<string, Of[]>();
  /** Statements of which nothing is known that long. */
  readonly #always: Of[] = [];

  constructor(statements: readonly Of[], beginning: (glob: Glob) => string) {
    const beginnings = statements.map(({ statement }) => beginningsOf(statement, beginning));
    this.#length = lengthFor(beginnings);
    for (const [at, attached] of statements.entries()) this.#add(attached, this.#keysOf(beginnings[at]));
  }

  #add(attached: Of, keys: ReadonlySet<string> | undefined): void {
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

  beginningLike(text: string): readonly Of[] {
    return this.#byBeginning.get(text.slice(0, this.#length)) ?? this.#always;
  }
}

/** What is known of each of the statement's resources; undefined where it has variables, or NotResource. */
function beginningsOf(
  { plainResources, notResource }: CompiledStatement,
  beginning: (glob: Glob) => string,
): readonly string[] | undefined {
  return notResource ? undefined : plainResources?.map(beginning);
}

/** Three of four statements have no shorter beginning. */
function lengthFor(beginnings: readonly (readonly string[] | undefined)[]): number {
  const lengths = beginnings.map((all) => (all === undefined ? 0 : Math.min(...all.map(({ length }) => length))));
  return lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 4)] ?? 0;
}
