/** SendCommand and CancelCommand. */
import type { CancelCommandRequest, SendCommandRequest, SendCommandResult } from '@aws-sdk/client-ssm';
import type { Call, Draft } from '../../../call.ts';
import { AwsError } from '../../../errors.ts';
import { own } from '../../../own.ts';
import { passRole } from '../../../permissions/pass-role.ts';
import { changing } from '../../../process.ts';
import { newRequestId } from '../../../request-id.ts';
import type { ChangeOperation, ProcessOperation } from '../../../service.ts';
import { stateKey } from '../../../state-key.ts';
import type { Account } from '../../../world.ts';
import { contentOf } from '../documents/content.ts';
import { documentFailure, noSuchDocument } from '../documents/errors.ts';
import { documentNamed, versionOf } from '../documents/finding.ts';
import { documentHash } from '../documents/shape.ts';
import { readValues } from '../documents/values.ts';
import { validationException } from '../errors.ts';
import { ssmLimits } from '../limits.ts';
import { isReached, managedNode } from '../nodes/agent.ts';
import { makeRoom } from '../room.ts';
import { sendingPermissions } from './permissions.ts';
import { withReferences } from './references.ts';
import { showCommand } from './shape.ts';
import type { CommandState, CommandStep } from './state.ts';
import { commandSteps } from './steps.ts';
import { checkChoice, targetedNodes } from './targets.ts';

/** Seconds (API Reference, SendCommand: TimeoutSeconds). */
const usualDelivery = 3600;

export const sendCommand: ProcessOperation<SendCommandRequest, SendCommandResult> = {
  kind: 'process',
  owner: (_input, facts) => facts.callerAccountId,
  permissions: (input, facts) => [
    ...sendingPermissions(input, facts),
    ...(input.ServiceRoleArn === undefined ? [] : [passRole(input.ServiceRoleArn, 'ssm.amazonaws.com', facts)]),
  ],
  *run(account, input, call) {
    checkChoice(input);
    if (input.OutputS3BucketName !== undefined || input.CloudWatchOutputConfig?.CloudWatchOutputEnabled === true) {
      throw validationException('Output of commands goes to no bucket and no log group here: leave that out.');
    }
    const given = yield* withReferences(input.Parameters ?? {});
    const steps = stepsOf(account, { ...input, Parameters: { ...given } as Record<string, string[]> }, call);
    const command = commandFrom(input, steps, nodesFor(input, account, call.request.region, call), call);
    yield* changing(account.id, ({ ssm: { commands } }) => {
      const room = { count: ssmLimits.commandsPerAccount, characters: ssmLimits.commandCharactersPerAccount };
      if (!makeRoom(commands, room, keptOf))
        throw new AwsError('ThrottlingException', 'Rate exceeded', { status: 400 });
      commands[command.id] = command as Draft<CommandState>;
    });
    return { Command: showCommand(command) };
  },
};

function commandFrom(
  input: SendCommandRequest,
  steps: readonly CommandStep[],
  nodes: readonly string[],
  call: Call,
): CommandState {
  return {
    id: newRequestId(call.random),
    region: call.request.region,
    documentName: input.DocumentName ?? '',
    documentVersion: input.DocumentVersion ?? '$DEFAULT',
    comment: input.Comment ?? '',
    parameters: Object.fromEntries(
      Object.entries(input.Parameters ?? {}).map(([name, values]) => [stateKey(name), values]),
    ),
    instanceIds: input.InstanceIds ?? [],
    targets: (input.Targets ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values })),
    maxConcurrency: input.MaxConcurrency ?? '50',
    maxErrors: input.MaxErrors ?? '0',
    ...(input.ServiceRoleArn !== undefined && { serviceRole: input.ServiceRoleArn }),
    deliveryTimeout: input.TimeoutSeconds ?? usualDelivery,
    requestedAt: call.now,
    steps,
    invocations: Object.fromEntries(
      nodes.map((id) => [id, { status: 'Pending', details: 'Pending', results: [] } as const]),
    ),
  };
}

