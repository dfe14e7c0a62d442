/** Commands as they run on their nodes: begun when they fall due, each node's steps one after the other. */
import { AwsError } from '../../../errors.ts';
import { own } from '../../../own.ts';
import { changing, type Process, seeing } from '../../../process.ts';
import type { World } from '../../../world.ts';
import { runOnHost } from '../../ec2/hosts.ts';
import { ssmLimits } from '../limits.ts';
import { isReached, type Moment, managedNode } from '../nodes/agent.ts';
import type { CommandState, CommandStep, InvocationState, StepResult } from './state.ts';

/** An invocation that has not ended. */
export interface OpenInvocation {
  readonly accountId: string;
  readonly command: CommandState;
  readonly instanceId: string;
  readonly invocation: InvocationState;
  /** When it is due to begin, or given up if it has begun and nobody knows of it any more. */
  readonly dueAt: number;
}

/** Where an agent starts scripts. */
const agentDirectory = '/usr/bin';

export function* openInvocations(world: World): Iterable<OpenInvocation> {
  for (const { id: accountId, ssm } of Object.values(world.accounts)) {
    for (const command of Object.values(ssm.commands)) {
      for (const [instanceId, invocation] of Object.entries(command.invocations)) {
        if (invocation.endedAt !== undefined) continue;
        yield { accountId, command, instanceId, invocation, dueAt: dueAt(command, invocation) };
      }
    }
  }
}

function dueAt({ requestedAt, steps }: CommandState, { startedAt }: InvocationState): number {
  if (startedAt === undefined) return requestedAt;
  const seconds = steps.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds, 0);
  return startedAt + seconds * 1000 + ssmLimits.commandGraceMilliseconds;
}

/** Begins what is due and waits for its end; gives up what was begun and never came back, as after a crash. */
export function* runDueCommands(moment: Moment): Process<void> {
  const due = [...openInvocations(yield* seeing())].filter((open) => open.dueAt <= moment.now);
  for (const { accountId, command, instanceId, invocation } of due) {
    const begun: InvocationState =
      invocation.startedAt === undefined
        ? { ...invocation, status: 'InProgress', details: 'InProgress', startedAt: moment.now }
        : { ...invocation, status: 'TimedOut', details: 'ExecutionTimedOut', endedAt: moment.now };
    yield* keep(accountId, command.id, instanceId, begun);
  }
  for (const open of due) if (open.invocation.startedAt === undefined) yield* runInvocation(open, moment);
}

function* runInvocation({ accountId, command, instanceId }: OpenInvocation, moment: Moment): Process<void> {
  const results: StepResult[] = [];
  for (const step of command.steps) {
    const result = yield* runStep(step, { accountId, region: command.region, instanceId }, moment);
    results.push(result);
    if (result.status !== 'Success') break;
  }
  const { status, details } = results.at(-1) ?? { status: 'Success', details: 'Success' };
  // Whoever cancelled it meanwhile has the last word about how it ended; what it wrote is kept.
  const current = invocationIn(yield* seeing(), accountId, command.id, instanceId);
  if (current === undefined) return;
  const ended = current.endedAt === undefined ? { status, details, endedAt: moment.now } : {};
  yield* keep(accountId, command.id, instanceId, { ...current, ...ended, results });
}

interface NodePlace {
  readonly accountId: string;
  readonly region: string;
  readonly instanceId: string;
}

function* runStep(step: CommandStep, place: NodePlace, moment: Moment): Process<StepResult> {
  const at = { startedAt: moment.now, endedAt: moment.now };
  if (step.platform !== undefined && step.platform !== 'Linux') {
    return { ...at, status: 'Success', details: 'Success', code: 0, stdout: skipped(step), stderr: '' };
  }
  if (step.action !== 'aws:runShellScript') {
    const stderr = `Plugin with name ${step.action} is not supported in current platform!`;
    return { ...at, status: 'Failed', details: 'Failed', code: 1, stdout: '', stderr };
  }
  if (!(yield* takesCommands(place, moment))) return { ...at, ...undeliverable };
  try {
    const ran = yield* runOnHost({
      ...place,
      user: 'root',
      directory: step.directory ?? agentDirectory,
      variables: step.variables,
      script: step.script,
      timeoutMilliseconds: step.timeoutSeconds * 1000,
    });
    switch (ran.kind) {
      case 'unreachable':
        return { ...at, ...undeliverable };
      case 'stopped':
        return { ...at, status: 'TimedOut', details: 'ExecutionTimedOut', code: -1, ...output(ran) };
      case 'finished': {
        const status = ran.exitCode === 0 ? 'Success' : 'Failed';
        const stderr =
          status === 'Success' ? ran.stderr : `${ran.stderr}failed to run commands: exit status ${ran.exitCode}`;
        return { ...at, status, details: status, code: ran.exitCode, ...output({ stdout: ran.stdout, stderr }) };
      }
    }
  } catch (error) {
    // Code that cannot be run here, as in a fork: the invocation ends all the same.
    if (!(error instanceof AwsError)) throw error;
    return { ...at, status: 'Failed', details: 'Failed', code: -1, stdout: '', stderr: error.message };
  }
}

const undeliverable = {
  status: 'TimedOut',
  details: 'Undeliverable',
  code: -1,
  stdout: '',
  stderr: '',
} as const;

const skipped = ({ name }: CommandStep) =>
  `Step execution skipped due to unsupported plugin: ${name}. The platform of the step is another.`;

/** What is kept of a script's output (API Reference, GetCommandInvocation: 24,000 and 8,000 characters), of many nodes' less. */
function output({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) {
  return { stdout: stdout.slice(0, 24_000), stderr: stderr.slice(0, 8_000) };
}

/** The agent is asked again when it is to begin: the role may have changed since. */
function* takesCommands({ accountId, region, instanceId }: NodePlace, moment: Moment): Process<boolean> {
  const world = yield* seeing();
  const account = own(world.accounts, accountId);
  const node = account && managedNode(world, account, region, instanceId, moment);
  if (account === undefined || node === undefined) return false;
  return isReached('commands', node, { world, account, region }, moment);
}

function invocationIn(world: World, accountId: string, commandId: string, instanceId: string) {
  const command = own(own(world.accounts, accountId)?.ssm.commands ?? {}, commandId);
  return command && own(command.invocations, instanceId);
}

function* keep(accountId: string, commandId: string, instanceId: string, invocation: InvocationState): Process<void> {
  yield* changing(accountId, (draft) => {
    const command = own(draft.ssm.commands, commandId);
    if (command !== undefined) command.invocations[instanceId] = { ...invocation, results: [...invocation.results] };
  });
}
