/** What the text of two sides' statements leaves to be looked into, action by action. */
import type { ActionClass } from './actions.ts';
import type { Question } from './contrast.ts';
import { coveringOf, isVoid } from './covering.ts';
import type { Reading } from './readings.ts';

/** What is left about the actions that certain statements speak of. */
export interface Unsettled {
  /** Those of the statements that make a difference, as bits. None where no question is open. */
  readonly statements: bigint;
  /** Every other one is answered by `yes` for these actions. */
  readonly questions: readonly Question[];
}

/** The statements of one side, as bits. */
interface Spoken {
  readonly allows: bigint;
  readonly denies: bigint;
}

/** Two sides' identity policies: the first statements are those of `a`. */
export class Settling {
  private readonly covering: readonly bigint[];
  private readonly voids: bigint;
  private readonly denies: bigint;
  private readonly sides: { readonly a: bigint; readonly b: bigint };
  private readonly asked: readonly Question[];
  private readonly known = new Map<bigint, Unsettled>();

  /** `split`: how many of the readings are of `a`. */
  constructor(readings: readonly Reading[], split: number, asked: readonly Question[]) {
    this.covering = coveringOf(readings);
    this.voids = bitsOf(readings, isVoid);
    this.denies = bitsOf(readings, ({ compiled }) => compiled.isDeny);
    const a = bitsOf(readings.slice(0, split), () => true);
    this.sides = { a, b: bitsOf(readings, () => true) & ~a };
    this.asked = asked;
  }

  /** What is left about an action that these statements speak of. */
  on(statements: bigint): Unsettled {
    const known = this.known.get(statements) ?? this.look(statements);
    this.known.set(statements, known);
    return known;
  }

  private look(statements: bigint): Unsettled {
    const a = this.spokenBy(statements & this.sides.a);
    const b = this.spokenBy(statements & this.sides.b);
    const isOpen: Readonly<Record<Question, boolean>> = {
      aInB: !this.isWithin(a, b),
      bInA: !this.isWithin(b, a),
      disjoint: a.allows !== 0n && b.allows !== 0n,
    };
    const questions = this.asked.filter((question) => isOpen[question]);
    const kept = questions.length === 0 ? 0n : a.allows | a.denies | b.allows | b.denies;
    return { statements: kept, questions };
  }

  /** Without statements that others of the side cover: an Allow by an Allow that does as much, or by a Deny that leaves nothing of it. */
  private spokenBy(statements: bigint): Spoken {
    let kept = statements & ~this.voids;
    for (const [i, covering] of this.covering.entries()) {
      const bit = 1n << BigInt(i);
      if ((kept & bit) !== 0n && (covering & kept) !== 0n) kept &= ~bit;
    }
    const allows = kept & ~this.denies;
    return { allows, denies: allows === 0n ? 0n : kept & this.denies };
  }

  /** Whether each Allow of the one is covered by one of the other, and nothing is denied by the other alone. */
  private isWithin(one: Spoken, other: Spoken): boolean {
    if (one.allows === 0n) return true;
    return this.areCovered(one.allows, other.allows) && this.areCovered(other.denies, one.denies);
  }

  private areCovered(statements: bigint, by: bigint): boolean {
    return this.covering.every((covering, i) => ((statements >> BigInt(i)) & 1n) === 0n || (covering & by) !== 0n);
  }
}

function bitsOf(readings: readonly Reading[], isOne: (reading: Reading) => boolean): bigint {
  return readings.reduce((bits, reading, i) => (isOne(reading) ? bits | (1n << BigInt(i)) : bits), 0n);
}

/** The places of the statements that make a difference about some action, in order. `count`: how many there are in all. */
export function tellingPlaces(actions: readonly ActionClass[], count: number): readonly number[] {
  const telling = actions.reduce((bits, { statements }) => bits | statements, 0n);
  return Array.from({ length: count }, (_, place) => place).filter((place) => ((telling >> BigInt(place)) & 1n) === 1n);
}

/** The same statements, where those of these places alone are left. */
export function renumbered(statements: bigint, places: readonly number[]): bigint {
  return places.reduce(
    (bits, place, i) => (((statements >> BigInt(place)) & 1n) === 1n ? bits | (1n << BigInt(i)) : bits),
    0n,
  );
}
