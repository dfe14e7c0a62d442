import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Clockwork } from '../../cloud/clockwork.ts';
import { newWorld } from '../../cloud/new-world.ts';
import type { CallRequest, Cloud } from '../../cloud/perform.ts';
import { calling, changing, type RunOrder, reading, running } from '../../cloud/process.ts';
import type { ProcessOperation } from '../../cloud/service.ts';
import { madeCloud } from '../../cloud/testing/made-cloud.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/database.ts';
import { nodeRandom } from '../hashes/node-hashes.ts';
import { BlobReader } from './blob-reader.ts';
import type { CodeRunner } from './code-runner.ts';
import { soleHome } from './homes.ts';
import { JournalWriter } from './journal-writer.ts';
import type { Sandbox } from './sandbox.ts';
import { HomeSandboxes } from './sandboxes.ts';
import { SandboxStore } from './store.ts';

const log = pino({ level: 'silent' });
let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

function newHome(cloud: Cloud, runner?: CodeRunner) {
  const store = new SandboxStore(database);
  const writer = new JournalWriter(store, log);
  // Ids of events are unique over all sandboxes of a database.
  const parts = {
    cloud: { ...cloud, random: nodeRandom },
    store,
    writer,
    blobs: new BlobReader(store),
    log,
    ...(runner && { runner }),
  };
  return new HomeSandboxes(parts, soleHome);
}

async function newSandbox(home: HomeSandboxes): Promise<Sandbox> {
  const accountId = await home.drawAccountId();
  return home.create(newWorld({ accountId, region: 'us-east-1' }), new Map());
}

