/** ListCommands, ListCommandInvocations, GetCommandInvocation. */
import type {
  CommandFilter,
  GetCommandInvocationRequest,
  GetCommandInvocationResult,
  ListCommandInvocationsRequest,
  ListCommandInvocationsResult,
  ListCommandsRequest,
  ListCommandsResult,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../../errors.ts';
import { own } from '../../../own.ts';
import type { ReadOperation } from '../../../service.ts';
import type { Account } from '../../../world.ts';
import { regionOf } from '../../ec2/regions.ts';
import { tagsOf } from '../../ec2/tags.ts';
import { pageOf } from '../pages.ts';
import { commandNamed } from './sending.ts';
import { showCommand, showInvocation } from './shape.ts';
import type { CommandState } from './state.ts';

/** Newest first: the token names a time and an id. */
const orderOf = ({ requestedAt, id }: CommandState) => `${String(1e14 - requestedAt).padStart(15, '0')} ${id}`;

/** @throws InvalidCommandId, InvalidFilterKey */
function commandsOf(
  account: Account,
  input: Pick<ListCommandsRequest, 'CommandId' | 'InstanceId' | 'Filters'>,
  region: string,
): readonly CommandState[] {
  const { CommandId: id, InstanceId: instanceId, Filters: filters = [] } = input;
  const { commands } = account.ssm;
  const chosen =
    id === undefined
      ? Object.values(commands).filter((command) => command.region === region)
      : [commandNamed(commands, id, region)];
  return chosen
    .filter(({ invocations }) => instanceId === undefined || own(invocations, instanceId) !== undefined)
    .filter((command) => filters.every((filter) => matches(command, filter)))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function matches(command: CommandState, { key, value = '' }: CommandFilter): boolean {
  switch (key) {
    case 'InvokedAfter':
      return command.requestedAt > Date.parse(value);
    case 'InvokedBefore':
      return command.requestedAt < Date.parse(value);
    case 'Status':
      return showCommand(command).Status === value;
    case 'DocumentName':
      return command.documentName === value;
    case 'ExecutionStage':
      return (showCommand(command).CompletedCount === showCommand(command).TargetCount) === (value === 'Complete');
    default:
      throw new AwsError('InvalidFilterKey', '', { status: 400 });
  }
}

export const listCommands: ReadOperation<ListCommandsRequest, ListCommandsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const found = commandsOf(account, input, call.request.region);
    const page = pageOf(found, { size: input.MaxResults ?? 25, token: input.NextToken }, orderOf);
    return { Commands: page.items.map(showCommand), ...(page.token !== undefined && { NextToken: page.token }) };
  },
};

export const listCommandInvocations: ReadOperation<ListCommandInvocationsRequest, ListCommandInvocationsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const nameOf = (id: string) => tagsOf(state, id).find(({ Key }) => Key === 'Name')?.Value ?? '';
    const found = commandsOf(account, input, region).flatMap((command) =>
      Object.keys(command.invocations)
        .filter((id) => input.InstanceId === undefined || id === input.InstanceId)
        .sort()
        .map((id) => ({ command, id })),
    );
    const page = pageOf(
      found,
      { size: input.MaxResults ?? 25, token: input.NextToken },
      ({ command, id }) => `${orderOf(command)} ${id}`,
    );
    const how = input.Details === true ? 'with-plugins' : 'alone';
    return {
      CommandInvocations: page.items.map(({ command, id }) => showInvocation(command, id, nameOf(id), how)),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};

/** `2026-01-05T12:00:00.000Z`, and an empty text for what has not come. */
const timeText = (time: number | undefined) => (time === undefined ? '' : new Date(time).toISOString());

/** `PT1.5S`. */
function elapsed(from: number | undefined, to: number | undefined): string {
  return from === undefined || to === undefined ? '' : `PT${(to - from) / 1000}S`;
}

export const getCommandInvocation: ReadOperation<GetCommandInvocationRequest, GetCommandInvocationResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { CommandId: id = '', InstanceId: instanceId = '', PluginName: plugin } = input;
    const command = own(account.ssm.commands, id);
    const invocation = command?.region === call.request.region ? own(command.invocations, instanceId) : undefined;
    if (command === undefined || invocation === undefined) {
      throw new AwsError('InvocationDoesNotExist', '', { status: 400 });
    }
    const at = plugin === undefined ? 0 : command.steps.findIndex(({ name }) => name === plugin);
    if (at === -1 || (plugin === undefined && command.steps.length > 1 && invocation.endedAt === undefined)) {
      throw new AwsError('InvalidPluginName', '', { status: 400 });
    }
    const one = plugin !== undefined || command.steps.length === 1;
    const result = one ? invocation.results[at] : undefined;
    const startedAt = result?.startedAt ?? invocation.startedAt;
    const endedAt = result?.endedAt ?? (invocation.startedAt === undefined ? undefined : invocation.endedAt);
    const { stdout, stderr } = result ?? {
      stdout: invocation.results.map((each) => each.stdout).join(''),
      stderr: invocation.results.map((each) => each.stderr).join(''),
    };
    return {
      CommandId: command.id,
      InstanceId: instanceId,
      Comment: command.comment,
      DocumentName: command.documentName,
      DocumentVersion: command.documentVersion,
      PluginName: one ? (command.steps[at]?.name ?? '') : '',
      ResponseCode: result?.code ?? -1,
      ExecutionStartDateTime: timeText(startedAt),
      ExecutionElapsedTime: elapsed(startedAt, endedAt),
      ExecutionEndDateTime: timeText(endedAt),
      Status: result?.status ?? invocation.status,
      StatusDetails: result?.details ?? invocation.details,
      StandardOutputContent: stdout,
      StandardOutputUrl: '',
      StandardErrorContent: stderr,
      StandardErrorUrl: '',
      CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
    };
  },
};
