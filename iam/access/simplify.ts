/** A formula without what the rest of it says already. */
import { Classes, TooManyClasses } from './classes.ts';
import { ALWAYS, all, any, type Formula, leavesOf, NEVER, not } from './formula.ts';
import type { Knowledge } from './knowledge.ts';

/**
 * The formula in fewer words, given that `assumed` holds: a part that follows from the others is left out, an alternative that cannot be
 * is too. What always holds becomes `always`, what cannot hold `never`. Past a budget the formula stands as it is.
 */
export function simplify(formula: Formula, assumed: Formula, knowledge: Knowledge): Formula {
  try {
    return shorten(formula, assumed, new Classes([formula, assumed], knowledge));
  } catch (error) {
    if (error instanceof TooManyClasses) return formula;
    throw error;
  }
}

function shorten(formula: Formula, assumed: Formula, classes: Classes): Formula {
  if (!classes.canHold(all([assumed, formula]))) return NEVER;
  if (!classes.canHold(all([assumed, not(formula)]))) return ALWAYS;
  if (formula.kind === 'all') return all(eachWithout(formula.parts, assumed, classes, (rest) => rest));
  // Where another alternative holds, it does not matter whether this one does.
  if (formula.kind === 'any') return any(eachWithout(formula.parts, assumed, classes, not));
  return formula;
}

/** Shortens each part by what the others say; the longest first, so that short ones are kept. */
function eachWithout(
  parts: readonly Formula[],
  assumed: Formula,
  classes: Classes,
  toAssumption: (part: Formula) => Formula,
): readonly Formula[] {
  const left = [...parts];
  const longestFirst = [...parts.keys()].sort((a, b) => lengthOf(parts[b]) - lengthOf(parts[a]) || b - a);
  for (const at of longestFirst) {
    const others = left.filter((_, other) => other !== at).map(toAssumption);
    left[at] = shorten(left[at] ?? ALWAYS, all([assumed, ...others]), classes);
  }
  return left;
}

function lengthOf(formula: Formula | undefined): number {
  return formula === undefined ? 0 : leavesOf(formula).length;
}
