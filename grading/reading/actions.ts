/** Whether an action that a check names is one of AWS's: a misspelt one is allowed to nobody, so `cannot` would always hold. */
import { actionsOf } from '../../cloud/action-catalogue.ts';
import { compileGlob, matchGlob } from '../../iam/glob.ts';
import { offeredOperation } from '../operations.ts';

/**
 * What is wrong with an action's name, and what would be right; undefined for an action of the Service Authorization Reference, for a
 * pattern that matches one, and for one of a service that the sandbox does not offer, whose actions are not known here.
 */
export function actionFault(action: string): string | undefined {
  const [service = '', name = ''] = action.split(':');
  const catalogue = actionsOf(service);
  const known = catalogue && [...catalogue.actions.values()].map((one) => one.name);
  if (known === undefined || known.includes(name)) return undefined;
  if (/[*?]/.test(name)) {
    const glob = compileGlob([{ pattern: name.toLowerCase() }], 'text');
    if (known.some((other) => matchGlob(glob, other.toLowerCase()))) return undefined;
    return `${action} matches no action of AWS.`;
  }
  if (offeredOperation(action) !== undefined) {
    return `${action} is an operation and no action: name the action that it needs, as the Service Authorization Reference has it.`;
  }
  return `${action} is no action of AWS: the nearest is ${service}:${nearest(name, known)}.`;
}

function nearest(name: string, known: readonly string[]): string {
  const lower = name.toLowerCase();
  const measured = known.map((other) => ({ other, edits: editsBetween(lower, other.toLowerCase()) }));
  return measured.reduce((best, next) => (next.edits < best.edits ? next : best)).other;
}

/** How many characters must be put in, taken out or changed to make one text of the other (Levenshtein). */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, n) => n);
  for (const [i, character] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const changed = (row[j] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
