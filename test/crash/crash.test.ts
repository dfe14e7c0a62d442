/**
 * `kill -9` at random moments under load, again and again: of the server on either database, of PostgreSQL, of both, of LocalStack, of it
 * and the server. No acknowledged change is lost, no sandbox is stuck, and a server whose database or LocalStack went away goes on. CRASH_ROUNDS
 * says how often each.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, localstackPython, startEmulator } from '../localstack/emulator.ts';
import { freePort, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';
import { Cluster, postgresPrograms } from './cluster.ts';
import { Writers } from './writers.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 3);
const SANDBOXES = 3;
/** Milliseconds of load before a kill. */
const [LEAST, MOST] = [100, 900];
/** What AWS's clients are told while the database is away: they try again. */
const UNAVAILABLE = ['ServiceUnavailable', 'ServiceUnavailableException'];

const programs = await postgresPrograms();
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A server at addresses that stay, over whatever it is started on. */
class Server {
  readonly #environment: Record<string, string>;
  #running: RunningPlatform | undefined;

  private constructor(environment: Record<string, string>) {
    this.#environment = environment;
  }

  static async on(database: Record<string, string>): Promise<Server> {
    const [port, gatewayPort] = [await freePort(), await freePort()];
    const ports = { PORT: String(port), GATEWAY_PORT: String(gatewayPort) };
    const server = new Server({ ...ports, ...database, LOG_LEVEL: 'silent' });
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    this.#running = await startPlatform(this.#environment);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#environment['PORT']}`;
  }

  kill = async () => this.#running?.kill();
  stop = async () => this.#running?.stop();

  get isUp(): boolean {
    return this.#running?.process.exitCode === null && this.#running.process.signalCode === null;
  }
}

