import type { DeleteStackInput } from '@aws-sdk/client-cloudformation';
import { passRole } from '../../permissions/pass-role.ts';
import type { Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { needsOf } from '../../templates/order.ts';
import { validationError } from './errors.ts';
import { keeping } from './keeping.ts';
import { exportInUse } from './outputs.ts';
import { templateOf } from './reading-templates.ts';
import { removing } from './removing.ts';
import { type Site, siteFor } from './site.ts';
import { principal } from './sources.ts';
import { isThere } from './stack-resources.ts';
import { deleted, findStack } from './stacks.ts';
import type { StackResourceState, StackState } from './state.ts';

/**
 * DeleteStack. As with an update the stack's own role removes what there is. A stack that is not there is no error; a resource that cannot
 * be removed leaves the stack in DELETE_FAILED.
 */
export const deleteStack: ProcessOperation<DeleteStackInput, Record<string, never>> = {
  kind: 'process',
  alsoNeeds: ({ RoleARN }, facts) => (RoleARN === undefined ? [] : [passRole(RoleARN, principal, facts)]),
  *run(account, input, call) {
    const { StackName = '', RetainResources = [], RoleARN, ClientRequestToken } = input;
    const found = findStack(account, StackName, call.request);
    if (found === undefined || found.status === deleted) return {};
    checkDeletable(found, input);
    const roleArn = RoleARN ?? found.roleArn;
    const stack: StackState = { ...found, ...(roleArn !== undefined && { roleArn }) };
    const site = yield* siteFor(account.id, stack, roleArn, { ClientRequestToken }, call);
    site.journal.stack('DELETE_IN_PROGRESS', 'User Initiated');
    const inUse = exportInUse([], stack, account);
    if (inUse !== undefined) {
      yield* keeping(account.id, ended(site, stack, stack.resources, 'DELETE_FAILED', inUse));
      return {};
    }
    const isForced = input.DeletionMode === 'FORCE_DELETE_STACK';
    const resources = yield* removed(site, stack, RetainResources);
    const failed = resources.filter(({ status }) => status === 'DELETE_FAILED').map(({ logicalId }) => logicalId);
    const after =
      failed.length === 0 || isForced
        ? ended(site, { ...stack, deletedAt: call.now, changeSets: {}, outputs: [], imports: [] }, resources, deleted)
        : ended(
            site,
            stack,
            resources,
            'DELETE_FAILED',
            `The following resource(s) failed to delete: [${failed.join(', ')}]. `,
          );
    yield* keeping(account.id, after);
    return {};
  },
};

function checkDeletable(stack: StackState, { RetainResources = [], DeletionMode }: DeleteStackInput): void {
  if (stack.isProtected) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  }
  const isStuck = stack.status === 'DELETE_FAILED';
  if (RetainResources.length > 0 && !isStuck) {
    throw validationError(
      `Invalid operation on stack [${stack.id}]. RetainResources can only be specified for a stack in the DELETE_FAILED state.`,
    );
  }
  if (DeletionMode === 'FORCE_DELETE_STACK' && !isStuck) {
    throw validationError(
      `Invalid operation on stack [${stack.id}]. When you delete a stack, specify deletion mode FORCE_DELETE_STACK only for a stack in the DELETE_FAILED state.`,
    );
  }
  const unknown = RetainResources.filter((id) => !stack.resources.some(({ logicalId }) => logicalId === id));
  if (unknown.length > 0) {
    throw validationError(
      `The specified resources to retain must be in a valid state. Do not specify: [${unknown.join(', ')}]`,
    );
  }
}

/** The last made first. What a resource that cannot be removed needs stays with it. */
function* removed(site: Site, stack: StackState, retained: readonly string[]): Process<readonly StackResourceState[]> {
  const declared = stack.template === '' ? new Map() : templateOf(stack.template).resources;
  const needed = new Set<string>();
  const after: StackResourceState[] = [];
  for (const resource of [...stack.resources].reverse()) {
    const { logicalId, deletionPolicy } = resource;
    const isDone = !isThere(resource);
    const now =
      isDone || needed.has(logicalId)
        ? resource
        : yield* removing(site, resource, retained.includes(logicalId) ? 'Retain' : deletionPolicy);
    after.unshift(now);
    const isLeft = now.status === 'DELETE_FAILED' || needed.has(logicalId);
    const declaration = declared.get(logicalId);
    if (isLeft && declaration !== undefined) for (const need of needsOf(declaration, declared)) needed.add(need);
  }
  return after;
}

function ended(
  { journal }: Site,
  stack: StackState,
  resources: readonly StackResourceState[],
  status: string,
  reason?: string,
): StackState {
  journal.stack(status, reason);
  const { statusReason: _, ...rest } = stack;
  return {
    ...rest,
    resources,
    status,
    ...(reason !== undefined && { statusReason: reason }),
    events: journal.after(stack.events),
  };
}
