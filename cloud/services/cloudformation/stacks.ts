/** Finding stacks, and how clients see them. */
import type { Stack, StackSummary } from '@aws-sdk/client-cloudformation';
import { own } from '../../own.ts';
import type { Account } from '../../world.ts';
import { validationError } from './errors.ts';
import type { StackState } from './state.ts';

/** Where a stack is looked for. */
export interface Place {
  readonly region: string;
}

export const deleted = 'DELETE_COMPLETE';

/** A stack by its name, or also a deleted one by its id. */
export function findStack(account: Account, nameOrId: string, { region }: Place): StackState | undefined {
  const { stacks } = account.cloudformation;
  if (nameOrId.startsWith('arn:')) return own(stacks, nameOrId);
  return Object.values(stacks).find(
    (stack) => stack.name === nameOrId && stack.region === region && stack.status !== deleted,
  );
}

/** @throws ValidationError in the words that clients look for ("does not exist") */
export function requireStack(account: Account, nameOrId: string, place: Place): StackState {
  const stack = findStack(account, nameOrId, place);
  if (stack === undefined) throw doesNotExist(nameOrId);
  return stack;
}

export function doesNotExist(nameOrId: string): Error {
  return validationError(`Stack with id ${nameOrId} does not exist`);
}

/** As other operations than DescribeStacks word it. @throws ValidationError */
export function requireStackFor(account: Account, nameOrId: string, place: Place): StackState {
  const stack = findStack(account, nameOrId, place);
  if (stack === undefined) throw validationError(`Stack [${nameOrId}] does not exist`);
  return stack;
}

/** The stacks of a region, newest first. */
export function stacksOf(account: Account, { region }: Place): readonly StackState[] {
  return Object.values(account.cloudformation.stacks)
    .filter((stack) => stack.region === region)
    .sort((a, b) => b.createdAt - a.createdAt);
}

/** The ARN that a call about a stack asks for: the stack's, or of one that is not there any id. */
export function stackArn(account: Account | undefined, nameOrId: string, place: Place & { accountId: string }): string {
  if (nameOrId.startsWith('arn:')) return nameOrId;
  const known = account && findStack(account, nameOrId, place);
  return known?.id ?? `arn:aws:cloudformation:${place.region}:${place.accountId}:stack/${nameOrId}/*`;
}

const notChecked = { StackDriftStatus: 'NOT_CHECKED' } as const;

export function describeStack(stack: StackState): Stack {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.changeSetId !== undefined && { ChangeSetId: stack.changeSetId }),
    ...(stack.description !== undefined && { Description: stack.description }),
    Parameters: Object.entries(stack.parameters).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: stack.hidden.includes(ParameterKey) ? '****' : value,
    })),
    CreationTime: new Date(stack.createdAt),
    ...(stack.updatedAt !== undefined && { LastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt !== undefined && { DeletionTime: new Date(stack.deletedAt) }),
    RollbackConfiguration: {},
    StackStatus: stack.status as Stack['StackStatus'],
    ...(stack.statusReason !== undefined && { StackStatusReason: stack.statusReason }),
    DisableRollback: stack.onFailure === 'DO_NOTHING',
    NotificationARNs: [...stack.notificationArns],
    ...(stack.timeoutMinutes !== undefined && { TimeoutInMinutes: stack.timeoutMinutes }),
    Capabilities: stack.capabilities as Stack['Capabilities'],
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      ...(description !== undefined && { Description: description }),
      ...(exportName !== undefined && { ExportName: exportName }),
    })),
    ...(stack.roleArn !== undefined && { RoleARN: stack.roleArn }),
    Tags: stack.tags.map((tag) => ({ ...tag })),
    EnableTerminationProtection: stack.isProtected,
    DriftInformation: notChecked,
  };
}

export function summarizeStack(stack: StackState): StackSummary {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.description !== undefined && { TemplateDescription: stack.description }),
    CreationTime: new Date(stack.createdAt),
    ...(stack.updatedAt !== undefined && { LastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt !== undefined && { DeletionTime: new Date(stack.deletedAt) }),
    StackStatus: stack.status as StackSummary['StackStatus'],
    ...(stack.statusReason !== undefined && { StackStatusReason: stack.statusReason }),
    DriftInformation: notChecked,
  };
}
