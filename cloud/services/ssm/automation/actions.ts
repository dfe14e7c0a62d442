/** What each action of a runbook does. Its calls are made as the runbook's role, or on behalf of who started it. */
import type { InvocationResponse } from '@aws-sdk/client-lambda';
import type { SendCommandResult } from '@aws-sdk/client-ssm';
import { own } from '../../../own.ts';
import { type Process, seeing } from '../../../process.ts';
import { showCommand } from '../commands/shape.ts';
import type { CommandState } from '../commands/state.ts';
import { boundedJson, isList, type Json, textIn } from '../documents/content.ts';
import { textOf } from '../documents/filling.ts';
import { ssmLimits } from '../limits.ts';
import { apiCall } from './api-calls.ts';
import { chosenStep } from './branching.ts';
import { changeInstanceState } from './instance-states.ts';
import { plainOutput } from './outputs.ts';
import { select } from './selector.ts';
import { sleepingUntil } from './sleeping.ts';
import type { NamedValue } from './state.ts';
import { callFor, type FailedStep, refused, type StepOutcome, type StepRun } from './step-run.ts';

/** Milliseconds between two looks at a resource: the longer it was waited for already, the more. */
function untilNextLook(waited: number): number {
  return Math.max(10_000, Math.floor(waited / 10));
}

/** Does what a step says, or as much of it as can be done now. */
export function* act(run: StepRun): Process<StepOutcome> {
  switch (run.step.action) {
    case 'aws:executeAwsApi':
      return yield* executeApi(run);
    case 'aws:assertAwsResourceProperty':
      return yield* property(run, 'assert');
    case 'aws:waitForAwsResourceProperty':
      return yield* property(run, 'wait');
    case 'aws:branch': {
      const goTo = chosenStep(run.inputs);
      return { kind: 'done', outputs: [], ...(goTo !== undefined && { goTo }) };
    }
    case 'aws:sleep':
      return sleepingUntil(run);
    case 'aws:runCommand':
      return yield* runCommand(run);
    case 'aws:changeInstanceState':
      return yield* changeInstanceState(run);
    case 'aws:invokeLambdaFunction':
      return yield* invokeFunction(run);
  }
}

type ApiAnswer = { readonly kind: 'answer'; readonly answer: Json } | FailedStep;

function* apiAnswer(run: StepRun, ownInputs: readonly string[]): Process<ApiAnswer> {
  const { inputs } = run;
  const rest = Object.fromEntries(Object.entries(inputs).filter(([name]) => !ownInputs.includes(name)));
  const call = apiCall(textIn(inputs, 'Service') ?? '', textIn(inputs, 'Api') ?? '', rest);
  if (call.kind === 'invalid') return { kind: 'failed', message: call.message };
  const outcome = yield* callFor(run, call.service, call.operation, call.input);
  if (outcome.kind === 'error') return refused(call.operation, outcome);
  return { kind: 'answer', answer: plainOutput(outcome.output) };
}

function* executeApi(run: StepRun): Process<StepOutcome> {
  const called = yield* apiAnswer(run, ['Service', 'Api']);
  if (called.kind === 'failed') return called;
  const { answer } = called;
  return { kind: 'done', answer, outputs: [{ name: 'Output', value: JSON.stringify(answer) }] };
}

/** Holds a property of a resource to what is desired, once or until it is so. */
function* property(run: StepRun, how: 'assert' | 'wait'): Process<StepOutcome> {
  const { inputs, now, startedAt, step } = run;
  const called = yield* apiAnswer(run, ['Service', 'Api', 'PropertySelector', 'DesiredValues']);
  if (called.kind === 'failed') return called;
  const desired = own(inputs, 'DesiredValues');
  const wanted = (isList(desired) ? desired : []).map((value) => textOf(value));
  const selected = select(called.answer, textIn(inputs, 'PropertySelector') ?? '');
  const found = (isList(selected) ? selected : selected === undefined ? [] : [selected]).map((value) => textOf(value));
  if (found.length > 0 && found.every((value) => wanted.includes(value))) {
    return { kind: 'done', outputs: [], answer: called.answer };
  }
  const values = `Property value from the API output: ${found.join(', ')}. Desired values: ${wanted.join(', ')}.`;
  if (how === 'assert') return { kind: 'failed', message: `The property is not as it should be. ${values}` };
  const end = startedAt + step.timeoutSeconds * 1000;
  const until = now + untilNextLook(now - startedAt);
  return until > end
    ? {
        kind: 'failed',
        code: 'TimedOut',
        message: `The step took longer than ${step.timeoutSeconds} seconds. ${values}`,
      }
    : { kind: 'waits', until };
}

