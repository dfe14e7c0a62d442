/** Change sets: what an update, or a new stack, is to be, to be looked at before it is done. */
import type {
  Change,
  ChangeSetSummary,
  CreateChangeSetInput,
  CreateChangeSetOutput,
  DeleteChangeSetInput,
  DescribeChangeSetInput,
  DescribeChangeSetOutput,
  ExecuteChangeSetInput,
  ListChangeSetsInput,
  ListChangeSetsOutput,
  ResourceChange,
} from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call.ts';
import { own } from '../../own.ts';
import { passRole } from '../../permissions/pass-role.ts';
import type { Process } from '../../process.ts';
import type { ChangeOperation, ProcessOperation, ReadOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { resourceTypes } from '../../templates/types/index.ts';
import type { Account } from '../../world.ts';
import { making } from './bringing-up.ts';
import { changesOf } from './changes.ts';
import { newStack } from './creating.ts';
import { alreadyExists, changeSetNotFound, invalidChangeSetStatus, limitExceeded, validationError } from './errors.ts';
import { uuidOf } from './ids.ts';
import { StackJournal } from './journal.ts';
import { keeping } from './keeping.ts';
import { cloudFormationLimits } from './limits.ts';
import { page } from './pages.ts';
import { checkRoom, planOf } from './planning.ts';
import { templateOf } from './reading-templates.ts';
import { siteFor, type WorkInput } from './site.ts';
import { givenTemplate, principal } from './sources.ts';
import { readStackPolicy } from './stack-policy.ts';
import { doesNotExist, findStack, requireStackFor } from './stacks.ts';
import type { ChangeSetState, ChangeState, StackPlan, StackState } from './state.ts';
import { changed, checkUpdatable, templateText } from './updating.ts';

const inReview = 'REVIEW_IN_PROGRESS';
const emptyPlan: StackPlan = {
  template: '',
  parameters: {},
  hidden: [],
  capabilities: [],
  tags: [],
  notificationArns: [],
};
const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A change set by its ARN, or by its name and its stack. @throws ChangeSetNotFound, ValidationError */
export function requireChangeSet(
  account: Account,
  nameOrId: string,
  stackName: string | undefined,
  place: { readonly region: string },
): { readonly stack: StackState; readonly set: ChangeSetState } {
  if (nameOrId.startsWith('arn:')) {
    for (const stack of Object.values(account.cloudformation.stacks)) {
      const set = Object.values(stack.changeSets).find(({ id }) => id === nameOrId);
      if (set !== undefined) return { stack, set };
    }
    throw changeSetNotFound(nameOrId);
  }
  if (!stackName) throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
  const stack = requireStackFor(account, stackName, place);
  const set = own(stack.changeSets, stateKey(nameOrId));
  if (set === undefined) throw changeSetNotFound(nameOrId);
  return { stack, set };
}

export const createChangeSet: ProcessOperation<CreateChangeSetInput, CreateChangeSetOutput> = {
  kind: 'process',
  alsoNeeds: ({ RoleARN }, facts) => (RoleARN === undefined ? [] : [passRole(RoleARN, principal, facts)]),
  *run(account, input, call) {
    const { StackName = '', ChangeSetName: name = '', ChangeSetType: kind = 'UPDATE' } = input;
    if (kind === 'IMPORT') throw validationError('Resources are not imported into stacks here.');
    const given = yield* givenTemplate(input, call);
    const stack = kind === 'CREATE' ? reviewed(account, StackName, call) : requireExisting(account, StackName, call);
    if (own(stack.changeSets, stateKey(name)) !== undefined)
      throw alreadyExists(`ChangeSet ${name} cannot be created due to a mismatch with existing attribute Template`);
    if (Object.keys(stack.changeSets).length >= cloudFormationLimits.changeSets) {
      throw limitExceeded(`Limit for change sets of a stack has been exceeded: ${cloudFormationLimits.changeSets}`);
    }
    if (kind === 'UPDATE') checkUpdatable(stack);
    const before = kind === 'UPDATE' ? stack : undefined;
    const plan = planOf(input, templateText(given, input.UsePreviousTemplate, stack), before);
    const { resources, isEmpty } = changesOf(plan, stack, account);
    const set: ChangeSetState = {
      ...plan,
      id: `arn:aws:cloudformation:${stack.region}:${account.id}:changeSet/${name}/${uuidOf(call.random)}`,
      name,
      kind,
      createdAt: call.now,
      status: isEmpty ? 'FAILED' : 'CREATE_COMPLETE',
      executionStatus: isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
      changes: resources,
      ...(isEmpty && { statusReason: noChanges }),
      ...(input.Description !== undefined && { description: input.Description }),
      ...(input.OnStackFailure !== undefined && { onFailure: input.OnStackFailure }),
    };
    yield* keeping(account.id, { ...stack, changeSets: { ...stack.changeSets, [stateKey(name)]: set } });
    return { Id: set.id, StackId: stack.id };
  },
};

/** The stack that a change set of a new one is about: it is there from then on, with nothing in it. */
function reviewed(account: Account, name: string, call: Call): StackState {
  const known = findStack(account, name, call.request);
  if (known?.status === inReview) return known;
  if (known !== undefined) {
    throw validationError(
      `Stack [${known.name}] already exists and cannot be created again with the changeSet [CREATE].`,
    );
  }
  const stack = newStack(account, name, emptyPlan, call);
  const journal = new StackJournal(stack, call, undefined);
  journal.stack(inReview, 'User Initiated');
  return { ...stack, status: inReview, events: journal.after([]) };
}

function requireExisting(account: Account, name: string, call: Call): StackState {
  const stack = findStack(account, name, call.request);
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') throw doesNotExist(name);
  return stack;
}

export const executeChangeSet: ProcessOperation<ExecuteChangeSetInput, Record<string, never>> = {
  kind: 'process',
  *run(account, input, call) {
    const { stack, set } = requireChangeSet(account, input.ChangeSetName ?? '', input.StackName, call.request);
    if (set.executionStatus !== 'AVAILABLE') {
      throw invalidChangeSetStatus(
        `ChangeSet [${set.id}] cannot be executed in its current execution status of [${set.executionStatus}]`,
      );
    }
    const onFailure = set.onFailure ?? (input.DisableRollback === true ? 'DO_NOTHING' : 'ROLLBACK');
    const executed = { ...stack, changeSetId: set.id };
    const after =
      set.kind === 'CREATE'
        ? yield* madeBy(account, { ...executed, ...planIn(set), onFailure }, input, call)
        : yield* changedBy(account, executed, set, onFailure, input, call);
    const changeSets = {
      ...after.changeSets,
      [stateKey(set.name)]: { ...set, executionStatus: 'EXECUTE_COMPLETE' as const },
    };
    yield* keeping(account.id, { ...after, changeSets });
    return {};
  },
};

function planIn(set: ChangeSetState): StackPlan {
  const { template, parameters, hidden, capabilities, tags, roleArn, notificationArns } = set;
  return {
    template,
    parameters,
    hidden,
    capabilities,
    tags,
    notificationArns,
    ...(roleArn !== undefined && { roleArn }),
  };
}

function* madeBy(account: Account, stack: StackState, input: WorkInput, call: Call): Process<StackState> {
  checkRoom(Object.values(account.cloudformation.stacks), templateOf(stack.template).resources.size);
  const site = yield* siteFor(account.id, stack, stack.roleArn, input, call);
  return yield* making(site, stack, account);
}

function changedBy(
  account: Account,
  stack: StackState,
  set: ChangeSetState,
  onFailure: StackState['onFailure'],
  input: WorkInput,
  call: Call,
): Process<StackState> {
  checkUpdatable(stack);
  const change = {
    plan: planIn(set),
    policy: stack.policy === undefined ? undefined : readStackPolicy(stack.policy),
    onFailure: onFailure === 'DO_NOTHING' ? ('DO_NOTHING' as const) : ('ROLLBACK' as const),
  };
  return changed(account, stack, change, input, call);
}

export const describeChangeSet: ReadOperation<DescribeChangeSetInput, DescribeChangeSetOutput> = {
  kind: 'read',
  handle(account, { ChangeSetName = '', StackName, NextToken }, call) {
    const { stack, set } = requireChangeSet(account, ChangeSetName, StackName, call.request);
    const { items, next } = page(set.changes, NextToken, 100);
    return {
      ...summary(stack, set),
      Parameters: Object.entries(set.parameters).map(([ParameterKey, value]) => ({
        ParameterKey,
        ParameterValue: set.hidden.includes(ParameterKey) ? '****' : value,
      })),
      NotificationARNs: [...set.notificationArns],
      RollbackConfiguration: {},
      Capabilities: set.capabilities as DescribeChangeSetOutput['Capabilities'],
      Tags: set.tags.map((tag) => ({ ...tag })),
      Changes: items.map(shownChange),
      ...(set.onFailure !== undefined && { OnStackFailure: set.onFailure }),
      ...(next !== undefined && { NextToken: next }),
    };
  },
};

function summary(stack: StackState, set: ChangeSetState): ChangeSetSummary {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: set.id,
    ChangeSetName: set.name,
    ExecutionStatus: set.executionStatus,
    Status: set.status,
    ...(set.statusReason !== undefined && { StatusReason: set.statusReason }),
    CreationTime: new Date(set.createdAt),
    ...(set.description !== undefined && { Description: set.description }),
    IncludeNestedStacks: false,
  };
}

