/** What action patterns stand for. */
import { compileGlob, matchGlob } from '../glob.ts';
import type { KnownActions } from './actions.ts';

/**
 * The known actions that one of the patterns matches (`s3:Get*`, `*`), as AWS spells them, in alphabetical order, each once. Letter
 * case does not count. Of services that are not among `actions` nothing is known, and nothing is returned.
 */
export function expandActions(patterns: readonly string[], actions: KnownActions): readonly string[] {
  const globs = patterns.map((pattern) => compileGlob([{ pattern: pattern.toLowerCase() }], 'text'));
  const found: string[] = [];
  for (const [service, { actions: known }] of actions) {
    for (const { name } of known.values()) {
      const action = `${service}:${name}`;
      if (globs.some((glob) => matchGlob(glob, action.toLowerCase()))) found.push(action);
    }
  }
  return found.sort();
}
