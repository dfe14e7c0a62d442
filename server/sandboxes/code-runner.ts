import type { RunOrder, RunResult } from '../../cloud/process.ts';

/** What runs learners' code, in child processes with limits. The code calls the sandbox by itself, as everyone does. */
export interface CodeRunner {
  /** Resolves with what came of the code, whatever it did; rejects where the platform is at fault. */
  run(order: RunOrder, sandboxId: string): Promise<RunResult>;
}
