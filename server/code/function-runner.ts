/** Runs functions: the package is read, a child process interprets it, and its requests go to the gateway as everyone's do. */
import type { RunOrder, RunResult } from '../../cloud/process.ts';
import type { Services } from '../gateway/front.ts';
import { ChildPool } from './child-pool.ts';
import { type FetchRequest, fetchFor } from './fetching.ts';
import type { GatewayPort } from './gateway-port.ts';
import { codeLimits } from './limits.ts';
import { pack, unpack } from './packed.ts';
import { type SdkCall, sdkCall } from './sdk-calls.ts';

type FunctionOrder = Extract<RunOrder, { readonly kind: 'function' }>;

export interface FunctionRunnerParts {
  readonly services: Services;
  /** Reads a body by its digest. */
  readonly readBlob: (digest: string) => Promise<Uint8Array>;
  readonly gateway: GatewayPort;
}

export class FunctionRunner {
  readonly #parts: FunctionRunnerParts;
  readonly #pool = new ChildPool(new URL('./function-child.mjs', import.meta.url), codeLimits.pool);

  constructor(parts: FunctionRunnerParts) {
    this.#parts = parts;
  }

  async run(order: FunctionOrder, sandboxId: string): Promise<RunResult> {
    const [code, ...layers] = await Promise.all(
      [order.code, ...order.layers].map(({ digest }) => this.#parts.readBlob(digest)),
    );
    const { requestId, functionArn, environment, timeoutMilliseconds } = order;
    let questions = 0;
    const ran = await this.#pool.run({
      owner: sandboxId,
      killAfter: timeoutMilliseconds + codeLimits.killAfter,
      killAfterProcessor: codeLimits.processMilliseconds,
      answer: (question) => {
        questions += 1;
        return this.#answer(question, questions);
      },
      job: {
        code,
        layers,
        event: order.event,
        handler: order.handler,
        requestId,
        timeoutMilliseconds,
        cpuMilliseconds: Math.min(timeoutMilliseconds, codeLimits.cpuMilliseconds),
        memoryMegabytes: Math.min(order.memoryMegabytes, codeLimits.memoryMegabytes),
        logCharacters: codeLimits.logCharacters,
        outputBytes: codeLimits.outputBytes,
        facts: { environment, requestId, functionArn, deadline: Date.now() + timeoutMilliseconds },
      },
    });
    if (ran.kind === 'done') return ran.result as RunResult;
    const log = `START RequestId: ${requestId} Version: ${environment['AWS_LAMBDA_FUNCTION_VERSION'] ?? ''}\n`;
    return { kind: 'timed-out', log };
  }

  close(): void {
    this.#pool.close();
  }

  async #answer(question: string, count: number): Promise<string> {
    const { services, gateway } = this.#parts;
    if (count > codeLimits.questions) {
      return pack({
        kind: 'refused',
        reason: 'Too many requests',
        code: 'ThrottlingException',
        message: 'Rate exceeded',
        status: 429,
      });
    }
    const asked = unpack(question) as { readonly kind?: unknown };
    switch (asked.kind) {
      case 'aws':
        return pack(await sdkCall(asked as unknown as SdkCall, services, gateway));
      case 'fetch':
        return pack(await fetchFor(asked as unknown as FetchRequest, gateway));
      default:
        return pack({ kind: 'refused', reason: 'Unknown request' });
    }
  }
}
