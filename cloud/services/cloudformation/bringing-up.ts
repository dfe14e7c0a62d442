/** A stack from its plan: made, changed, or brought back where that fails. */
import { AwsError } from '../../errors.ts';
import type { Process } from '../../process.ts';
import type { Account } from '../../world.ts';
import { type Applied, applying } from './applying.ts';
import { outputsOf } from './outputs.ts';
import { removing, undoing } from './removing.ts';
import type { Site } from './site.ts';
import { type StackPolicy, stackPolicyRefusal } from './stack-policy.ts';
import { isThere, madeOf } from './stack-resources.ts';
import type { StackOutputState, StackPlan, StackResourceState, StackState } from './state.ts';
import { type Wanted, wantedOf } from './wanted.ts';

/** Makes all resources of a new stack. What fails is taken back, and is no error. Answers the stack as it is then. */
export function* making(site: Site, stack: StackState, account: Account): Process<StackState> {
  const { journal, call } = site;
  journal.stack('CREATE_IN_PROGRESS', 'User Initiated');
  const made = new Map();
  const wanted = wantedOf(stack, stack, account, made);
  const applied = yield* applying(site, wanted, made, new Map(), () => undefined);
  const ended = endOf(applied, wanted, stack, account);
  const { description } = wanted.template;
  const base: StackState = {
    ...stack,
    ...(description !== undefined && { description }),
    resources: applied.resources,
    imports: [...wanted.imports],
  };
  const over = (state: StackState, status: string, reason?: string): StackState => {
    journal.stack(status, reason);
    const { statusReason: _, ...rest } = state;
    const isDeleted = status === 'DELETE_COMPLETE';
    return {
      ...rest,
      status,
      ...(reason !== undefined && { statusReason: reason }),
      ...(isDeleted && { deletedAt: call.now }),
      events: journal.after(stack.events),
    };
  };
  if (ended.kind === 'well') return over({ ...base, outputs: ended.outputs }, 'CREATE_COMPLETE');
  if (stack.onFailure === 'DO_NOTHING') return over(base, 'CREATE_FAILED', ended.reason);
  const isDeleted = stack.onFailure === 'DELETE';
  journal.stack(
    isDeleted ? 'DELETE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS',
    `${ended.reason}${isDeleted ? ' Delete requested by user.' : ' Rollback requested by user.'}`,
  );
  const undone = yield* undoing(site, applied.undo);
  const resources = applied.resources.map((resource) => undone.resources.get(resource.logicalId) ?? resource);
  const after = { ...base, resources, imports: [] };
  if (undone.failed.length > 0) {
    const reason = `The following resource(s) failed to delete: [${undone.failed.join(', ')}].`;
    return over(after, isDeleted ? 'DELETE_FAILED' : 'ROLLBACK_FAILED', reason);
  }
  return over(after, isDeleted ? 'DELETE_COMPLETE' : 'ROLLBACK_COMPLETE');
}

/** How a stack is changed. */
export interface Change {
  readonly plan: StackPlan;
  readonly policy: StackPolicy | undefined;
  readonly onFailure: 'ROLLBACK' | 'DO_NOTHING';
}

/** Brings a stack to another plan. What fails is brought back, and is no error. Answers the stack as it is then. */
export function* changing(site: Site, stack: StackState, change: Change, account: Account): Process<StackState> {
  const { journal } = site;
  journal.stack('UPDATE_IN_PROGRESS', 'User Initiated');
  const before = new Map(stack.resources.map((resource) => [resource.logicalId, resource]));
  const made = new Map([...before].filter(([, resource]) => isThere(resource)).map(([id, old]) => [id, madeOf(old)]));
  const wanted = wantedOf(change.plan, stack, account, made);
  const gone = stack.resources.filter((old) => isThere(old) && !wanted.resources.has(old.logicalId));
  const refusal = stackPolicyRefusal(change.policy, before);
  const kept = gone.flatMap(({ logicalId, type }) => refusal(logicalId, type, 'Delete') ?? []);
  for (const reason of kept) journal.stack('UPDATE_IN_PROGRESS', reason);
  const applied: Applied =
    kept.length > 0
      ? { resources: [], undo: [], replaced: [], failed: { verb: 'update', logicalId: gone[0]?.logicalId ?? '' } }
      : yield* applying(site, wanted, made, before, refusal);
  const ended = endOf(applied, wanted, stack, account);
  const { roleArn } = change.plan;
  const base = { ...stack, updatedAt: site.call.now, ...(roleArn !== undefined && { roleArn }) };
  return ended.kind === 'well'
    ? yield* cleanedUp(site, base, { change, wanted, applied, gone, outputs: ended.outputs })
    : yield* broughtBack(site, base, { change, applied, reason: ended.reason });
}

