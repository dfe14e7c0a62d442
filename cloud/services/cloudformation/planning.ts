/** From a call, and the stack as it was, to what the stack is to be. */
import type { Parameter as GivenParameter, Tag } from '@aws-sdk/client-cloudformation';
import { parameterValues } from '../../templates/parameters.ts';
import { limitExceeded, validationError } from './errors.ts';
import { cloudFormationLimits } from './limits.ts';
import { checkCapabilities, checkResourceTypes, templateOf } from './reading-templates.ts';
import type { StackPlan, StackState } from './state.ts';

interface PlanInput {
  readonly Parameters?: readonly GivenParameter[] | undefined;
  readonly Capabilities?: readonly string[] | undefined;
  readonly ResourceTypes?: readonly string[] | undefined;
  readonly RoleARN?: string | undefined;
  readonly NotificationARNs?: readonly string[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

/**
 * @param before the stack that it goes on from; absent for a new one
 * @throws ValidationError, InsufficientCapabilitiesException
 */
export function planOf(input: PlanInput, text: string, before?: StackPlan): StackPlan {
  const template = templateOf(text);
  checkResourceTypes(template, input.ResourceTypes);
  const capabilities = input.Capabilities ?? [];
  checkCapabilities(template, capabilities);
  const given = givenParameters(input.Parameters ?? [], before);
  const roleArn = input.RoleARN ?? before?.roleArn;
  return {
    template: text,
    parameters: Object.fromEntries(parameterValues(template.parameters, given)),
    hidden: template.parameters.flatMap(({ name, noEcho }) => (noEcho ? [name] : [])),
    capabilities: [...capabilities],
    tags: input.Tags === undefined ? (before?.tags ?? []) : tagsGiven(input.Tags),
    notificationArns: [...(input.NotificationARNs ?? before?.notificationArns ?? [])],
    ...(roleArn !== undefined && { roleArn }),
  };
}

function givenParameters(
  given: readonly GivenParameter[],
  before: StackPlan | undefined,
): Readonly<Record<string, string>> {
  const values: [string, string][] = [];
  for (const { ParameterKey: key = '', ParameterValue: value, UsePreviousValue } of given) {
    const old = before !== undefined && Object.hasOwn(before.parameters, key) ? before.parameters[key] : undefined;
    if (UsePreviousValue === true && value !== undefined) {
      throw validationError(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
      );
    }
    if (UsePreviousValue === true && old === undefined) {
      throw validationError(
        before === undefined
          ? `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`
          : `Parameters: [${key}] do not exist in the template`,
      );
    }
    values.push([key, (UsePreviousValue === true ? old : value) ?? '']);
  }
  const names = values.map(([key]) => key);
  const twice = names.find((key, n) => names.indexOf(key) !== n);
  if (twice !== undefined) throw validationError(`Duplicate parameter keys are not allowed: ${twice}`);
  return Object.fromEntries(values);
}

/** @throws ValidationError */
function tagsGiven(tags: readonly Tag[]): StackPlan['tags'] {
  const keys = tags.map(({ Key = '' }) => Key);
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw validationError('aws: prefixed tag key names are not allowed for external use.');
  }
  if (new Set(keys).size < keys.length) throw validationError('Duplicate tag keys are not allowed');
  if (keys.length > 50) throw validationError('Tags: at most 50 tags are allowed');
  return tags.map(({ Key = '', Value = '' }) => ({ Key, Value }));
}

/** @throws LimitExceededException where the account has no room for so many resources more */
export function checkRoom(stacks: readonly StackState[], added: number): void {
  const there = stacks.reduce((sum, { resources }) => sum + resources.length, 0);
  if (there + added > cloudFormationLimits.resources) {
    throw limitExceeded(`Limit for resources in stacks of this sandbox exceeded: ${cloudFormationLimits.resources}`);
  }
}
