/** Sandboxes on one of the backends, with a client that goes through the whole gateway. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Signer, SigningKeys, signRequest } from '../../cloud/sigv4/index.ts';
import { decodeResponse, encodeRequest } from '../../cloud/wire/client.ts';
import type { DecodedResponse } from '../../cloud/wire/protocol.ts';
import { readConfig } from '../../server/config/config.ts';
import { Gateway } from '../../server/gateway/gateway.ts';
import { adminWorld } from '../../server/gateway/testing/admin-world.ts';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import { createLog } from '../../server/log/log.ts';
import { createPlatform, type Platform } from '../../server/platform.ts';
import type { Sandbox } from '../../server/sandboxes/sandbox.ts';
import type { Input } from './case.ts';

export type Key = Pick<Signer, 'accessKeyId' | 'secret'>;

const HOST = '127.0.0.1:4566';
const REGION = 'us-east-1';
const keys = new SigningKeys(nodeHashes);

/** A platform on one backend. */
export interface Workbench {
  readonly platform: Platform;
  readonly backend: 'embedded' | 'localstack';
  newSandbox(): Promise<{ readonly sandbox: Sandbox; readonly admin: Key }>;
  /** Signs and sends a call as the key's owner. */
  call(key: Key, service: string, operation: string, input: Input): Promise<DecodedResponse>;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  /** Sandboxes that one run of an emulator takes. */
  readonly capacity?: number;
  /** A data directory that stays; absent: one of its own. */
  readonly dataDirectory?: string;
}

/** @param urls of emulators; none: the embedded cloud */
export async function openWorkbench(
  urls: readonly string[] = [],
  { capacity = 1_000, dataDirectory }: WorkbenchOptions = {},
): Promise<Workbench> {
  const directory = dataDirectory ?? (await mkdtemp(join(tmpdir(), 'contract-')));
  const backend = urls.length === 0 ? 'embedded' : 'localstack';
  const log = createLog('silent');
  const platform = await createPlatform(
    readConfig({
      DATA_DIR: directory,
      SANDBOX_BACKEND: backend,
      LOCALSTACK_URLS: urls.join(','),
      LOCALSTACK_CAPACITY: String(capacity),
    }),
    log,
  );
  const gateway = new Gateway(platform);
  return {
    platform,
    backend,
    newSandbox: async () => {
      const { world, accessKeyId, secretAccessKey } = adminWorld(await platform.sandboxes.drawAccountId());
      const sandbox = await platform.sandboxes.create(world, new Map());
      return { sandbox, admin: { accessKeyId, secret: secretAccessKey } };
    },
    call: async (key, service, operation, input) => {
      const model = platform.cloud.services[service]?.model;
      if (model === undefined) throw new Error(`There is no service ${service}`);
      const { method, target, headers, body } = encodeRequest(model, operation, input);
      const digest = operation === 'DeleteObjects' ? { 'content-md5': md5Of(body) } : {};
      const told = Object.entries({ ...headers, ...digest });
      const request = { method, target, headers: [['host', HOST] as const, ...told], body };
      const signing = model.signingName ?? model.name;
      const signed = signRequest(request, {
        ...key,
        region: REGION,
        service: signing,
        protocol: model.protocol,
        now: Date.now(),
        keys,
      });
      return decodeResponse(model, operation, await gateway.answer(signed, { sourceIp: '127.0.0.1' }));
    },
    close: async () => {
      await platform.close();
      if (dataDirectory === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

function md5Of(body: Uint8Array): string {
  return Buffer.from(nodeHashes.md5(body)).toString('base64');
}