/** Waits until changes of each sandbox are acknowledged: one that no emulator carries, and one that it does. */
async function untilBack(all: readonly Writers[]): Promise<void> {
  for (const writers of all) {
    for (const deadline = Date.now() + 90_000; ; await wait(50)) {
      try {
        await writers.change('policy-0');
        await writers.change('object-0');
        break;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }
}

const opened = (server: Server): Promise<readonly Writers[]> =>
  Promise.all(Array.from({ length: SANDBOXES }, () => Writers.begin(new Visitor(server.url))));

/** New sandboxes, all of them on LocalStack: the server sees within seconds that one has come back. */
async function openedOnLocalStack(server: Server): Promise<readonly Writers[]> {
  for (const deadline = Date.now() + 90_000; ; await wait(500)) {
    const all = await opened(server);
    const kinds = await backendsOf(all);
    if (kinds.every((kind) => kind === 'localstack')) return all;
    if (Date.now() > deadline) throw new Error(`Sandboxes begin on ${kinds.join(', ')}`);
  }
}

const backendsOf = (all: readonly Writers[]) => Promise.all(all.map((writers) => writers.backend()));

interface Case {
  readonly what: string;
  /** The sandboxes of a round. */
  readonly open: () => Promise<readonly Writers[]>;
  readonly crash: () => Promise<void>;
  /** What must hold of its sandboxes when they are back. */
  readonly hold?: (all: readonly Writers[]) => Promise<void>;
}

/** Answers all sandboxes that took part. */
async function rounds({ what, open, crash, hold }: Case): Promise<readonly Writers[]> {
  const seen = new Set<Writers>();
  const back: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const all = await open();
    for (const writers of all) {
      seen.add(writers);
      writers.go();
    }
    await wait(LEAST + Math.random() * (MOST - LEAST));
    const began = performance.now();
    await crash();
    await Promise.all(all.map((writers) => writers.stop()));
    await untilBack(all);
    back.push(performance.now() - began);
    for (const writers of all) await writers.check();
    await hold?.(all);
  }
  for (const writers of seen) await writers.check();
  back.sort((a, b) => a - b);
  const at = (share: number) => ((back[Math.floor((back.length - 1) * share)] ?? 0) / 1000).toFixed(2);
  const changes = [...seen].reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  console.log(`${what}: ${ROUNDS} kills, ${changes} acknowledged changes; back after ${at(0.5)} s, at most ${at(1)} s`);
  expect(changes).toBeGreaterThan(ROUNDS * 10);
  return [...seen];
}

/** The same sandboxes in every round. */
async function roundsOfTheSame(what: string, server: Server, crash: () => Promise<void>): Promise<readonly Writers[]> {
  const all = await opened(server);
  return rounds({ what, open: async () => all, crash });
}

const TIME = 60_000 + ROUNDS * 20_000;

describe('nothing acknowledged is lost', () => {
  const ending: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const end of ending.reverse()) await end();
  });

  it('when the server on the embedded database is killed', { timeout: TIME }, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'leastwise-crash-'));
    const server = await Server.on({ DATA_DIR: directory });
    ending.push(() => rm(directory, { recursive: true, force: true }), server.kill);
    await roundsOfTheSame('server, embedded database', server, async () => {
      await server.kill();
      await server.start();
    });
  });

  it.runIf(programs)(
    'on PostgreSQL, when the server, PostgreSQL, or both are killed',
    { timeout: 3 * TIME },
    async () => {
      const cluster = await Cluster.make(programs ?? '', await freePort());
      const directory = await mkdtemp(join(tmpdir(), 'leastwise-crash-'));
      ending.push(
        () => rm(directory, { recursive: true, force: true }),
        () => cluster.remove(),
      );
      const secret = randomBytes(32).toString('hex');
      const server = await Server.on({ DATA_DIR: directory, DATABASE_URL: cluster.url, SESSION_SECRET: secret });
      ending.push(server.kill);
      await roundsOfTheSame('server, PostgreSQL', server, async () => {
        await server.kill();
        await server.start();
      });
      const waiting = await roundsOfTheSame('PostgreSQL', server, async () => {
        await cluster.kill();
        // Calls meanwhile are told so.
        await wait(300);
        await cluster.start();
        expect(server.isUp).toBe(true);
      });
      for (const { refusals } of waiting) expect(UNAVAILABLE).toEqual(expect.arrayContaining([...refusals.keys()]));
      expect(waiting.some(({ refusals }) => refusals.size > 0)).toBe(true);
      await roundsOfTheSame('server and PostgreSQL', server, async () => {
        await Promise.all([cluster.kill(), server.kill()]);
        await cluster.start();
        await server.start();
      });
    },
  );

  describe.skipIf(localstackPython === undefined)('on LocalStack', () => {
    let emulator: Emulator;
    let server: Server;
    let returning: Promise<void> = Promise.resolve();
    beforeAll(async () => {
      emulator = await startEmulator();
      const directory = await mkdtemp(join(tmpdir(), 'leastwise-crash-'));
      ending.push(
        () => rm(directory, { recursive: true, force: true }),
        () => emulator.stop(),
      );
      const backend = { SANDBOX_BACKEND: 'localstack', LOCALSTACK_URLS: emulator.url };
      server = await Server.on({ DATA_DIR: directory, ...backend });
      ending.push(server.kill, () => returning);
    });

    // One that has left stays on its shadow: each round has sandboxes of its own.
    const open = async () => {
      await returning;
      return openedOnLocalStack(server);
    };
    const hold = async (all: readonly Writers[]) => {
      expect(new Set(await backendsOf(all))).toEqual(new Set(['left']));
    };
    const killEmulator = async () => {
      await emulator.kill();
      returning = emulator.start();
    };

    it('when LocalStack is killed', { timeout: TIME }, async () => {
      const crash = async () => {
        await killEmulator();
        // Its sandboxes leave while they are written to.
        await wait(300);
        expect(server.isUp).toBe(true);
      };
      const all = await rounds({ what: 'LocalStack', open, crash, hold });
      // The learners notice nothing.
      for (const { refusals } of all) expect([...refusals]).toEqual([]);
    });

    it('when LocalStack and the server are killed', { timeout: TIME }, async () => {
      const crash = async () => {
        await Promise.all([killEmulator(), server.kill()]);
        await server.start();
      };
      await rounds({ what: 'server and LocalStack', open, crash, hold });
    });
  });
});
