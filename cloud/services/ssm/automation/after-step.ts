/** An execution after a step: what came of the step, what is kept of it, and what comes next. */
import { ssmLimits } from '../limits.ts';
import { readOutputs, textsOf } from './outputs.ts';
import type { Runbook, RunbookStep } from './runbook.ts';
import type { AutomationStatus, ExecutionState, NamedValue, StepState } from './state.ts';
import type { StepOutcome } from './step-run.ts';
import { lookupIn } from './values.ts';

/** The execution after a step: what came of it, and what comes next. */
export function after(
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

export function ended(
  execution: ExecutionState,
  status: AutomationStatus,
  now: number,
  failure: string | undefined,
): ExecutionState {
  const { next: _next, commandId: _command, ...rest } = execution;
  return { ...rest, status, endedAt: now, ...(failure !== undefined && { failure }) };
}
