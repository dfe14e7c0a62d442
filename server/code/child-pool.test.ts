import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ChildPool } from './child-pool.ts';

/** Does what it is told, and says how that went. */
const SCRIPT = `
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
const asked = new Map();
const tries = {
  write: () => writeFileSync(process.argv[1] + '.txt', 'x'),
  spawn: () => spawnSync('ls'),
  worker: () => new Worker('1', { eval: true }),
};
const attempt = (name) => {
  try {
    tries[name]();
    return 'allowed';
  } catch (error) {
    return error.code;
  }
};
process.on('message', async ({ kind, job, answer }) => {
  if (kind === 'answer') return asked.get('question')(answer);
  if (job.spin) for (;;);
  if (job.exit) process.exit(1);
  if (job.fault) return process.send({ kind: 'fault', message: 'broken' });
  const result = { pid: process.pid, env: Object.keys(process.env), tried: (job.try ?? []).map(attempt) };
  if (job.ask) {
    process.send({ kind: 'ask', id: 1, question: job.ask });
    result.answer = await new Promise((resolve) => asked.set('question', resolve));
  }
  process.send({ kind: 'done', result, isSpent: job.spent === true });
});
process.on('disconnect', () => process.exit());
`;

let directory: string;
let pool: ChildPool;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'child-pool-'));
  await writeFile(join(directory, 'child.mjs'), SCRIPT);
});
afterEach(() => pool.close());
afterAll(() => rm(directory, { recursive: true, force: true }));

function newPool(more: object = {}) {
  const limits = { processes: 2, perOwner: 2, idle: 1, runsPerProcess: 2, heapMegabytes: 32, ...more };
  pool = new ChildPool(pathToFileURL(join(directory, 'child.mjs')), limits);
}

async function run(job: object, owner = 'a', limits: { killAfter?: number; killAfterProcessor?: number } = {}) {
  const { killAfter = 25_000, killAfterProcessor = 60_000 } = limits;
  const ran = await pool.run({
    owner,
    job,
    killAfter,
    killAfterProcessor,
    answer: async (question) => `${question}, answered`,
  });
  // biome-ignore lint/suspicious/noExplicitAny: what the script above says
  return ran.kind === 'done' ? (ran.result as any) : ran.kind;
}

it('a process has no environment, writes no file, and starts no process and no thread', async () => {
  newPool();
  const { env, tried } = await run({ try: ['write', 'spawn', 'worker'] });
  expect(env).toEqual([]);
  expect(tried).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
});

it('its requests are answered', async () => {
  newPool();
  expect((await run({ ask: 'who' })).answer).toBe('who, answered');
});

it('a process is used again, so many times, and not after it was spent', async () => {
  newPool();
  const first = await run({});
  expect((await run({})).pid).toBe(first.pid);
  const second = await run({ spent: true });
  expect(second.pid).not.toBe(first.pid);
  expect((await run({})).pid).not.toBe(second.pid);
});

it('one that does not end is killed, and the next runs', async () => {
  newPool({ processes: 1 });
  const [spun, next] = await Promise.all([run({ spin: true }, 'a', { killAfter: 1_000 }), run({}, 'b')]);
  expect(spun).toBe('overran');
  expect(next.env).toEqual([]);
});

it('one that takes too much of the processor is killed long before its time is up', async () => {
  newPool();
  const began = performance.now();
  expect(await run({ spin: true }, 'a', { killAfterProcessor: 300 })).toBe('overran');
  expect(performance.now() - began).toBeLessThan(20_000);
});

it('one that dies is an overrun, and a fault of its own is the platform’s', async () => {
  newPool();
  expect(await run({ exit: true })).toBe('overran');
  await expect(run({ fault: true })).rejects.toThrow('A child process failed: broken');
});

it('one owner waits while another does not', async () => {
  newPool({ perOwner: 1 });
  const order: string[] = [];
  const note = (name: string) => () => order.push(name);
  await Promise.all([
    run({ spin: true }, 'a', { killAfter: 3_000 }).then(note('a1')),
    run({}, 'a').then(note('a2')),
    run({}, 'b').then(note('b')),
  ]);
  expect(order).toEqual(['b', 'a1', 'a2']);
});

it('a closed pool runs nothing, and lets nobody wait', async () => {
  newPool({ processes: 1 });
  const running = run({ spin: true });
  const waiting = expect(run({})).rejects.toThrow('The pool is closed');
  pool.close();
  await waiting;
  expect(await running).toBe('overran');
  await expect(run({})).rejects.toThrow('The pool is closed');
});
