/** Executions as they go on: step after step, until one has to wait. */

import type { Draft, Random } from '../../../call.ts';
import { AwsError } from '../../../errors.ts';
import { own } from '../../../own.ts';
import { type ActingAs, changing, type Process, seeing } from '../../../process.ts';
import { newRequestId } from '../../../request-id.ts';
import type { World } from '../../../world.ts';
import { assuming } from '../../sts/assuming.ts';
import type { CommandState } from '../commands/state.ts';
import { contentOf, isMap, type JsonMap } from '../documents/content.ts';
import { filledIn, textOf } from '../documents/filling.ts';
import { ssmLimits } from '../limits.ts';
import { act } from './actions.ts';
import { after, ended } from './after-step.ts';
import { AUTOMATION, executionArn } from './names.ts';
import { type RunbookStep, runbookOf } from './runbook.ts';
import type { ExecutionState, StepState } from './state.ts';
import type { StepOutcome, StepRun } from './step-run.ts';
import { lookupIn } from './values.ts';

interface Moment {
  readonly now: number;
  readonly random: Random;
}

/** Milliseconds until work that was begun counts as lost. */
const lease = 600_000;

/** Characters of an input that are shown. */
const longestInput = 2000;

/** An execution that has not ended, and when it is due to go on. */
export interface OpenExecution {
  readonly accountId: string;
  readonly execution: ExecutionState;
  readonly dueAt: number;
}

export function* openExecutions(world: World): Iterable<OpenExecution> {
  for (const { id: accountId, ssm } of Object.values(world.accounts)) {
    for (const execution of Object.values(ssm.executions)) {
      if (execution.endedAt !== undefined) continue;
      const { commandId, dueAt } = execution;
      const command = commandId === undefined ? undefined : own(ssm.commands, commandId);
      yield { accountId, execution, dueAt: commandId === undefined ? dueAt : Math.min(dueAt, endOf(command)) };
    }
  }
}

