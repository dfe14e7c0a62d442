/** A sandbox that keeps the calls that are made in it, and looks them up where a process asks: as the server does, in memory. */
import type { AnyCaller } from '../../iam/model.ts';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import { createCloud } from '../index.ts';
import { newestFirst, type PastCall, type RecallQuery } from '../ledger/past-call.ts';
import { toPastCall } from '../ledger/to-past-call.ts';
import { newAccount, newWorld } from '../new-world.ts';
import { codeDoesNotRun, type InnerPerformed } from '../perform.ts';
import { type Driven, performing } from '../performing.ts';
import { passing } from '../time.ts';
import type { World } from '../world.ts';
import { countingRandom } from './counting-random.ts';
import { accountId, type Output, partnerId, root } from './sandbox.ts';

export class LedgerSandbox {
  world: World;
  /** Real time, epoch milliseconds; a call takes a second. */
  now = Date.UTC(2026, 0, 5, 12);
  region = 'us-east-1';
  readonly calls: PastCall[] = [];
  readonly blobs = new Map<string, Uint8Array>();
  readonly cloud = createCloud({
    hashes: nodeHashes,
    random: countingRandom(),
    managedPolicies: { get: () => undefined, list: () => [] },
  });
  #requests = 0;

  constructor() {
    const world = newWorld({ accountId, region: 'us-east-1' });
    this.world = { ...world, accounts: { ...world.accounts, [partnerId]: newAccount(partnerId) } };
  }

  /** One call; its output, or its error. */
  call(name: string, input: object = {}, caller: AnyCaller = root, accessKeyId?: string): Output {
    const [service = '', operation = ''] = name.split(':');
    this.now += 1000;
    this.#requests += 1;
    const request = {
      service,
      operation,
      input: input as Readonly<Record<string, unknown>>,
      caller,
      ...(accessKeyId !== undefined && { accessKeyId }),
      request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'aws-cli/2', region: this.region },
      requestId: `request-${this.#requests}`,
      realNow: this.now,
    };
    const performed = this.#drive(performing(this.cloud, this.world, request));
    this.#keep({ request, ...performed }, accessKeyId);
    return performed.outcome.kind === 'ok' ? performed.outcome.output : performed.outcome.error;
  }

  /** What is due until then is done. */
  wait(milliseconds: number): void {
    this.now += milliseconds;
    this.#drive(passing(this.cloud, this.world, this.now));
  }

  #drive<
    Result extends {
      readonly world: World;
      readonly newBlobs: ReadonlyMap<string, Uint8Array>;
      readonly inner: readonly InnerPerformed[];
    },
  >(driven: Driven<Result>): Result {
    let next = driven.next();
    for (;;) {
      const { world, newBlobs, inner } = next.value;
      this.world = world;
      for (const [digest, bytes] of newBlobs) this.blobs.set(digest, bytes);
      for (const performed of inner) this.#keep(performed);
      if (next.done) return next.value;
      const { order } = next.value;
      const ran =
        order.kind === 'recall' ? ({ kind: 'recalled', calls: this.#recall(order.query) } as const) : codeDoesNotRun();
      next = driven.next({ ran, world });
    }
  }

  #keep(performed: InnerPerformed, accessKeyId?: string): void {
    this.calls.push(toPastCall(this.cloud, performed.request, performed, this.world.clockOffset, accessKeyId));
  }

  #recall({ since, until, matches }: RecallQuery): readonly PastCall[] {
    return this.calls.filter((call) => call.at >= since && call.at <= until && matches(call)).sort(newestFirst);
  }
}
