/** Taking resources of a stack away, and taking back what was done. */
import type { Process } from '../../process.ts';
import type { Policy } from '../../templates/resources.ts';
import { resourceTypes } from '../../templates/types/index.ts';
import { removeResource, type Site, updateResource } from './site.ts';
import { isThere, madeOf, propertiesIn, type Undo } from './stack-resources.ts';
import type { StackResourceState } from './state.ts';

/** Removes one; answers how it is now. `Retain` leaves it where it is. */
export function* removing(site: Site, resource: StackResourceState, policy: Policy): Process<StackResourceState> {
  const { journal, call } = site;
  const ended = (status: string, reason?: string): StackResourceState => {
    journal.resource(resource, status, reason);
    const { statusReason: _, ...rest } = resource;
    return { ...rest, status, at: call.now, ...(reason !== undefined && { statusReason: reason }) };
  };
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return ended('DELETE_SKIPPED');
  const type = resourceTypes.get(resource.type);
  if (type === undefined || !isThere(resource)) return ended('DELETE_COMPLETE');
  journal.resource(resource, 'DELETE_IN_PROGRESS');
  const existing = { ...madeOf(resource), properties: propertiesIn(resource) };
  const outcome = yield* removeResource(site, type, resource.logicalId, existing);
  return outcome.kind === 'done' ? ended('DELETE_COMPLETE') : ended('DELETE_FAILED', outcome.reason);
}

export interface Undone {
  /** How each is now, by logical id: those that were removed, and those that were brought back. */
  readonly resources: ReadonlyMap<string, StackResourceState>;
  /** Those with which it did not succeed. */
  readonly failed: readonly string[];
}

/** Takes back what was done, the last first. What the template says of deletion counts for what an update made, and for all that is retained. */
export function* undoing(site: Site, undo: readonly Undo[]): Process<Undone> {
  const resources = new Map<string, StackResourceState>();
  const failed: string[] = [];
  for (const step of [...undo].reverse()) {
    const state = step.kind === 'remove' ? yield* takenBack(site, step.resource) : yield* restored(site, step);
    resources.set(state.logicalId, state);
    if (state.status.endsWith('_FAILED')) failed.push(state.logicalId);
  }
  return { resources, failed };
}

function takenBack(site: Site, resource: StackResourceState): Process<StackResourceState> {
  const { deletionPolicy } = resource;
  const isRemoved = site.takesBack === 'all' || deletionPolicy === 'RetainExceptOnCreate';
  return removing(site, resource, isRemoved ? 'Delete' : deletionPolicy);
}

function* restored(site: Site, { before, after }: Undo & { kind: 'restore' }): Process<StackResourceState> {
  const type = resourceTypes.get(before.type);
  if (type === undefined) throw new Error(`There is no type ${before.type}`);
  site.journal.resource(after, 'UPDATE_IN_PROGRESS');
  const existing = { ...madeOf(after), properties: propertiesIn(after) };
  const outcome = yield* updateResource(site, type, before.logicalId, existing, propertiesIn(before));
  const { statusReason: _, ...rest } = before;
  const at = site.call.now;
  if (outcome.kind === 'failed') {
    site.journal.resource(before, 'UPDATE_FAILED', outcome.reason);
    return { ...rest, status: 'UPDATE_FAILED', statusReason: outcome.reason, at };
  }
  site.journal.resource(before, 'UPDATE_COMPLETE');
  return { ...rest, attributes: outcome.value.attributes, status: 'UPDATE_COMPLETE', at };
}
