/** Where policy variables stand, and the stretches of other patterns in which their values can lie. */
import type { CompiledClause } from '../conditions/clause.ts';
import type { GlobPiece } from '../glob.ts';
import { isStatic, type Template, type TemplatePiece } from '../variables.ts';
import type { Frame } from './frame.ts';
import { templatesOf } from './key-values.ts';
import type { Pattern } from './language.ts';
import { intersects, placesAfter } from './overlap.ts';
import { ANYTHING, arnPattern, foldedPattern, resourcePattern, textPattern } from './patterns.ts';
import type { Reading } from './readings.ts';

/** Templates that are compared with each other: those of Resource, or those of one key. */
export interface Place {
  /** The same for places with the same templates and the same patterns of them. */
  readonly id: string;
  readonly templates: readonly Template[];
  readonly toPattern: (pieces: readonly GlobPiece[]) => Pattern;
}

export interface Stretches {
  readonly patterns: readonly Pattern[];
  readonly exact: boolean;
}

/** A template with what follows from the speaker put in; undefined where it then matches nothing. */
function settled(template: Template, frame: Frame, speaker: number): Template | undefined {
  const pieces: TemplatePiece[] = [];
  for (const piece of template) {
    if (!('variable' in piece) || frame.standing(piece.variable) !== 'of-caller') {
      pieces.push(piece);
      continue;
    }
    const value = frame.valueOf(piece.variable, speaker);
    const literal = typeof value === 'string' ? value : piece.fallback;
    if (literal === undefined) return undefined;
    pieces.push({ literal });
  }
  return pieces;
}

/** The Resource elements, and the keys that are compared with variables. */
export function placesOf(readings: readonly Reading[], frame: Frame): readonly Place[] {
  const settle = (templates: readonly Template[], speaker: number) =>
    templates.flatMap((template) => {
      const known = settled(template, frame, speaker);
      return known === undefined ? [] : [known];
    });
  const resources = once(readings.flatMap((reading) => settle(reading.resources ?? [], reading.speaker)));
  const places: Place[] = [
    { id: `resource ${JSON.stringify(resources)}`, templates: resources, toPattern: resourcePattern },
  ];
  const byKey = new Map<string, { readonly clause: CompiledClause; readonly speaker: number }[]>();
  for (const { compiled, speaker } of readings) {
    for (const clause of compiled.clauses) {
      const known = byKey.get(clause.key);
      if (known === undefined) byKey.set(clause.key, [{ clause, speaker }]);
      else known.push({ clause, speaker });
    }
  }
  for (const [key, asked] of byKey) {
    const templates = [...once(asked.flatMap(({ clause, speaker }) => settle(templatesOf(clause), speaker)))];
    if (templates.every(isStatic)) continue;
    const standing = frame.standing(key);
    const fixed =
      standing === 'of-caller'
        ? frame.subjects.flatMap((_, speaker) => frame.valueOf(key, speaker) ?? [])
        : standing === 'of-resource'
          ? frame.settledValues(key)
          : [];
    templates.push(...fixed.map((text): Template => [{ literal: text }]));
    const isArn = asked.some(({ clause }) => clause.operator?.name.startsWith('Arn'));
    const isFolded = asked.some(({ clause }) => clause.operator?.name.endsWith('IgnoreCase'));
    places.push({
      id: `${isArn} ${isFolded} ${JSON.stringify(templates)}`,
      templates,
      toPattern: (pieces) => {
        if (isFolded) return foldedPieces(pieces);
        return (isArn ? arnPattern(pieces) : undefined) ?? textPattern(pieces);
      },
    });
  }
  return places;
}

/** The templates, each once: the same ones match the same texts. */
function once(templates: readonly Template[]): readonly Template[] {
  return [...new Map(templates.map((template) => [JSON.stringify(template), template])).values()];
}

function foldedPieces(pieces: readonly GlobPiece[]): Pattern {
  return pieces.flatMap((piece) =>
    'literal' in piece
      ? foldedPattern(piece.literal)
      : textPattern([piece]).map((token) => (token.not ? token : (foldedPattern(token.chars)[0] ?? token))),
  );
}

/** The stretches of the other patterns in which a value of the variable can lie. */
export function stretches(
  name: string,
  { templates, toPattern }: Place,
  known: ReadonlyMap<string, string | undefined>,
): Stretches {
  const holes = templates.flatMap((template) =>
    template.flatMap((piece, i) =>
      'variable' in piece && piece.variable === name
        ? [{ template, before: template.slice(0, i), after: template.slice(i + 1) }]
        : [],
    ),
  );
  if (holes.length === 0) return { patterns: [], exact: true };
  const patterns: Pattern[] = [];
  const opened = templates.map((template) => toPattern(fill(template, known)));
  const prefixes = new Set(holes.map(({ before }) => JSON.stringify(before)));
  let exact = true;
  for (const { template, before, after } of holes) {
    const pre = toPattern(fill(before, known));
    const whole = toPattern(fill(template, known));
    for (const [i, other] of templates.entries()) {
      const pattern = opened[i] ?? ANYTHING;
      if (other === template || !intersects(whole, pattern)) continue;
      const holds = other.some((piece) => 'variable' in piece && piece.variable === name);
      // Two patterns with the symbol in different places can both accept a text by a chance of its letters.
      if (holds && prefixes.size > 1) exact = false;
      const starts = placesAfter(pre, pattern);
      const ends = placesAfter(reversed(toPattern(fill(after, known))), reversed(pattern));
      for (const from of starts) {
        for (const fromEnd of ends) {
          const to = pattern.length - fromEnd;
          if (to >= from) patterns.push(pattern.slice(from, to));
        }
      }
    }
  }
  return { patterns: distinct(patterns), exact };
}

function reversed(pattern: Pattern): Pattern {
  return [...pattern].reverse();
}

function distinct(patterns: readonly Pattern[]): readonly Pattern[] {
  return [...new Map(patterns.map((pattern) => [JSON.stringify(pattern), pattern])).values()];
}

/** Known variables filled in; those that are still open stand for anything. */
function fill(template: Template, known: ReadonlyMap<string, string | undefined>): readonly GlobPiece[] {
  return template.map((piece) => {
    if (!('variable' in piece)) return piece;
    if (!known.has(piece.variable)) return { pattern: '*' };
    const value = known.get(piece.variable) ?? piece.fallback;
    return value === undefined ? { literal: '' } : { literal: value };
  });
}