function shownChange({ action, logicalId, physicalId, type, replacement, properties }: ChangeState): Change {
  const fixed = resourceTypes.get(type)?.fixed ?? [];
  const change: ResourceChange = {
    Action: action,
    LogicalResourceId: logicalId,
    ...(physicalId !== undefined && { PhysicalResourceId: physicalId }),
    ResourceType: type,
    ...(replacement !== undefined && { Replacement: replacement }),
    Scope: [...new Set(properties.map((name) => (name === 'Tags' ? ('Tags' as const) : ('Properties' as const))))],
    Details: properties.map((name) => ({
      Target: {
        Attribute: name === 'Tags' ? 'Tags' : 'Properties',
        ...(name !== 'Tags' && { Name: name }),
        RequiresRecreation: fixed.includes(name) ? 'Always' : 'Never',
      },
      Evaluation: replacement === 'Conditional' ? 'Dynamic' : 'Static',
      ChangeSource: 'DirectModification',
    })),
  };
  return { Type: 'Resource', ResourceChange: change };
}

export const listChangeSets: ReadOperation<ListChangeSetsInput, ListChangeSetsOutput> = {
  kind: 'read',
  handle(account, { StackName = '', NextToken }, call) {
    const stack = requireStackFor(account, StackName, call.request);
    const { items, next } = page(Object.values(stack.changeSets), NextToken, 100);
    return { Summaries: items.map((set) => summary(stack, set)), ...(next !== undefined && { NextToken: next }) };
  },
};

export const deleteChangeSet: ChangeOperation<DeleteChangeSetInput, Record<string, never>> = {
  kind: 'change',
  handle(account, { ChangeSetName = '', StackName }, call) {
    const { stack, set } = requireChangeSet(account, ChangeSetName, StackName, call.request);
    const draft = own(account.cloudformation.stacks, stack.id);
    if (draft !== undefined) delete draft.changeSets[stateKey(set.name)];
    return {};
  },
};
