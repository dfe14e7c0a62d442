/** Commands and their invocations as answers show them. */
import type { Command, CommandInvocation, CommandPlugin, CommandStatus } from '@aws-sdk/client-ssm';
import { shownByName } from '../../../state-key.ts';
import type { CommandState, InvocationState, StepResult } from './state.ts';

/** Characters of output in a list (API Reference, CommandPlugin: Output). */
const outputInList = 2500;

/** What the invocations come to together (User Guide, "Understanding command statuses"). */
function statusOf({ invocations }: CommandState): {
  readonly status: CommandStatus;
  readonly details: string;
} {
  const all = Object.values(invocations);
  const has = (status: InvocationState['status']) => all.some((invocation) => invocation.status === status);
  if (all.length === 0) return { status: 'Success', details: 'NoInstancesInTag' };
  if (all.every(({ status }) => status === 'Pending')) return { status: 'Pending', details: 'Pending' };
  if (has('Pending') || has('InProgress')) return { status: 'InProgress', details: 'InProgress' };
  if (has('Failed')) return { status: 'Failed', details: 'Failed' };
  const late = all.find((invocation) => invocation.status === 'TimedOut');
  if (late !== undefined) return { status: 'TimedOut', details: late.details };
  return has('Cancelled') ? { status: 'Cancelled', details: 'Cancelled' } : { status: 'Success', details: 'Success' };
}

export function showCommand(command: CommandState): Command {
  const all = Object.values(command.invocations);
  const { status, details } = statusOf(command);
  const longest = Math.max(0, ...command.steps.map(({ timeoutSeconds }) => timeoutSeconds));
  return {
    CommandId: command.id,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    Comment: command.comment,
    ExpiresAfter: new Date(command.requestedAt + (command.deliveryTimeout + longest) * 1000),
    Parameters: parametersOf(command),
    InstanceIds: [...command.instanceIds],
    Targets: command.targets.map(({ key, values }) => ({ Key: key, Values: [...values] })),
    RequestedDateTime: new Date(command.requestedAt),
    Status: status,
    StatusDetails: details,
    OutputS3BucketName: '',
    OutputS3KeyPrefix: '',
    MaxConcurrency: command.maxConcurrency,
    MaxErrors: command.maxErrors,
    TargetCount: all.length,
    CompletedCount: all.filter(({ endedAt }) => endedAt !== undefined).length,
    ErrorCount: all.filter((invocation) => invocation.status === 'Failed').length,
    DeliveryTimedOutCount: all.filter(({ details: each }) => each === 'DeliveryTimedOut').length,
    ServiceRole: command.serviceRole ?? '',
    NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' as 'Command' },
    CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
    TimeoutSeconds: command.deliveryTimeout,
  };
}

function parametersOf({ parameters }: CommandState): Record<string, string[]> {
  const names = shownByName(Object.fromEntries(Object.keys(parameters).map((key) => [key, key])));
  return Object.fromEntries(Object.entries(names).map(([name, key]) => [name, [...(parameters[key] ?? [])]]));
}

export function showInvocation(
  command: CommandState,
  instanceId: string,
  instanceName: string,
  how: 'with-plugins' | 'alone',
): CommandInvocation {
  const invocation = command.invocations[instanceId];
  return {
    CommandId: command.id,
    InstanceId: instanceId,
    InstanceName: instanceName,
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    RequestedDateTime: new Date(command.requestedAt),
    Status: invocation?.status ?? 'Pending',
    StatusDetails: invocation?.details ?? 'Pending',
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    CommandPlugins: how === 'alone' || invocation === undefined ? [] : pluginsOf(command, invocation),
    ServiceRole: command.serviceRole ?? '',
    NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' as 'Command' },
    CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  };
}

function pluginsOf({ steps, region }: CommandState, { results, status, details }: InvocationState): CommandPlugin[] {
  return steps.map(({ name }, i) => {
    const result = results[i];
    return {
      Name: name,
      Status: (result?.status ?? status) as 'Success',
      StatusDetails: result?.details ?? details,
      ResponseCode: result?.code ?? -1,
      ...(result && {
        ResponseStartDateTime: new Date(result.startedAt),
        ResponseFinishDateTime: new Date(result.endedAt),
      }),
      Output: result === undefined ? '' : listedOutput(result),
      StandardOutputUrl: '',
      StandardErrorUrl: '',
      OutputS3Region: region,
      OutputS3BucketName: '',
      OutputS3KeyPrefix: '',
    };
  });
}

function listedOutput({ stdout, stderr }: StepResult): string {
  const together = stderr === '' ? stdout : `${stdout}\n----------ERROR-------\n${stderr}`;
  return together.slice(0, outputInList);
}
