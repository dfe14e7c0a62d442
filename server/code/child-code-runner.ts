import type { RunOrder, RunResult } from '../../cloud/process.ts';
import type { CodeRunner } from '../sandboxes/code-runner.ts';

/** What runs one kind of code. */
export interface RunnerOf<Kind extends RunOrder['kind']> {
  run(order: Extract<RunOrder, { readonly kind: Kind }>, sandboxId: string): Promise<RunResult>;
  close(): void;
}

/** Runs each kind of code by its own runner, in child processes. */
export class ChildCodeRunner implements CodeRunner {
  readonly #runners: { readonly [Kind in RunOrder['kind']]?: RunnerOf<Kind> };

  constructor(runners: { readonly [Kind in RunOrder['kind']]?: RunnerOf<Kind> }) {
    this.#runners = runners;
  }

  run(order: RunOrder, sandboxId: string): Promise<RunResult> {
    const runner = this.#runners[order.kind] as RunnerOf<typeof order.kind> | undefined;
    if (runner === undefined) return Promise.reject(new Error(`Nothing runs ${order.kind} code here`));
    return runner.run(order as never, sandboxId);
  }

  /** Ends the processes; what runs is killed. */
  close(): void {
    for (const runner of Object.values(this.#runners)) runner.close();
  }
}
