/** Acts in the console, in a sandbox of this process. */
import { randomUUID } from 'node:crypto';
import { type ConsoleAct, type ConsoleDone, consoleAct } from '../../cloud/console/acts.ts';
import { type ConsoleFacts, consoleRecord, consoleRequest } from '../../cloud/console/told.ts';
import type { PastCall } from '../../cloud/ledger/past-call.ts';
import type { Cloud } from '../../cloud/perform.ts';
import type { World } from '../../cloud/world.ts';
import type { CallEvent } from '../../contract/index.ts';
import { toCallEvent } from './call-event.ts';
import { callRecord } from './call-record.ts';
import type { Change, Label } from './kept-state.ts';
import type { ConsoleClient } from './sandbox.ts';

/** An act that was done, with the id that it has as a call. */
export interface DoneInConsole extends ConsoleDone {
  readonly requestId: string;
}

/** How a change is stored. */
type Store = <Value>(label: Label, change: (world: World) => Change<Value>) => Promise<Value>;

/** Does an act, and has it stored under its own name. */
export async function doInConsole(
  act: ConsoleAct,
  from: ConsoleClient,
  { cloud, world: before }: { readonly cloud: Cloud; readonly world: World },
  store: Store,
): Promise<DoneInConsole> {
  const requestId = randomUUID();
  let last: ConsoleDone | undefined;
  const label: Label = {
    name: `console:${act.name}`,
    requestId,
    call: () =>
      last === undefined ? null : callRecord(consoleRequest(act, last, factsOf(requestId, from, before)), cloud.hashes),
  };
  const done = await store(label, (world) => {
    const { hashes, random } = cloud;
    const { realNow } = from;
    last = consoleAct(world, act, { now: realNow + world.clockOffset, realNow, hashes, random });
    return { ...last, newBlobs: new Map(), value: last };
  });
  return { ...done, requestId };
}

/** The event of an act, and its record. */
export function tellOfConsole(
  cloud: Cloud,
  act: ConsoleAct,
  done: DoneInConsole,
  from: ConsoleClient,
  world: World,
): { readonly event: CallEvent; readonly call: PastCall } {
  const facts = factsOf(done.requestId, from, world);
  const outcome = done.outcome.kind === 'ok' ? ({ kind: 'ok', output: {} } as const) : done.outcome;
  const request = consoleRequest(act, done, facts);
  const event = toCallEvent(cloud, request, { decisions: [], outcome }, world.clockOffset);
  return { event: { ...event, readOnly: false }, call: consoleRecord(cloud, act, done, facts) };
}

function factsOf(requestId: string, { sourceIp, userAgent, realNow }: ConsoleClient, world: World): ConsoleFacts {
  const { primaryAccountId: accountId, clockOffset, region } = world;
  return {
    accountId,
    request: { sourceIp, userAgent, secureTransport: true, region },
    requestId,
    realNow,
    clockOffset,
  };
}
