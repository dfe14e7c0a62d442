/** A PostgreSQL of the test's own, which it may kill. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { run } from '../command.ts';

const VERSIONS = '/usr/lib/postgresql';

/** Where PostgreSQL's own programs are: `POSTGRES_BIN`, or Debian's newest. Undefined: there are none. */
export async function postgresPrograms(): Promise<string | undefined> {
  const given = process.env['POSTGRES_BIN'];
  if (given !== undefined) return given;
  const versions = await readdir(VERSIONS).catch(() => []);
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
  return newest === undefined ? undefined : join(VERSIONS, newest, 'bin');
}

export class Cluster {
  readonly url: string;
  readonly #programs: string;
  readonly #directory: string;
  readonly #port: number;

  private constructor(programs: string, directory: string, port: number) {
    this.#programs = programs;
    this.#directory = directory;
    this.#port = port;
    this.url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  }

  /** A new one, which answers. */
  static async make(programs: string, port: number): Promise<Cluster> {
    const directory = await mkdtemp(join(tmpdir(), 'leastwise-cluster-'));
    const cluster = new Cluster(programs, directory, port);
    if (process.getuid?.() === 0) {
      const owner = await run('id', ['-u', 'postgres']);
      await chown(directory, Number(owner.stdout), 0);
      await chmod(directory, 0o700);
    }
    await cluster.#asOwner('initdb', ['-A', 'trust', '-U', 'postgres', '-D', cluster.#data]);
    await cluster.start();
    return cluster;
  }

  get #data(): string {
    return join(this.#directory, 'data');
  }

  /** Resolves when it answers: after a kill it recovers first. */
  async start(): Promise<void> {
    const [program, words] = this.#command('postgres', [
      ...['-D', this.#data, '-k', this.#directory, '-h', '127.0.0.1', '-p', String(this.#port)],
      // Some rounds come sooner than a full checkpoint.
      ...['-c', 'max_wal_size=256MB'],
    ]);
    const server = spawn(program, words, { stdio: 'ignore', detached: true });
    server.unref();
    for (const deadline = Date.now() + 60_000; ; ) {
      if (await this.#answers()) return;
      if (Date.now() > deadline) throw new Error('PostgreSQL does not answer');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** `kill -9` of the postmaster; its children notice and end. */
  async kill(): Promise<void> {
    const [line = ''] = (await readFile(join(this.#data, 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(line), 'SIGKILL');
    // A new postmaster refuses to start while a child of the old one lives.
    while (await this.#answers()) await new Promise((resolve) => setTimeout(resolve, 20));
    await rm(join(this.#data, 'postmaster.pid'), { force: true });
  }

  async remove(): Promise<void> {
    await this.#asOwner('pg_ctl', ['-D', this.#data, '-m', 'immediate', 'stop']).catch(() => undefined);
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  #command(program: string, words: readonly string[]): [string, string[]] {
    const path = join(this.#programs, program);
    // PostgreSQL refuses to run as root.
    return process.getuid?.() === 0
      ? ['setpriv', ['--reuid=postgres', '--clear-groups', path, ...words]]
      : [path, [...words]];
  }

  async #asOwner(program: string, words: readonly string[]): Promise<void> {
    const [command, all] = this.#command(program, words);
    const child = spawn(command, all, { stdio: ['ignore', 'ignore', 'pipe'], cwd: this.#directory });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    const [status] = await once(child, 'exit');
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${complaint}`);
  }
}