/** @throws InvalidDocument, InvalidDocumentVersion, InvalidParameters */
function stepsOf(account: Pick<Account, 'id'>, input: SendCommandRequest, call: Call): readonly CommandStep[] {
  const { DocumentName: name = '', Parameters: given = {} } = input;
  const { document } = documentNamed(name, { world: call.world, accountId: account.id, region: call.request.region });
  if (document.type !== 'Command') throw noSuchDocument(name);
  const version = versionOf(document, input);
  if (input.DocumentHash !== undefined && input.DocumentHash !== documentHash(version.content, call.hashes)) {
    throw documentFailure('InvalidDocument', 'The hash of the document is another one.');
  }
  const content = contentOf('Command', version.content);
  const read = readValues(content.parameters, given);
  if (read.kind === 'invalid') {
    const names = read.names.join(', ');
    const message = {
      unknown: `document ${name} does not support parameters.`,
      missing: `Missing required parameters: ${names}`,
      value: `The values of these parameters are not valid: ${names}`,
    }[read.problem];
    throw documentFailure('InvalidParameters', message);
  }
  const steps = commandSteps(content, read.values);
  if (JSON.stringify(steps).length > ssmLimits.commandCharacters) {
    throw documentFailure('MaxDocumentSizeExceeded', 'The document with its parameters is too large.');
  }
  return steps;
}

/** Those that take commands. What a request names must; what tags find and does not is left out. @throws InvalidInstanceId */
function nodesFor(input: SendCommandRequest, account: Account, region: string, call: Call) {
  const nodes = targetedNodes(input, account, region);
  const reached = nodes.filter((id) => {
    const node = managedNode(call.world, account, region, id, call);
    return node !== undefined && isReached('commands', node, { world: call.world, account, region }, call);
  });
  const lost = nodes.filter((id) => !reached.includes(id));
  if ((input.InstanceIds ?? []).length > 0 && lost.length > 0) {
    throw new AwsError(
      'InvalidInstanceId',
      `Instances [[${lost.join(', ')}]] not in a valid state for account ${account.id}`,
      { status: 400 },
    );
  }
  if (reached.length > ssmLimits.nodesPerCommand) {
    throw validationException(`A command goes to ${ssmLimits.nodesPerCommand} nodes at most here.`);
  }
  return reached;
}

/** A command has ended when all of its invocations have. */
function keptOf({ id, requestedAt, invocations }: Draft<CommandState>) {
  const ends = Object.values(invocations).map(({ endedAt }) => endedAt);
  const isOver = ends.every((end) => end !== undefined);
  return {
    id,
    begunAt: requestedAt,
    endedAt: isOver ? Math.max(requestedAt, ...ends.map((end) => end ?? 0)) : undefined,
  };
}

/** What has not begun is not begun; what runs is left to its end, and counts as cancelled. */
export const cancelCommand: ChangeOperation<CancelCommandRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const command = commandNamed(account.ssm.commands, input.CommandId ?? '', call.request.region);
    const { InstanceIds: ids = [] } = input;
    if (new Set(ids).size < ids.length) throw new AwsError('DuplicateInstanceId', '', { status: 400 });
    const unknown = ids.find((id) => own(command.invocations, id) === undefined);
    if (unknown !== undefined)
      throw new AwsError('InvalidInstanceId', `${unknown} is no node of this command.`, { status: 400 });
    for (const [id, invocation] of Object.entries(command.invocations)) {
      if (invocation.endedAt !== undefined || (ids.length > 0 && !ids.includes(id))) continue;
      command.invocations[id] = { ...invocation, status: 'Cancelled', details: 'Cancelled', endedAt: call.now };
    }
    return {};
  },
};

/** @throws InvalidCommandId */
export function commandNamed<Command extends CommandState | Draft<CommandState>>(
  commands: Readonly<Record<string, Command>>,
  id: string,
  region: string,
): Command {
  const command = own(commands, id);
  if (command === undefined || command.region !== region) throw new AwsError('InvalidCommandId', '', { status: 400 });
  return command;
}
