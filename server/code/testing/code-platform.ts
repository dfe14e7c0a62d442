/** A gateway with sandboxes in which code runs, over a database of its own. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { userCaller } from '../../../cloud/credentials.ts';
import { createCloud } from '../../../cloud/index.ts';
import { newWorld } from '../../../cloud/new-world.ts';
import type { Performed } from '../../../cloud/perform.ts';
import type { Output } from '../../../cloud/testing/sandbox.ts';
import type { AnyCaller } from '../../../iam/model.ts';
import { openTestDatabase } from '../../database/testing/database.ts';
import { Gateway } from '../../gateway/gateway.ts';
import { nodeHashes, nodeRandom } from '../../hashes/node-hashes.ts';
import { BlobReader } from '../../sandboxes/blob-reader.ts';
import { soleHome } from '../../sandboxes/homes.ts';
import { JournalWriter } from '../../sandboxes/journal-writer.ts';
import { readManagedPolicies } from '../../sandboxes/managed-policies.ts';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { HomeSandboxes } from '../../sandboxes/sandboxes.ts';
import { SandboxStore } from '../../sandboxes/store.ts';
import { ChildCodeRunner } from '../child-code-runner.ts';
import { FunctionRunner } from '../function-runner.ts';
import type { GatewayPort } from '../gateway-port.ts';
import { instanceMetadata } from '../instance-metadata.ts';
import { ShellRunner } from '../shell-runner.ts';

/** By which scripts reach the gateway. */
export const testGatewayUrl = 'http://127.0.0.1:4566';

/** One sandbox, and calls in it. */
export interface CodeSandbox {
  readonly sandbox: Sandbox;
  readonly accountId: string;
  perform(name: string, input?: object, caller?: AnyCaller): Promise<Performed>;
  /** The output of a call that must succeed. */
  call(name: string, input?: object, caller?: AnyCaller): Promise<Output>;
  user(name: string): AnyCaller;
}

export interface CodePlatform {
  readonly gateway: Gateway;
  newSandbox(): Promise<CodeSandbox>;
  close(): Promise<void>;
}

export async function startCodePlatform(): Promise<CodePlatform> {
  const log = pino({ level: 'silent' });
  const database = await openTestDatabase();
  const cloud = createCloud({ hashes: nodeHashes, random: nodeRandom, managedPolicies: await readManagedPolicies() });
  const store = new SandboxStore(database);
  const blobs = new BlobReader(store);
  const readBlob = (digest: string) => blobs.read(digest);
  const door: GatewayPort = { answer: (request, sender) => gateway.answer(request, sender) };
  const code = new ChildCodeRunner({
    function: new FunctionRunner({ services: cloud.services, readBlob, gateway: door }),
    shell: new ShellRunner({
      readBlob,
      gateway: door,
      gatewayUrl: testGatewayUrl,
      metadata: instanceMetadata(cloud, () => sandboxes),
    }),
  });
  const parts = { cloud, store, writer: new JournalWriter(store, log), blobs, log, runner: code };
  const sandboxes: HomeSandboxes = new HomeSandboxes(parts, soleHome);
  const gateway: Gateway = new Gateway({ cloud, sandboxes, log });
  return {
    gateway,
    async newSandbox() {
      const accountId = await sandboxes.drawAccountId();
      const sandbox = await sandboxes.create(newWorld({ accountId, region: 'us-east-1' }), new Map());
      return codeSandbox(sandbox, accountId);
    },
    async close() {
      code.close();
      await sandboxes.close();
      await database.close();
    },
  };
}

function codeSandbox(sandbox: Sandbox, accountId: string): CodeSandbox {
  const perform: CodeSandbox['perform'] = (name, input = {}, caller = { kind: 'root', accountId }) => {
    const [service = '', operation = ''] = name.split(':');
    return sandbox.call({
      service,
      operation,
      input: input as Readonly<Record<string, unknown>>,
      caller,
      request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
      requestId: randomUUID(),
      realNow: Date.now(),
    });
  };
  return {
    sandbox,
    accountId,
    perform,
    async call(name, input, caller) {
      const { outcome } = await perform(name, input, caller);
      if (outcome.kind === 'error') throw outcome.error;
      return outcome.output;
    },
    user(name) {
      const account = sandbox.world.accounts[accountId];
      const caller = account && userCaller(account, name);
      if (caller === undefined) throw new Error(`There is no user ${name}`);
      return caller;
    },
  };
}
