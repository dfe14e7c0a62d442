/** Executions as they go on: step after step, until one has to wait. */

import type { Draft, Random } from '../../../call.ts';
import { AwsError } from '../../../errors.ts';
import { own } from '../../../own.ts';
import { type ActingAs, changing, type Process, seeing } from '../../../process.ts';
import { newRequestId } from '../../../request-id.ts';
import type { World } from '../../../world.ts';
import { assuming } from '../../sts/assuming.ts';
import { contentOf, isMap, type Json, type JsonMap } from '../documents/content.ts';
import { filledIn, textOf } from '../documents/filling.ts';
import { ssmLimits } from '../limits.ts';
import { act } from './actions.ts';
import { AUTOMATION, executionArn } from './names.ts';
import { readOutputs, textsOf } from './outputs.ts';
import { type Runbook, type RunbookStep, runbookOf } from './runbook.ts';
import type { AutomationStatus, ExecutionState, NamedValue, StepState } from './state.ts';
import type { StepOutcome, StepRun } from './step-run.ts';

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
      const ends =
        command && Object.values(command.invocations).map(({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY);
      // One that waits for a command goes on when the last node is done.
      const ended = ends === undefined ? dueAt : Math.max(command?.requestedAt ?? 0, ...ends);
      yield { accountId, execution, dueAt: Math.min(dueAt, ended) };
    }
  }
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

function lookupIn({ parameters, steps, id, region }: ExecutionState, accountId: string, now: number) {
  const day = new Date(now).toISOString().slice(0, 10);
  const known: Readonly<Record<string, string>> = {
    'automation:EXECUTION_ID': id,
    'global:ACCOUNT_ID': accountId,
    'global:DATE': day,
    'global:DATE_TIME': `${day}_${new Date(now).toISOString().slice(11, 19).replaceAll(':', '.')}`,
    'global:REGION': region,
  };
  return (name: string): Json | undefined => {
    const dot = name.indexOf('.');
    if (dot === -1) return own(known, name) ?? parameters.find((parameter) => parameter.name === name)?.value;
    // The last run of a step counts.
    const step = steps.findLast((each) => each.name === name.slice(0, dot));
    return step?.outputs.find((output) => output.name === name.slice(dot + 1))?.value;
  };
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

/** The execution after a step: what came of it, and what comes next. */
function after(
  execution: ExecutionState,
  step: RunbookStep,
  outcome: StepOutcome,
  runbook: Runbook,
  now: number,
): ExecutionState {
  const { commandId: _, ...rest } = execution;
  if (outcome.kind === 'waits') {
    const { until, commandId } = outcome;
    return { ...rest, dueAt: until, ...(commandId !== undefined && { commandId }) };
  }
  const read: StepOutcome = outcome.kind === 'done' ? withOwnOutputs(outcome, step) : outcome;
  const done = withStep(rest, read, now);
  if (read.kind === 'failed') return afterFailure(done, step, read.message, runbook, now);
  return follow(done, step, runbook, read.kind === 'done' ? read.goTo : undefined, now);
}

function withOwnOutputs(outcome: Extract<StepOutcome, { kind: 'done' }>, step: RunbookStep): StepOutcome {
  const read = readOutputs(step.outputs, outcome.answer ?? null);
  if (read.kind === 'wrong') return { kind: 'failed', message: `The output ${read.name} is not of its type.` };
  return { ...outcome, outputs: [...outcome.outputs, ...read.outputs] };
}

function withStep(execution: ExecutionState, outcome: StepOutcome, now: number): ExecutionState {
  const last = execution.steps.at(-1);
  if (last === undefined || outcome.kind === 'waits') return execution;
  const status: AutomationStatus =
    outcome.kind === 'done' ? 'Success' : outcome.code === 'TimedOut' ? 'TimedOut' : 'Failed';
  const ran: StepState = {
    ...last,
    status,
    endedAt: now,
    outputs: bounded(outcome.outputs ?? [], execution.steps),
    ...(outcome.kind === 'failed' && {
      failure: outcome.message,
      ...(outcome.code !== undefined && { code: outcome.code }),
    }),
  };
  return { ...execution, steps: [...execution.steps.slice(0, -1), ran] };
}

/** What is kept of a step's outputs beside what earlier steps have kept. */
function bounded(outputs: readonly NamedValue[], earlier: readonly StepState[]): readonly NamedValue[] {
  if (JSON.stringify(earlier).length > ssmLimits.stepCharacters) return [];
  return outputs.filter(({ value }) => JSON.stringify(value).length <= ssmLimits.outputCharacters);
}

function afterFailure(
  execution: ExecutionState,
  step: RunbookStep,
  message: string,
  runbook: Runbook,
  now: number,
): ExecutionState {
  const marked = step.isCritical === 'yes' ? { ...execution, failure: execution.failure ?? message } : execution;
  const [, target] = /^step:(.+)$/.exec(step.onFailure) ?? [];
  if (target !== undefined) return { ...marked, next: target };
  if (step.onFailure === 'Continue') return follow(marked, step, runbook, undefined, now);
  return ended(execution, 'Failed', now, message);
}

function follow(
  execution: ExecutionState,
  step: RunbookStep,
  runbook: Runbook,
  goTo: string | undefined,
  now: number,
): ExecutionState {
  const at = runbook.steps.indexOf(step);
  const next = step.isEnd === 'yes' ? undefined : (goTo ?? step.nextStep ?? runbook.steps[at + 1]?.name);
  if (next !== undefined) return { ...execution, next };
  const outputs = runbook.outputs.flatMap((name) => {
    const value = lookupIn(execution, '', now)(name);
    return value === undefined ? [] : [{ name, texts: textsOf(value) }];
  });
  return ended(
    { ...execution, outputs },
    execution.failure === undefined ? 'Success' : 'Failed',
    now,
    execution.failure,
  );
}

function ended(
  execution: ExecutionState,
  status: AutomationStatus,
  now: number,
  failure: string | undefined,
): ExecutionState {
  const { next: _next, commandId: _command, ...rest } = execution;
  return { ...rest, status, endedAt: now, ...(failure !== undefined && { failure }) };
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
