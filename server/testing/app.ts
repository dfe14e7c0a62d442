/** The whole app on a real database, for tests: requests are injected, nothing listens. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Logger } from 'pino';
import type { Attempt, Submission } from '../../contract/index.ts';
import { buildApp } from '../app.ts';
import { readConfig } from '../config/config.ts';
import { projectPath } from '../config/root.ts';
import { createLog } from '../log/log.ts';
import { createPlatform, type Platform } from '../platform.ts';

export interface TestApp {
  readonly app: FastifyInstance;
  readonly platform: Platform;
  close(): Promise<void>;
}

/** Opens the app on a data directory; the one given, or one of its own that `close` removes. */
export async function openTestApp(given?: {
  dataDirectory?: string;
  challenges?: string;
  log?: Logger;
  /** Configuration beside the data directory: `SANDBOX_BACKEND`. */
  environment?: Readonly<Record<string, string>>;
}): Promise<TestApp> {
  const dataDirectory = given?.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'leastwise-app-')));
  const log = given?.log ?? createLog('silent');
  const platform = await createPlatform(readConfig({ ...given?.environment, DATA_DIR: dataDirectory }), log);
  const app = await buildApp(platform, {
    challenges: given?.challenges ?? projectPath('challenges'),
    page: projectPath('dist/web'),
  });
  return {
    app,
    platform,
    close: async () => {
      await app.close();
      await platform.close();
      if (given?.dataDirectory === undefined) await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** A page's side of a live socket. */
export interface LiveListener {
  /** The next message that was not taken yet. */
  next(): Promise<unknown>;
  /** Messages that nobody took. */
  readonly waiting: readonly string[];
  close(): void;
}

/** A browser of the app: keeps its cookie. */
export class Browser {
  readonly #app: FastifyInstance;
  /** Every body that it was ever answered, and every live message. */
  readonly seen: string[] = [];
  cookie = '';

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  async request(method: 'GET' | 'POST', url: string, payload?: object): Promise<LightMyRequestResponse> {
    const response = await this.#app.inject({
      method,
      url,
      headers: this.cookie === '' ? {} : { cookie: this.cookie },
      ...(payload === undefined ? {} : { payload }),
    });
    const [set] = [response.headers['set-cookie'] ?? []].flat();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    this.seen.push(response.body);
    return response;
  }

  /** Opens the live socket of an attempt, with further headers; rejects with the status where it is refused. */
  async listen(attempt: Attempt, headers: Record<string, string> = {}): Promise<LiveListener> {
    const waiting: string[] = [];
    let wake = () => {};
    const onMessage = (data: Buffer) => {
      const text = data.toString();
      this.seen.push(text);
      waiting.push(text);
      wake();
    };
    const cookie = this.cookie === '' ? {} : { cookie: this.cookie };
    const socket = await this.#app.injectWS(
      `/api/attempts/${attempt.id}/live`,
      { headers: { ...cookie, ...headers } },
      { onInit: (client) => client.on('message', onMessage) },
    );
    const next = async (): Promise<unknown> => {
      const message = waiting.shift();
      if (message !== undefined) return JSON.parse(message);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      return next();
    };
    return { next, waiting, close: () => socket.terminate() };
  }

  async open(challenge: string): Promise<Attempt> {
    return (await this.request('POST', '/api/attempts', { challenge })).json();
  }

  async submit(attempt: Attempt, answers: Record<string, string> = {}): Promise<Submission> {
    return (await this.request('POST', `/api/attempts/${attempt.id}/submissions`, { answers })).json();
  }
}