function requestOf(sandbox: Sandbox, service: string, operation: string, input: object = {}): CallRequest {
  return {
    service,
    operation,
    input: input as CallRequest['input'],
    caller: { kind: 'root', accountId: sandbox.primaryAccountId },
    request: { sourceIp: '127.0.0.1', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
    requestId: randomUUID(),
    realNow: Date.now(),
  };
}

const usersOf = ({ world, primaryAccountId }: Sandbox) =>
  Object.keys(world.accounts[primaryAccountId]?.iam.users ?? {});

const by = 'ssm.amazonaws.com';
const createUser = (UserName: string) =>
  ({ by, as: { kind: 'caller' }, service: 'iam', operation: 'CreateUser', input: { UserName } }) as const;

/** Makes a user, has code run, and makes another. */
const twoUsers: ProcessOperation<object, object> = {
  kind: 'process',
  permissions: () => [],
  *run(account) {
    yield* calling(createUser('before'));
    const { id: accountId } = account;
    const order: RunOrder = {
      kind: 'shell',
      accountId,
      region: 'us-east-1',
      instanceId: 'i-1',
      hostName: 'ip-172-31-0-4.ec2.internal',
      user: 'root',
      directory: '/',
      variables: {},
      script: 'true',
      timeoutMilliseconds: 1000,
    };
    const result = yield* running(order);
    yield* calling(createUser('after'));
    return { result: result.kind };
  },
};

it('a process reads bodies that are kept beside the state, whole and in part', async () => {
  const read: ProcessOperation<object, object> = {
    kind: 'process',
    permissions: () => [],
    *run() {
      const whole = yield* reading({ digest: 'd1', size: 5 });
      const part = yield* reading({ digest: 'd1', size: 3, offset: 1 });
      return { read: [whole, part].map((bytes) => new TextDecoder().decode(bytes)) };
    },
  };
  const home = newHome(madeCloud({ ListDocuments: read }));
  const bodies = new Map([['d1', new TextEncoder().encode('hello')]]);
  const sandbox = await home.create(newWorld({ accountId: await home.drawAccountId(), region: 'us-east-1' }), bodies);
  const { outcome } = await sandbox.call(requestOf(sandbox, 'ssm', 'ListDocuments'));
  expect(outcome).toEqual({ kind: 'ok', output: { read: ['hello', 'ell'] } });
});

it('code that runs finds what was done before it, calls the sandbox, and holds nobody up', async () => {
  let sandbox: Sandbox | undefined;
  const runner: CodeRunner = {
    async run() {
      if (sandbox === undefined) throw new Error('no sandbox');
      expect(usersOf(sandbox)).toEqual(['before']);
      const { outcome } = await sandbox.call(requestOf(sandbox, 'iam', 'CreateUser', { UserName: 'by-code' }));
      expect(outcome.kind).toBe('ok');
      return { kind: 'finished', output: '', log: '', exitCode: 0 };
    },
  };
  const home = newHome(madeCloud({ ListDocuments: twoUsers }), runner);
  sandbox = await newSandbox(home);
  const heard: string[] = [];
  sandbox.onEvent(({ operation, invokedBy }) => heard.push(`${operation} ${invokedBy ?? 'directly'}`));
  const { outcome } = await sandbox.call(requestOf(sandbox, 'ssm', 'ListDocuments'));
  expect(outcome).toEqual({ kind: 'ok', output: { result: 'finished' } });
  expect(heard).toEqual([`CreateUser ${by}`, 'CreateUser directly', `CreateUser ${by}`, 'ListDocuments directly']);
  const events = await sandbox.events({ limit: 10 });
  expect(events.map(({ operation, invokedBy }) => `${operation} ${invokedBy ?? 'directly'}`)).toEqual(
    heard.toReversed(),
  );
  const rows = await database.client.journalRow.findMany({ where: { sandboxId: sandbox.id }, orderBy: { seq: 'asc' } });
  expect(rows.map(({ name }) => name)).toEqual(['ssm:ListDocuments', 'iam:CreateUser', 'ssm:ListDocuments']);

  // The next process has the same state, and runs nothing again.
  const next = await newHome(madeCloud({})).get(sandbox.id);
  expect(next?.world).toEqual(sandbox.world);
  await home.close();
});

it("a fault of what runs code is the call's error, and what was stored stays", async () => {
  const runner: CodeRunner = { run: () => Promise.reject(new Error('no child process')) };
  const home = newHome(madeCloud({ ListDocuments: twoUsers }), runner);
  const sandbox = await newSandbox(home);
  const { outcome } = await sandbox.call(requestOf(sandbox, 'ssm', 'ListDocuments'));
  expect(outcome).toMatchObject({ kind: 'error', error: { code: 'ServiceException' } });
  expect(usersOf(sandbox)).toEqual(['before']);
  await home.close();
});

it('where no code can be run, a call that needs it says so', async () => {
  const home = newHome(madeCloud({ ListDocuments: twoUsers }));
  const sandbox = await newSandbox(home);
  const { outcome } = await sandbox.call(requestOf(sandbox, 'ssm', 'ListDocuments'));
  expect(outcome).toMatchObject({ kind: 'error', error: { code: 'ServiceException' } });
  await home.close();
});

/** Once, a second after the epoch of the sandbox, and in every account: its alias says when. */
const once: Clockwork = {
  nextDue: (world) => (world.accounts[world.primaryAccountId]?.iam.alias === undefined ? 1000 : undefined),
  *tick({ world }) {
    yield* changing(world.primaryAccountId, (account) => {
      account.iam.alias = 'ticked';
    });
    yield* calling({
      ...createUser('Sam'),
      as: { kind: 'service', source: { arn: 'arn:aws:ssm:::x', accountId: world.primaryAccountId } },
    });
  },
};
const aliasOf = ({ world, primaryAccountId }: Sandbox) => world.accounts[primaryAccountId]?.iam.alias;

it('what is due is done before a call, as a row of its own, also by a read', async () => {
  const home = newHome(madeCloud({}, once));
  const sandbox = await newSandbox(home);
  const { outcome } = await sandbox.call(requestOf(sandbox, 'iam', 'ListAccountAliases'));
  expect(outcome).toMatchObject({ output: { AccountAliases: ['ticked'] } });
  const rows = await database.client.journalRow.findMany({ where: { sandboxId: sandbox.id } });
  expect(rows.map(({ name, call }) => `${name} ${call}`)).toEqual(['tick null']);
  const [, inner] = await sandbox.events({ limit: 2 });
  expect(inner).toMatchObject({ operation: 'CreateUser', principal: by, invokedBy: by, outcome: 'denied' });
  await home.close();
});

it('what is due is done where nobody calls, too', async () => {
  const home = newHome(madeCloud({}, once));
  const sandbox = await newSandbox(home);
  await vi.waitFor(() => expect(aliasOf(sandbox)).toBe('ticked'), { timeout: 5_000 });
  await home.close();
});

it('a fault of what is due fails no call', async () => {
  const broken: Clockwork = {
    nextDue: () => 1000,
    // biome-ignore lint/correctness/useYield: it ends before its first step
    *tick() {
      throw new Error('broken');
    },
  };
  const home = newHome(madeCloud({}, broken));
  const sandbox = await newSandbox(home);
  const { outcome } = await sandbox.call(requestOf(sandbox, 'iam', 'CreateUser', { UserName: 'Bea' }));
  expect(outcome.kind).toBe('ok');
  await home.close();
});
