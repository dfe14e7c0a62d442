/** A LocalStack of a test's own: started from the Python environment in `LOCALSTACK_PYTHON`, ended and killed as the test likes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../platform.ts';

/** Milliseconds that a start may take on a busy machine. */
const PATIENCE = 120_000;

/** The Python of an environment that `scripts/localstack/localstack.sh install` made; undefined where there is none. */
export const localstackPython: string | undefined = process.env['LOCALSTACK_PYTHON'];

export interface Emulator {
  readonly url: string;
  /** Ends it as a power cut would: what it held is gone. */
  kill(): Promise<void>;
  /** Starts it again at the same address, with nothing in it; resolves when it answers. */
  start(): Promise<void>;
  /** Ends it and takes its files away. */
  stop(): Promise<void>;
}

/** Starts a LocalStack; resolves when it answers. `environment` overrides its configuration. */
export async function startEmulator(environment: Readonly<Record<string, string>> = {}): Promise<Emulator> {
  if (localstackPython === undefined) throw new Error('LOCALSTACK_PYTHON names no Python with LocalStack');
  const python = localstackPython;
  const directory = await mkdtemp(join(tmpdir(), 'localstack-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  const start = async () => {
    const running = spawn(python, ['-m', 'localstack.runtime.main'], {
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        HOME: directory,
        // Two that share a directory for temporary files take each other's away when they end.
        TMPDIR: directory,
        PARITY_AWS_ACCESS_KEY_ID: '1',
        GATEWAY_LISTEN: `127.0.0.1:${port}`,
        DNS_ADDRESS: '0',
        SKIP_SSL_CERT_DOWNLOAD: '1',
        DISABLE_EVENTS: '1',
        FILESYSTEM_ROOT: directory,
        ...environment,
      },
      stdio: 'ignore',
    });
    child = running;
    const deadline = Date.now() + PATIENCE;
    while (!(await answers(`${url}/_localstack/health`))) {
      if (running.exitCode !== null || Date.now() > deadline) throw new Error('LocalStack did not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await start();
  return {
    url,
    kill,
    start,
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
