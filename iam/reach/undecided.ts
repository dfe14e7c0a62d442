/** Ways of which only those who know what runs in an account can tell where they lead. */
import type { AnyRequest, Tags } from '../model.ts';
import { canPassSome } from './by-passing.ts';
import type { Foothold, Setting } from './foothold.ts';
import { resourcesOfKind } from './open.ts';
import { proveAll } from './prove.ts';
import type { Need, Way } from './row.ts';
import { gatingTags } from './tags.ts';
import { someWorkload } from './workloads.ts';

/** Whether a principal in hand may go a way, were there a workload (or a resource) of its kind; of resources where none is known. */
export function isUndecided(setting: Setting, actor: Foothold, way: Way): boolean {
  switch (way.kind) {
    case 'take-workload':
    case 'read-keys':
    case 'deputy':
      return isHeldOnSome(setting, actor, named(way.needs, someWorkload(way.workload)));
    case 'pass-role': {
      if (way.workload === undefined) return false;
      const needs = named(way.needs, someWorkload(way.workload));
      const { workload: _, ...rest } = way;
      return canPassSome(setting, actor, { ...rest, needs });
    }
    case 'open-resource':
      if (resourcesOfKind(setting, actor, way).length > 0) return false;
      return proveAll(setting, actor, named(way.needs, `${way.resource}{resource}`), {}) !== undefined;
    default:
      return false;
  }
}

/** On one without tags, or with those that the caller's policies ask for. */
function isHeldOnSome(setting: Setting, actor: Foothold, needs: readonly Need[]): boolean {
  if (proveAll(setting, actor, needs, {}) !== undefined) return true;
  return gatingTags(
    actor,
    needs.map(({ action }) => action),
  ).some((tags) => proveAll(setting, actor, needs, { keys: tagsOfSome(needs, tags) }) !== undefined);
}

function tagsOfSome(needs: readonly Need[], tags: Tags): AnyRequest['context'] {
  const services = new Set(['aws', ...needs.map(({ action }) => action.slice(0, action.indexOf(':')))]);
  const keys = Object.entries(tags).flatMap(([key, value]) =>
    [...services].map((service) => [`${service}:ResourceTag/${key}`, value] as const),
  );
  return Object.fromEntries(keys);
}

/** The needs on some workload in the place of a known one. */
function named(needs: readonly Need[], workload: string): readonly Need[] {
  const put = (text: string) => text.replace(/^\$(workload|resource)/, workload);
  return needs.map(({ action, on, context = {} }) => ({
    action,
    on: put(on),
    context: Object.fromEntries(Object.entries(context).map(([key, value]) => [key, put(value)])),
  }));
}
