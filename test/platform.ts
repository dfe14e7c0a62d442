/** The built platform as a child process, as `npm start` runs it, on ports and a data directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attempt, Profile, SandboxAccess, Submission } from '../contract/index.ts';

export interface RunningPlatform {
  readonly url: string;
  readonly gatewayUrl: string;
  readonly dataDirectory: string;
  readonly process: ChildProcess;
  /** Ends it as an operator would, and removes its data unless it was given. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port could be had');
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Starts `dist/server/main.js` and resolves when the page answers. `environment` overrides configuration values. */
export async function startPlatform(environment: Record<string, string> = {}): Promise<RunningPlatform> {
  const dataDirectory = environment['DATA_DIR'] ?? (await mkdtemp(join(tmpdir(), 'leastwise-')));
  const port = environment['PORT'] ?? String(await freePort());
  const gatewayPort = environment['GATEWAY_PORT'] ?? String(await freePort());
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LOG_LEVEL: 'warn',
      PORT: port,
      GATEWAY_PORT: gatewayPort,
      DATA_DIR: dataDirectory,
      // Any suite can be run on LocalStack.
      SANDBOX_BACKEND: process.env['SANDBOX_BACKEND'],
      LOCALSTACK_URLS: process.env['LOCALSTACK_URLS'],
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the platform did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await exited;
    }
  };
  return {
    url,
    gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
    dataDirectory,
    process: child,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      if (environment['DATA_DIR'] === undefined) await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** A visitor of the platform's API: keeps its cookie, as a browser does. */
export class Visitor {
  readonly #url: string;
  #cookie: string;

  /** @param cookie of somebody who was here before */
  constructor(url: string, cookie = '') {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** Who they are, as the server knows them. */
  get cookie(): string {
    return this.#cookie;
  }

  /** One request; answers the status and the parsed body. */
  async request(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie()[0];
    if (set !== undefined) this.#cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** Opens a challenge: a new attempt, or the one that is open. */
  async open(challenge: string): Promise<Attempt> {
    const { status, body } = await this.request('POST', '/api/attempts', { challenge });
    if (status !== 201 && status !== 200) throw new Error(`POST /api/attempts: ${status} ${JSON.stringify(body)}`);
    return body as Attempt;
  }

  async submit(attempt: string, answers: Record<string, string> = {}): Promise<Submission> {
    const { status, body } = await this.request('POST', `/api/attempts/${attempt}/submissions`, { answers });
    if (status !== 201) throw new Error(`POST submissions: ${status} ${JSON.stringify(body)}`);
    return body as Submission;
  }
}

/** The profile of that name in a sandbox. */
export function profileOf(sandbox: SandboxAccess, name: string): Profile {
  const profile = sandbox.profiles.find((candidate) => candidate.name === name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
}

/** What an AWS client needs in its environment: endpoint, credentials, region, and nothing else. */
export function clientEnvironment(sandbox: SandboxAccess, profile: Profile): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_ACCESS_KEY_ID: profile.accessKeyId,
    AWS_SECRET_ACCESS_KEY: profile.secretAccessKey,
    ...(profile.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: profile.sessionToken }),
    AWS_DEFAULT_REGION: sandbox.region,
    AWS_REGION: sandbox.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}