function finished(site: Site, stack: StackState, status: string, reason?: string): StackState {
  site.journal.stack(status, reason);
  const { statusReason: _, ...rest } = stack;
  return {
    ...rest,
    status,
    ...(reason !== undefined && { statusReason: reason }),
    events: site.journal.after(stack.events),
  };
}

interface WentWell {
  readonly change: Change;
  readonly wanted: Wanted;
  readonly applied: Applied;
  readonly gone: readonly StackResourceState[];
  readonly outputs: readonly StackOutputState[];
}

/** Removes what the stack has no more. What cannot be removed is left behind. */
function* cleanedUp(site: Site, stack: StackState, done: WentWell): Process<StackState> {
  const { change, wanted, applied, gone, outputs } = done;
  site.journal.stack('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  for (const old of [...stack.resources].reverse()) {
    if (applied.replaced.includes(old)) yield* removing(site, old, old.updateReplacePolicy);
    else if (gone.includes(old)) yield* removing(site, old, old.deletionPolicy);
  }
  const { description: _, ...rest } = stack;
  const { description } = wanted.template;
  const after: StackState = {
    ...rest,
    ...change.plan,
    ...(description !== undefined && { description }),
    resources: applied.resources,
    outputs,
    imports: [...wanted.imports],
  };
  return finished(site, after, 'UPDATE_COMPLETE');
}

interface WentWrong {
  readonly change: Change;
  readonly applied: Applied;
  readonly reason: string;
}

function* broughtBack(site: Site, stack: StackState, { change, applied, reason }: WentWrong): Process<StackState> {
  const touched = new Map(applied.resources.map((resource) => [resource.logicalId, resource]));
  if (change.onFailure === 'DO_NOTHING') {
    const before = new Map(stack.resources.map((resource) => [resource.logicalId, resource]));
    // What failed on its way is still to be brought there.
    const reached = applied.resources.map((resource) => {
      const old = resource.status === 'UPDATE_FAILED' ? before.get(resource.logicalId) : undefined;
      return old === undefined ? resource : { ...resource, properties: old.properties };
    });
    const left = stack.resources.filter(({ logicalId }) => !touched.has(logicalId));
    return finished(site, { ...stack, resources: [...reached, ...left] }, 'UPDATE_FAILED', reason);
  }
  site.journal.stack('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const undone = yield* undoing(site, applied.undo);
  const restored = applied.undo.flatMap((step) => (step.kind === 'restore' ? [step.before.logicalId] : []));
  const resources = stack.resources.map((old) =>
    restored.includes(old.logicalId) ? (undone.resources.get(old.logicalId) ?? old) : old,
  );
  const failed = undone.failed.filter((id) => restored.includes(id));
  if (failed.length > 0) {
    const text = `The following resource(s) failed to update: [${failed.join(', ')}].`;
    return finished(site, { ...stack, resources }, 'UPDATE_ROLLBACK_FAILED', text);
  }
  site.journal.stack('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  return finished(site, { ...stack, resources }, 'UPDATE_ROLLBACK_COMPLETE');
}

type End =
  | { readonly kind: 'well'; readonly outputs: readonly StackOutputState[] }
  | { readonly kind: 'badly'; readonly reason: string };

function endOf({ failed }: Applied, wanted: Wanted, stack: StackState, account: Account): End {
  if (failed !== undefined) {
    return { kind: 'badly', reason: `The following resource(s) failed to ${failed.verb}: [${failed.logicalId}].` };
  }
  try {
    return { kind: 'well', outputs: outputsOf(wanted, stack, account) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { kind: 'badly', reason: error.message };
  }
}
