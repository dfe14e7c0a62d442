/** Runs scripts on pretend hosts: a child process interprets them, and what they ask for is answered here. */
import type { RunOrder, RunResult } from '../../cloud/process.ts';
import { ChildPool } from './child-pool.ts';
import { type HostNetwork, hostRequest } from './host-requests.ts';
import { shellLimits } from './limits.ts';
import { pack, unpack } from './packed.ts';
import type { ShellJob } from './shell-job.ts';
import { type ShellProgram, shellProgram } from './shell-program.ts';

type ShellOrder = Extract<RunOrder, { readonly kind: 'shell' }>;

export interface ShellRunnerParts extends HostNetwork {
  /** Reads a body by its digest. */
  readonly readBlob: (digest: string) => Promise<Uint8Array>;
}

interface Ready {
  readonly program: ShellProgram;
  readonly pool: ChildPool;
}

/** Nothing is started before the first script. */
export class ShellRunner {
  readonly #parts: ShellRunnerParts;
  #ready: Promise<Ready> | undefined;

  constructor(parts: ShellRunnerParts) {
    this.#parts = parts;
  }

  async run(order: ShellOrder, sandboxId: string): Promise<RunResult> {
    this.#ready ??= shellProgram().then((program) => ({
      program,
      pool: new ChildPool(program.script, shellLimits.pool),
    }));
    const { pool } = await this.#ready;
    const { hostName, user, directory, variables, session, script, timeoutMilliseconds } = order;
    const disk = order.disk && (await this.#parts.readBlob(order.disk.digest));
    const job: ShellJob = {
      hostName,
      user,
      directory,
      variables,
      ...(disk && { disk }),
      ...(session !== undefined && { session }),
      script,
      timeoutMilliseconds,
    };
    let questions = 0;
    const ran = await pool.run({
      owner: sandboxId,
      job,
      killAfter: Math.min(timeoutMilliseconds, shellLimits.waitMilliseconds) + shellLimits.killAfter,
      killAfterProcessor: shellLimits.processMilliseconds,
      answer: async (question) => {
        questions += 1;
        if (questions > shellLimits.questions) return pack({ kind: 'unreachable', why: 'refused' });
        return pack(await hostRequest(unpack(question), { host: order, sandboxId, network: this.#parts }));
      },
    });
    return ran.kind === 'done' ? (ran.result as RunResult) : { kind: 'timed-out', log: '' };
  }

  /** Ends the processes; what runs is killed. */
  close(): void {
    void this.#ready?.then(
      ({ program, pool }) => {
        pool.close();
        program.discard();
      },
      () => undefined,
    );
  }
}