/** When the last node of a command is done; one that is gone is not waited for. */
function endOf(command: CommandState | undefined): number {
  if (command === undefined) return 0;
  const ends = Object.values(command.invocations).map(({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY);
  return Math.max(command.requestedAt, ...ends);
}

/** Lets all go on that are due. */
export function* runDueExecutions(moment: Moment): Process<void> {
  const due = [...openExecutions(yield* seeing())].filter((open) => open.dueAt <= moment.now);
  for (const { accountId, execution } of due) {
    if (execution.work === 'running') {
      yield* keep(accountId, ended(execution, 'Failed', moment.now, 'The work on the execution was interrupted.'));
      continue;
    }
    yield* keep(accountId, { ...execution, work: 'running', dueAt: moment.now + lease });
    yield* goOn(accountId, execution, moment);
  }
}

function* goOn(accountId: string, execution: ExecutionState, moment: Moment): Process<void> {
  const runbook = runbookOf(contentOf('Automation', execution.content));
  const acting = yield* actingAs(accountId, execution, moment);
  if (acting.kind === 'refused') {
    yield* keep(accountId, ended(execution, 'Failed', moment.now, acting.message));
    return;
  }
  let current = execution;
  while (current.endedAt === undefined && current.next !== undefined) {
    const step = runbook.steps.find(({ name }) => name === current.next);
    if (step === undefined || current.steps.length >= ssmLimits.stepsPerExecution) {
      current = ended(current, 'Failed', moment.now, 'The execution has run more steps than it may.');
      break;
    }
    const inputs = inputsOf(current, step, accountId, moment.now);
    if (inputs === 'too-large') {
      current = ended(current, 'Failed', moment.now, `The inputs of step ${step.name} are too large.`);
      break;
    }
    const begun = begin(current, step, inputs, moment);
    yield* keep(accountId, { ...begun, work: 'running', dueAt: moment.now + lease });
    const outcome = yield* tryStep(accountId, begun, { step, inputs, as: acting.as }, moment);
    const stored = own(executionsIn(yield* seeing(), accountId), execution.id);
    // Somebody has stopped it meanwhile, or it is gone.
    if (stored === undefined || stored.endedAt !== undefined) return;
    current = after(begun, step, outcome, runbook, moment.now);
    if (outcome.kind === 'waits') break;
    yield* keep(accountId, { ...current, work: 'running', dueAt: moment.now + lease });
  }
  yield* keep(accountId, { ...current, work: 'waiting' });
}

function executionsIn(world: World, accountId: string): Readonly<Record<string, ExecutionState>> {
  return own(world.accounts, accountId)?.ssm.executions ?? {};
}

type Acting = { readonly kind: 'as'; readonly as: ActingAs } | { readonly kind: 'refused'; readonly message: string };

/** As the runbook's role, which is assumed at the time of use; without one on behalf of who started it. */
function* actingAs(accountId: string, execution: ExecutionState, { now }: Moment): Process<Acting> {
  const { roleArn, id, region, caller } = execution;
  if (roleArn === undefined) return { kind: 'as', as: { kind: 'caller', caller } };
  const assumed = yield* assuming({
    by: AUTOMATION,
    roleArn,
    sessionName: `Automation-${id}`,
    source: { arn: executionArn(region, accountId, id), accountId },
    now,
  });
  return assumed.kind === 'assumed'
    ? { kind: 'as', as: { kind: 'session', caller: assumed.caller } }
    : { kind: 'refused', message: `The defined assume role is unable to be assumed. ${assumed.error.message}` };
}

/** The execution with this step at its end, begun now or gone on with. */
function begin(execution: ExecutionState, step: RunbookStep, inputs: JsonMap, { now, random }: Moment): ExecutionState {
  const last = execution.steps.at(-1);
  if (last?.name === step.name && last.endedAt === undefined) return execution;
  const isRoom = JSON.stringify(execution.steps).length <= ssmLimits.stepCharacters;
  const begun: StepState = {
    id: newRequestId(random),
    name: step.name,
    action: step.action,
    status: 'InProgress',
    startedAt: now,
    inputs: isRoom ? Object.entries(inputs).map(([name, value]) => ({ name, text: shortened(textOf(value)) })) : [],
    outputs: [],
  };
  return { ...execution, steps: [...execution.steps, begun] };
}

/** As an input is shown. */
function shortened(text: string): string {
  return text.length > longestInput ? `${text.slice(0, longestInput)}…` : text;
}

/** Does a step, as often as it may be tried. */
function* tryStep(
  accountId: string,
  execution: ExecutionState,
  { step, inputs, as }: Pick<StepRun, 'step' | 'inputs' | 'as'>,
  { now }: Moment,
): Process<StepOutcome> {
  const { region, commandId } = execution;
  const startedAt = execution.steps.at(-1)?.startedAt ?? now;
  let outcome: StepOutcome = { kind: 'failed', message: 'The step was not tried.' };
  for (let attempt = 0; attempt < step.maxAttempts; attempt++) {
    try {
      outcome = yield* act({
        step,
        inputs,
        accountId,
        region,
        as,
        now,
        startedAt,
        ...(commandId !== undefined && { commandId }),
      });
    } catch (error) {
      // Code that cannot be run here, as in a fork.
      if (!(error instanceof AwsError)) throw error;
      outcome = { kind: 'failed', message: error.message, code: error.code };
    }
    if (outcome.kind !== 'failed') return outcome;
  }
  return outcome;
}

function inputsOf(execution: ExecutionState, step: RunbookStep, accountId: string, now: number): JsonMap | 'too-large' {
  try {
    const filled = filledIn(step.inputs, lookupIn(execution, accountId, now));
    return isMap(filled) ? filled : {};
  } catch (error) {
    if (error instanceof AwsError) return 'too-large';
    throw error;
  }
}

function* keep(accountId: string, execution: ExecutionState): Process<void> {
  yield* changing(accountId, (draft) => {
    const { executions } = draft.ssm;
    const stored = own(executions, execution.id);
    if (stored === undefined || stored.endedAt !== undefined) return;
    executions[execution.id] = structured(execution);
  });
}

/** State of its own: what is put into a draft must be changeable. */
function structured(execution: ExecutionState): Draft<ExecutionState> {
  return JSON.parse(JSON.stringify(execution)) as Draft<ExecutionState>;
}
