/** What the whole server stands on: made once by `main.ts`, and by every test that needs a real server. */
import type { Logger } from 'pino';
import { createCloud } from '../cloud/index.ts';
import type { Cloud } from '../cloud/perform.ts';
import { ChildCodeRunner } from './code/child-code-runner.ts';
import { FunctionRunner } from './code/function-runner.ts';
import type { GatewayPort } from './code/gateway-port.ts';
import { instanceMetadata } from './code/instance-metadata.ts';
import { ShellRunner } from './code/shell-runner.ts';
import type { Config } from './config/config.ts';
import { keptSessionSecret } from './config/session-secret.ts';
import { openDatabase } from './database/database.ts';
import type { PrismaClient } from './database/generated/client.ts';
import { databaseLocation } from './database/location.ts';
import { Gateway } from './gateway/gateway.ts';
import { nodeHashes, nodeRandom } from './hashes/node-hashes.ts';
import { SeatStore } from './sandboxes/backends/localstack/seat-store.ts';
import { LocalStackShards } from './sandboxes/backends/localstack/shards.ts';
import { BlobReader } from './sandboxes/blob-reader.ts';
import { sweepBlobs } from './sandboxes/blob-sweep.ts';
import { soleHome } from './sandboxes/homes.ts';
import { JournalWriter } from './sandboxes/journal-writer.ts';
import { readManagedPolicies } from './sandboxes/managed-policies.ts';
import type { Sandboxes } from './sandboxes/sandbox.ts';
import { HomeSandboxes } from './sandboxes/sandboxes.ts';
import { SandboxStore } from './sandboxes/store.ts';

export interface Platform {
  readonly config: Config;
  /** What cookies are signed with: as configured, or made in the data directory at the first start. */
  readonly sessionSecret: string;
  readonly log: Logger;
  readonly database: PrismaClient;
  readonly sandboxes: Sandboxes;
  readonly cloud: Cloud;
  /** Writes what is buffered and lets go of the database. */
  close(): Promise<void>;
}

/** Opens the database and puts the platform together. What can start side by side does. */
export async function createPlatform(config: Config, log: Logger): Promise<Platform> {
  const [database, managedPolicies, sessionSecret] = await Promise.all([
    openDatabase(databaseLocation(config), log),
    readManagedPolicies(),
    config.sessionSecret ?? keptSessionSecret(config.dataDir),
  ]);
  const cloud = createCloud({ hashes: nodeHashes, random: nodeRandom, managedPolicies });
  const store = new SandboxStore(database);
  const writer = new JournalWriter(store, log);
  const blobs = new BlobReader(store);
  const readBlob = (digest: string) => blobs.read(digest);
  const door: GatewayPort = { answer: (request, sender) => gateway.answer(request, sender) };
  const code = new ChildCodeRunner({
    function: new FunctionRunner({ services: cloud.services, readBlob, gateway: door }),
    shell: new ShellRunner({
      readBlob,
      gateway: door,
      gatewayUrl: config.gatewayUrl,
      metadata: instanceMetadata(cloud, () => sandboxes),
    }),
  });
  const emulators =
    config.localstack &&
    new LocalStackShards({
      ...config.localstack,
      cloud,
      seats: new SeatStore(database.client),
      readBlob: (digest) => blobs.read(digest),
      log,
    });
  const sandboxes: Sandboxes & { close(): Promise<void> } = new HomeSandboxes(
    { cloud, store, writer, blobs, log, runner: code, ...(emulators && { backends: emulators }) },
    soleHome,
  );
  const gateway: Gateway = new Gateway({ cloud, sandboxes, log });
  const closing = new AbortController();
  const swept = sweepBlobs(database.client, closing.signal).then(
    (count) => {
      if (count > 0) log.info({ count }, 'Bodies that nothing names were let go');
    },
    (error: unknown) => log.error({ err: error }, 'Unused bodies cannot be let go'),
  );
  return {
    config,
    sessionSecret,
    log,
    database: database.client,
    sandboxes,
    cloud,
    close: async () => {
      closing.abort();
      code.close();
      await swept;
      await sandboxes.close().catch((error: unknown) => log.error({ err: error }, 'Not all events could be written'));
      emulators?.close();
      await database.close();
    },
  };
}
