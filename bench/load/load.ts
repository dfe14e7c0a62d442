/** Runs the load client in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface LoadPlan {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Milliseconds between an answer and the next request of its connection, in the mean; none where absent. */
  readonly pause?: number;
  /** Whole HTTP/1.1 requests, base64. They are sent in order, again and again. */
  readonly requests: readonly string[];
}

export interface LoadResult {
  readonly calls: number;
  readonly perSecond: number;
  /** Milliseconds from the request's first byte sent to the answer's last byte received. */
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

/** Seconds over the plan's after which a client that waits for an answer is ended, and the run with it. */
const PATIENCE = 20;

/** Sends the plan's requests from a process of its own, and measures them there. */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/load/client.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: (plan.seconds + PATIENCE) * 1000,
  });
  child.stdin.end(JSON.stringify(plan));
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [status, signal] = await once(child, 'close');
  if (status !== 0) throw new Error(`the load client ended with ${status ?? signal}`);
  const result: LoadResult = JSON.parse(Buffer.concat(chunks).toString());
  if (result.failures > 0) throw new Error(`${result.failures} calls were not answered with success`);
  return result;
}