function* runCommand(run: StepRun): Process<StepOutcome> {
  const { inputs, commandId, accountId, now, step } = run;
  if (commandId === undefined) {
    const call = apiCall('ssm', 'SendCommand', inputs);
    if (call.kind === 'invalid') return { kind: 'failed', message: call.message };
    const outcome = yield* callFor(run, 'ssm', 'SendCommand', call.input);
    if (outcome.kind === 'error') return refused('SendCommand', outcome);
    const { Command: command } = outcome.output as SendCommandResult;
    return { kind: 'waits', until: now + step.timeoutSeconds * 1000, commandId: command?.CommandId ?? '' };
  }
  const world = yield* seeing();
  const command = own(own(world.accounts, accountId)?.ssm.commands ?? {}, commandId);
  return command === undefined
    ? { kind: 'failed', message: `The command ${commandId} is no longer there.` }
    : commandOutcome(command);
}

function commandOutcome(command: CommandState): StepOutcome {
  const { Status: status = '' } = showCommand(command);
  const results = Object.values(command.invocations).flatMap((invocation) => invocation.results);
  const text = results.map(({ stdout, stderr }) => (stderr === '' ? stdout : `${stdout}${stderr}`)).join('');
  const outputs: readonly NamedValue[] = [
    { name: 'CommandId', value: command.id },
    { name: 'Status', value: status },
    { name: 'ResponseCode', value: results.at(-1)?.code ?? -1 },
    { name: 'Output', value: text.slice(0, 2500) },
  ];
  if (status === 'Success') return { kind: 'done', outputs };
  if (status === 'Pending' || status === 'InProgress') {
    return { kind: 'failed', code: 'TimedOut', message: `The command ${command.id} took too long.`, outputs };
  }
  return {
    kind: 'failed',
    message: `The command ${command.id} ended as ${status}. ${text.slice(0, 500)}`.trim(),
    outputs,
  };
}

function* invokeFunction(run: StepRun): Process<StepOutcome> {
  const { inputs } = run;
  const payload = own(inputs, 'InputPayload') ?? own(inputs, 'Payload');
  const rest = Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== 'InputPayload'));
  const call = apiCall('lambda', 'Invoke', { ...rest, ...(payload !== undefined && { Payload: payload }) });
  if (call.kind === 'invalid') return { kind: 'failed', message: call.message };
  const outcome = yield* callFor(run, 'lambda', 'Invoke', call.input);
  if (outcome.kind === 'error') return refused('Invoke', outcome);
  const { StatusCode, FunctionError, Payload } = outcome.output as InvocationResponse;
  const answer = Payload === undefined ? '' : new TextDecoder().decode(Payload);
  const outputs: readonly NamedValue[] = [
    { name: 'StatusCode', value: StatusCode ?? 0 },
    { name: 'FunctionError', value: FunctionError ?? '' },
    { name: 'Payload', value: answer },
  ];
  if (FunctionError === undefined)
    return { kind: 'done', outputs, answer: { Payload: payloadOf(answer), StatusCode: StatusCode ?? 0 } };
  return {
    kind: 'failed',
    code: FunctionError,
    message: `The function ended in an error: ${answer.slice(0, 500)}`,
    outputs,
  };
}

/** An answer that is large, or nested deeply, stays text: no selector looks into it. */
function payloadOf(text: string): Json {
  return text.length > ssmLimits.outputCharacters ? text : (boundedJson(text) ?? text);
}
