/** GetAutomationExecution, DescribeAutomationExecutions, DescribeAutomationStepExecutions. */
import type {
  AutomationExecutionFilter,
  AutomationExecutionMetadata,
  DescribeAutomationExecutionsRequest,
  DescribeAutomationExecutionsResult,
  DescribeAutomationStepExecutionsRequest,
  DescribeAutomationStepExecutionsResult,
  GetAutomationExecutionRequest,
  GetAutomationExecutionResult,
  StepExecution,
  StepExecutionFilter,
} from '@aws-sdk/client-ssm';
import { callerArn } from '../../../../iam/caller-arn.ts';
import { AwsError } from '../../../errors.ts';
import type { ReadOperation } from '../../../service.ts';
import { contentOf } from '../documents/content.ts';
import { pageOf } from '../pages.ts';
import { textsOf } from './outputs.ts';
import { onExecution } from './permissions.ts';
import { type RunbookStep, runbookOf } from './runbook.ts';
import { executionNamed } from './starting.ts';
import type { ExecutionState, NamedTexts, NamedValue, StepState } from './state.ts';

const outputsShown = (outputs: readonly NamedTexts[]) =>
  Object.fromEntries(outputs.map(({ name, texts }) => [name, [...texts]]));

const valuesShown = (values: readonly NamedValue[]) =>
  Object.fromEntries(values.map(({ name, value }) => [name, textsOf(value)]));

/** What lists and single answers have in common. */
function common(execution: ExecutionState) {
  const { id, documentName, documentVersion, status, startedAt, endedAt, failure, steps, next } = execution;
  const current = next === undefined ? undefined : steps.findLast(({ name }) => name === next);
  return {
    AutomationExecutionId: id,
    DocumentName: documentName,
    DocumentVersion: documentVersion,
    AutomationExecutionStatus: status,
    ExecutionStartTime: new Date(startedAt),
    ...(endedAt !== undefined && { ExecutionEndTime: new Date(endedAt) }),
    ExecutedBy: callerArn(execution.caller),
    Mode: 'Auto' as const,
    Outputs: outputsShown(execution.outputs),
    ...(failure !== undefined && { FailureMessage: failure }),
    ...(current !== undefined && { CurrentStepName: current.name, CurrentAction: current.action }),
    Targets: [],
    ResolvedTargets: { ParameterValues: [], Truncated: false },
  };
}

/** The steps that have run, and after them those that have not. */
function stepsOf(execution: ExecutionState): readonly StepExecution[] {
  const { steps } = runbookOf(contentOf('Automation', execution.content));
  const begun = new Set(execution.steps.map(({ name }) => name));
  const ran = execution.steps.map((state) =>
    shown(
      steps.find(({ name }) => name === state.name),
      state,
    ),
  );
  return [...ran, ...steps.filter(({ name }) => !begun.has(name)).map((step) => shown(step, undefined))];
}

function shown(step: RunbookStep | undefined, state: StepState | undefined): StepExecution {
  const isOver = state?.endedAt !== undefined;
  return {
    StepName: step?.name ?? state?.name ?? '',
    Action: step?.action ?? state?.action ?? '',
    ...(step && {
      TimeoutSeconds: step.timeoutSeconds,
      OnFailure: step.onFailure,
      MaxAttempts: step.maxAttempts,
      IsEnd: step.isEnd === 'yes',
      IsCritical: step.isCritical === 'yes',
      ...(step.nextStep !== undefined && { NextStep: step.nextStep }),
    }),
    StepStatus: state?.status ?? 'Pending',
    ...(state && {
      ExecutionStartTime: new Date(state.startedAt),
      StepExecutionId: state.id,
      Inputs: Object.fromEntries(state.inputs.map(({ name, text }) => [name, text])),
    }),
    ...(state !== undefined && isOver && { ExecutionEndTime: new Date(state.endedAt) }),
    Outputs: valuesShown(state?.outputs ?? []),
    ...(state?.status === 'Success' && { ResponseCode: '0' }),
    ...(state?.failure !== undefined && {
      FailureMessage: state.failure,
      FailureDetails: { FailureStage: 'Invocation', FailureType: 'Action', Details: {} },
    }),
  };
}

