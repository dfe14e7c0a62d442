/**
 * Time and memory to provision 1,000 sandboxes of one challenge: the account brought up by AWS calls, credentials issued, all of
 * it stored. The floor stores the same bytes in the same database, one row each, and nothing else.
 * Run with `--expose-gc`: memory is measured after collections.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { attemptsOn } from '../server/attempts/context.ts';
import { startAttempt } from '../server/attempts/start-attempt.ts';
import { readCatalogue } from '../server/catalogue/catalogue.ts';
import { readConfig } from '../server/config/config.ts';
import { createLog } from '../server/log/log.ts';
import { createPlatform } from '../server/platform.ts';

const CHALLENGE = process.env['CHALLENGE'] ?? 'foundations/self-service-admin';
const COUNT = Number(process.env['COUNT'] ?? 1000);

const dataDirectory = await mkdtemp(join(tmpdir(), 'leastwise-bench-'));
const config = readConfig({ DATA_DIR: dataDirectory, LOG_LEVEL: 'warn' });
const platform = await createPlatform(config, createLog(config.logLevel));
const { database } = platform;
const catalogue = await readCatalogue(resolve('challenges'), (problem) => console.error(problem));
const context = attemptsOn(platform, catalogue);

interface Memory {
  readonly heap: number;
  readonly resident: number;
}

/** Bytes after collections: what is freed by one may let the next free more, in another turn of the event loop. */
async function memory(): Promise<Memory> {
  for (let n = 0; n < 5; n += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

async function provision(count: number): Promise<number> {
  const learners = Array.from({ length: count }, () => randomUUID());
  await database.learner.createMany({ data: learners.map((id) => ({ id, name: 'Bench' })) });
  const before = performance.now();
  for (const learner of learners) await startAttempt(context, learner, CHALLENGE);
  return performance.now() - before;
}

try {
  const first = performance.now();
  await provision(1);
  const firstTook = performance.now() - first;
  await provision(20);
  const before = await memory();
  const took = await provision(COUNT);
  const after = await memory();
  const { world } = await database.snapshot.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  const bytes = JSON.stringify(world);

  const floorBefore = performance.now();
  for (let n = 0; n < COUNT; n += 1)
    await database.blob.create({ data: { digest: randomUUID(), bytes: Buffer.from(bytes), size: bytes.length } });
  const floor = performance.now() - floorBefore;

  console.log(`${COUNT} sandboxes of ${CHALLENGE}`);
  console.log(`  the first: ${firstTook.toFixed(1)} ms`);
  const kibibytes = (bytes: number) => `${(bytes / COUNT / 1024).toFixed(1)} KiB`;
  console.log(`  each further one: ${(took / COUNT).toFixed(2)} ms, ${kibibytes(after.heap - before.heap)} of heap`);
  console.log(`  resident memory, with the database's thread: ${kibibytes(after.resident - before.resident)} each`);
  console.log(
    `  floor (store ${(bytes.length / 1024).toFixed(1)} KiB, the size of one): ${(floor / COUNT).toFixed(2)} ms`,
  );
  console.log(`  ratio: ${(took / floor).toFixed(2)} times the floor`);
} finally {
  await platform.close();
  await rm(dataDirectory, { recursive: true, force: true });
}
