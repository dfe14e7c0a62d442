/**
 * A full server: 2,000 sandboxes of mixed challenges in one process, in which 200 learners work, a call a second each, while others open
 * challenges: out of the reserve, and without one. The floors: a server that does nothing, under the same calls; and the same address asked
 * for an attempt that is open already, which reads and makes nothing.
 */
import { readFileSync } from 'node:fs';
import type { SandboxAccess } from '../contract/index.ts';
import { startPlatform, Visitor } from '../test/platform.ts';
import { startFloor } from './load/floor.ts';
import { load } from './load/load.ts';
import { mixFor } from './load/mix.ts';

const SANDBOXES = Number(process.env['BENCH_SANDBOXES'] ?? 2000);
const LEARNERS = Number(process.env['BENCH_LEARNERS'] ?? 200);
const OPENED = Number(process.env['BENCH_OPENED'] ?? 100);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 40);
/** Opened at the same time while the room fills up. */
const AT_ONCE = 8;
const PLAYGROUND = 'foundations/playground';
const RESERVED = 'foundations/self-service-admin';
const OTHERS = ['foundations/first-policy', 'foundations/deny-wins', 'foundations/managed-too-wide'];

const platform = await startPlatform({ RESERVE: `${RESERVED}=${OPENED}` });
const floor = await startFloor();

/** Bytes of the server's process that are in memory (proc_pid_status(5)). */
function residentNow(): number {
  const status = readFileSync(`/proc/${platform.process.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024;
}

async function fill(count: number): Promise<readonly SandboxAccess[]> {
  const playgrounds: SandboxAccess[] = [];
  let next = 0;
  const visit = async () => {
    while (next < count) {
      const n = next;
      next += 1;
      const challenge = n < LEARNERS ? PLAYGROUND : ([PLAYGROUND, RESERVED, ...OTHERS][n % 5] ?? PLAYGROUND);
      const { sandbox } = await new Visitor(platform.url).open(challenge);
      if (challenge === PLAYGROUND && playgrounds.length < LEARNERS) playgrounds.push(sandbox);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visit));
  return playgrounds;
}

interface Took {
  readonly opening: number;
  readonly floor: number;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Opens a challenge as a new learner, and asks for it once more. */
async function open(challenge: string): Promise<Took> {
  const visitor = new Visitor(platform.url);
  return { opening: await timed(() => visitor.open(challenge)), floor: await timed(() => visitor.open(challenge)) };
}

function report(what: string, all: readonly Took[], aim: number): void {
  const at = (values: readonly number[], share: number) =>
    [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
  const opening = all.map((took) => took.opening);
  const floors = all.map((took) => took.floor);
  console.log(
    `${what} (${all.length}): p50 ${at(opening, 0.5).toFixed(1)} ms, p99 ${at(opening, 0.99).toFixed(1)} ms, aim ${aim} ms`,
  );
  console.log(
    `  floor (an attempt that is open): p50 ${at(floors, 0.5).toFixed(1)} ms, p99 ${at(floors, 0.99).toFixed(1)} ms`,
  );
  console.log(`  ratio: ${(at(opening, 0.5) / at(floors, 0.5)).toFixed(2)} times the floor at p50`);
}

try {
  await fill(50);
  const before = residentNow();
  const filling = performance.now();
  const sandboxes = await fill(SANDBOXES);
  const took = performance.now() - filling;
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  console.log(
    `${SANDBOXES} sandboxes of 5 challenges, opened ${AT_ONCE} at a time: ${(took / SANDBOXES).toFixed(1)} ms each`,
  );
  // Much of it is heap that is not collected yet: bench/sandboxes.ts measures what a sandbox keeps.
  const resident = `${mebibytes(residentNow())}, with 50 sandboxes it was ${mebibytes(before)}`;
  console.log(`  resident memory of the whole process, database included: ${resident}`);

  const requests = await mixFor(sandboxes, 20);
  const work = { connections: LEARNERS, seconds: SECONDS, pause: 1000, requests };
  const alone = await load({ ...work, port: floor.port, seconds: SECONDS / 4 });
  const port = Number(new URL(platform.gatewayUrl).port);
  const working = load({ ...work, port });
  const claims: Took[] = [];
  const colds: Took[] = [];
  for (let n = 0; n < OPENED; n += 1) {
    claims.push(await open(RESERVED));
    colds.push(await open(OTHERS[n % OTHERS.length] ?? PLAYGROUND));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const calls = await working;
  console.log(
    `${LEARNERS} learners at work, ${calls.perSecond.toFixed(0)} calls a second: p50 ${calls.p50.toFixed(2)} ms, p99 ${calls.p99.toFixed(2)} ms`,
  );
  console.log(`  floor (a server that does nothing): p50 ${alone.p50.toFixed(2)} ms, p99 ${alone.p99.toFixed(2)} ms`);
  console.log(`  ratio: ${(calls.p99 / alone.p99).toFixed(1)} times the floor at p99`);
  report('claims from the reserve', claims, 50);
  report('cold starts', colds, 200);
} finally {
  floor.stop();
  await platform.stop();
}
