/** What the whole server stands on: made once by `main.ts`, and by every test that needs a real server. */
import type { Logger } from 'pino';
import type { Cloud } from '../cloud/perform.ts';
import type { Config } from './config/config.ts';
import type { PrismaClient } from './database/generated/client.ts';
import type { Sandboxes } from './sandboxes/sandbox.ts';

export interface Platform {
  readonly config: Config;
  /** With `sessionSecret` always there: given, or made in `dataDir` at the first start. */
  readonly sessionSecret: string;
  readonly log: Logger;
  readonly database: PrismaClient;
  readonly sandboxes: Sandboxes;
  readonly cloud: Cloud;
  /** Writes what is buffered and lets go of the database. */
  close(): Promise<void>;
}
