/** The part of a catalogue that a question about some actions on some resources needs. */
import { compileGlob, matchGlob } from '../glob.ts';
import type { KnownAction, KnownActions } from './actions.ts';
import type { Pattern } from './language.ts';
import { intersects } from './overlap.ts';
import { resourcePattern } from './patterns.ts';
import { arnFormat } from './resources.ts';

/**
 * The actions that one of the action patterns matches and that can be asked on a resource that one of the resource patterns matches, of
 * each service of the catalogue: one that has none stays, without actions. A comparison whose one side is about these alone answers
 * the same with the rest left out, sooner.
 */
export function actionsOn(
  actionPatterns: readonly string[],
  resourcePatterns: readonly string[],
  actions: KnownActions,
): KnownActions {
  const globs = actionPatterns.map((pattern) => compileGlob([{ pattern: pattern.toLowerCase() }], 'text'));
  const resources = resourcePatterns.map((pattern) => ({ pattern, telling: tellingPattern(pattern) }));
  const canBeAsked = ({ resourceTypes }: KnownAction) =>
    resourceTypes === undefined ||
    resourceTypes.length === 0 ||
    resources.some(({ pattern, telling }) => {
      if (telling === undefined) return true;
      const [, partition = ''] = pattern.split(':');
      return resourceTypes.some(({ arn }) => intersects(telling, remembered(arn, partition)));
    });
  return new Map(
    [...actions].map(([service, { actions: known }]) => {
      const kept = [...known].filter(
        ([name, action]) => globs.some((glob) => matchGlob(glob, `${service}:${name}`)) && canBeAsked(action),
      );
      return [service, { actions: new Map(kept) }];
    }),
  );
}

/** Undefined where the pattern may stand for a resource of any kind. */
function tellingPattern(pattern: string): Pattern | undefined {
  const isPlain = /^arn:[a-z-]+:/.test(pattern) && !pattern.includes('${');
  return isPlain ? resourcePattern([{ pattern }]) : undefined;
}

const formats = new Map<string, Pattern>();

/** The formats of a catalogue are few, and always the same. */
function remembered(format: string, partition: string): Pattern {
  const id = `${partition} ${format}`;
  const known = formats.get(id) ?? arnFormat(format, partition);
  formats.set(id, known);
  return known;
}
