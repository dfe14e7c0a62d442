/**
 * Asynchronous invocations when they fall due. One that fails is tried twice more, after one minute and two (Lambda Developer Guide,
 * "How Lambda handles errors and retries with asynchronous invocation").
 */
import type { Clockwork, Tick } from '../../clockwork.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { changing, type Process, seeing } from '../../process.ts';
import { stateKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { execute } from './executing.ts';
import { findFunction, versionOf } from './finding.ts';
import { LATEST } from './names.ts';
import { LAMBDA } from './roles.ts';
import type { QueuedEvent } from './state.ts';

const retries = 2;
/** Milliseconds after the first failure; after the second twice as many. */
const firstDelay = 60_000;
const oldest = 6 * 60 * 60 * 1000;

function* waiting(world: World): Iterable<readonly [accountId: string, event: QueuedEvent]> {
  for (const { id, lambda } of Object.values(world.accounts)) {
    for (const event of Object.values(lambda.queued)) yield [id, event];
  }
}

export const lambdaTime: Clockwork = {
  nextDue(world) {
    let next: number | undefined;
    for (const [, { dueAt }] of waiting(world)) if (next === undefined || dueAt < next) next = dueAt;
    return next;
  },
  *tick(tick) {
    const due = [...waiting(yield* seeing())].filter(([, { dueAt }]) => dueAt <= tick.now);
    // All are taken out before the first runs: other ticks come meanwhile.
    for (const [accountId, { requestId }] of due) {
      yield* changing(accountId, (draft) => {
        delete draft.lambda.queued[requestId];
      });
    }
    for (const [accountId, event] of due) yield* runQueued(accountId, event, tick);
  },
};

function* runQueued(accountId: string, event: QueuedEvent, tick: Tick): Process<void> {
  const world = yield* seeing();
  const account = own(world.accounts, accountId);
  if (account === undefined) return;
  const { region, functionName, qualifier, requestId } = event;
  const request = { sourceIp: LAMBDA, secureTransport: true, userAgent: LAMBDA, region };
  const input = { FunctionName: functionName, ...(qualifier !== undefined && { Qualifier: qualifier }) };
  try {
    const named = findFunction(account, input, region);
    const invocation = { accountId, found: named.found, version: versionOf(named), event: event.event, requestId };
    const { kind } = yield* execute(invocation, { ...tick, request });
    if (kind === 'answered') return;
    const config = own(named.found.invokeConfigs, stateKey(qualifier ?? LATEST));
    yield* tryAgain(accountId, event, config?.maximumRetryAttempts ?? retries, tick.now);
  } catch (error) {
    // A function that is gone, a role that Lambda may not use, code that cannot be run here: there is nobody to tell.
    if (!(error instanceof AwsError)) throw error;
  }
}

function* tryAgain(accountId: string, event: QueuedEvent, most: number, now: number): Process<void> {
  const failures = event.failures + 1;
  if (failures > most || now - event.queuedAt > oldest) return;
  yield* changing(accountId, (draft) => {
    draft.lambda.queued[event.requestId] = { ...event, failures, dueAt: now + firstDelay * failures };
  });
}