export const getAutomationExecution: ReadOperation<GetAutomationExecutionRequest, GetAutomationExecutionResult> = {
  kind: 'read',
  permissions: onExecution('ssm:GetAutomationExecution'),
  handle(account, input, call) {
    const execution = executionNamed(account.ssm.executions, input.AutomationExecutionId ?? '', call.request.region);
    return {
      AutomationExecution: {
        ...common(execution),
        StepExecutions: [...stepsOf(execution)],
        StepExecutionsTruncated: false,
        Parameters: valuesShown(execution.parameters),
      },
    };
  },
};

/** Newest first. */
const orderOf = ({ startedAt, id }: ExecutionState) => `${String(1e14 - startedAt).padStart(15, '0')} ${id}`;

export const describeAutomationExecutions: ReadOperation<
  DescribeAutomationExecutionsRequest,
  DescribeAutomationExecutionsResult
> = {
  kind: 'read',
  handle(account, input, call) {
    const { Filters: filters = [] } = input;
    const found = Object.values(account.ssm.executions)
      .filter(({ region }) => region === call.request.region)
      .filter((execution) => filters.every((filter) => matches(execution, filter)))
      .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    const page = pageOf(found, { size: input.MaxResults ?? 50, token: input.NextToken }, orderOf);
    const AutomationExecutionMetadataList = page.items.map(
      (execution): AutomationExecutionMetadata => ({ ...common(execution), LogFile: '', AutomationType: 'Local' }),
    );
    return { AutomationExecutionMetadataList, ...(page.token !== undefined && { NextToken: page.token }) };
  },
};

/** @throws InvalidFilterKey */
function matches(execution: ExecutionState, { Key: key, Values: values = [] }: AutomationExecutionFilter): boolean {
  const { documentName, status, id, startedAt, tags } = execution;
  switch (key) {
    case 'DocumentNamePrefix':
      return values.some((value) => documentName.startsWith(value));
    case 'ExecutionStatus':
      return values.includes(status);
    case 'ExecutionId':
      return values.includes(id);
    case 'CurrentAction':
      return values.includes(common(execution).CurrentAction ?? '');
    case 'StartTimeBefore':
      return values.some((value) => startedAt <= Date.parse(value));
    case 'StartTimeAfter':
      return values.some((value) => startedAt >= Date.parse(value));
    case 'AutomationType':
      return values.includes('Local');
    case 'TagKey':
      return tags.some(({ Key }) => values.includes(Key));
    case 'ParentExecutionId':
    case 'TargetResourceGroup':
    case 'AutomationSubtype':
    case 'OpsItemId':
      // Executions within executions, of groups and of change requests: there are none.
      return false;
    default:
      throw new AwsError('InvalidFilterKey', '', { status: 400 });
  }
}

export const describeAutomationStepExecutions: ReadOperation<
  DescribeAutomationStepExecutionsRequest,
  DescribeAutomationStepExecutionsResult
> = {
  kind: 'read',
  permissions: onExecution('ssm:DescribeAutomationStepExecutions'),
  handle(account, input, call) {
    const execution = executionNamed(account.ssm.executions, input.AutomationExecutionId ?? '', call.request.region);
    const { Filters: filters = [] } = input;
    const all = stepsOf(execution).map((step, i) => ({ step, key: String(i).padStart(6, '0') }));
    const kept = all.filter(({ step }) => filters.every((filter) => matchesStep(step, filter)));
    const ordered =
      input.ReverseOrder === true
        ? kept.map(({ step }, i) => ({ step, key: String(kept.length - i).padStart(6, '0') })).reverse()
        : kept;
    const page = pageOf(ordered, { size: input.MaxResults ?? 50, token: input.NextToken }, ({ key }) => key);
    return {
      StepExecutions: page.items.map(({ step }) => step),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};

/** @throws InvalidFilterKey */
function matchesStep(step: StepExecution, { Key: key, Values: values = [] }: StepExecutionFilter): boolean {
  const has = (value: string | undefined) => value !== undefined && values.includes(value);
  const started = step.ExecutionStartTime?.getTime();
  switch (key) {
    case 'StepExecutionStatus':
      return has(step.StepStatus);
    case 'StepExecutionId':
      return has(step.StepExecutionId);
    case 'StepName':
      return has(step.StepName);
    case 'Action':
      return has(step.Action);
    case 'StartTimeBefore':
      return started !== undefined && values.some((value) => started <= Date.parse(value));
    case 'StartTimeAfter':
      return started !== undefined && values.some((value) => started >= Date.parse(value));
    default:
      throw new AwsError('InvalidFilterKey', '', { status: 400 });
  }
}
