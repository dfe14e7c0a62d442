/**
 * One contract, two backends: every case runs on the embedded cloud and on LocalStack, must come to the same there, be decided alike, and
 * leave the shadow and LocalStack alike, but for the differences that are known.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connection } from '../../server/sandboxes/backends/localstack/connection.ts';
import type { Sandbox } from '../../server/sandboxes/sandbox.ts';
import { type Emulator, localstackPython, startEmulator } from '../localstack/emulator.ts';
import { cases } from './all-cases.ts';
import { compare } from './comparing.ts';
import { type KnownDifference, knownDifferences, knownOf } from './known-differences.ts';
import { type Played, play } from './playing.ts';
import { emptied, laterBy, swapped } from './states.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const titled = cases.map((one) => [`${one.service}: ${one.name}`, one] as const);

const playedOn: Record<'embedded' | 'localstack', Map<string, Played>> = { embedded: new Map(), localstack: new Map() };

describe('the embedded cloud', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openWorkbench();
  });
  afterAll(() => workbench?.close());

  test.each(titled)('%s', async (title, one) => {
    const { sandbox, admin } = await workbench.newSandbox();
    const played = await play(workbench, { sandbox, admin }, one);
    playedOn.embedded.set(title, played);
    expect(played.faults).toEqual([]);
  });
});

describe.skipIf(localstackPython === undefined)('LocalStack', () => {
  let emulator: Emulator;
  let workbench: Workbench;
  let connection: Connection;
  let session: string;
  const used = new Set<KnownDifference>();
  const sandboxes: { title: string; sandbox: Sandbox }[] = [];

  beforeAll(async () => {
    emulator = await startEmulator();
    workbench = await openWorkbench([emulator.url]);
    connection = new Connection(emulator.url);
    session = (await connection.session()) ?? '';
  });
  afterAll(async () => {
    connection?.close();
    await workbench?.close();
    await emulator?.stop();
  });

  const unexpected = async (sandbox: Sandbox) => {
    const { differences, read } = await compare({ sandbox, cloud: workbench.platform.cloud }, { connection, session });
    expect(read).toBeGreaterThan(0);
    const unknown = differences.filter((difference) => {
      const known = knownOf(difference);
      if (known !== undefined) used.add(known);
      return known === undefined;
    });
    return unknown.map(({ service, operation, at, shadow, emulator: theirs }) => {
      const [one, other] = [JSON.stringify(shadow), JSON.stringify(theirs)];
      return `${service}:${operation} ${at}: ${one} on the shadow, ${other} at LocalStack`;
    });
  };

  test.each(titled)('%s', async (title, one) => {
    const { sandbox, admin } = await workbench.newSandbox();
    const played = await play(workbench, { sandbox, admin }, one);
    expect(played.faults).toEqual([]);
    // A sandbox that leaves its emulator would do everything right on its shadow.
    expect(sandbox.backend).toBe('localstack');
    expect(await unexpected(sandbox)).toEqual([]);
    sandboxes.push({ title, sandbox });
    playedOn.localstack.set(title, played);
  });

  test('decides every call as the embedded cloud does', () => {
    for (const [title, { decisions }] of playedOn.localstack) {
      expect({ title, decisions }).toEqual({ title, decisions: playedOn.embedded.get(title)?.decisions });
    }
    expect(playedOn.localstack.size).toBe(cases.length);
  });

  test('what time takes away is gone there too', async () => {
    const { sandbox, admin } = await workbench.newSandbox();
    const Bucket = `time-${sandbox.primaryAccountId}`;
    const done = async (service: string, operation: string, input: Readonly<Record<string, unknown>>) => {
      expect(await workbench.call(admin, service, operation, input)).toMatchObject({ kind: 'ok' });
    };
    await done('s3', 'CreateBucket', { Bucket });
    await done('s3', 'PutObject', { Bucket, Key: 'old', Body: new Uint8Array([1]) });
    const rule = { ID: 'all', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } };
    await done('s3', 'PutBucketLifecycleConfiguration', { Bucket, LifecycleConfiguration: { Rules: [rule] } });
    const ClientRequestToken = '00000000-0000-4000-8000-000000000009';
    await done('secretsmanager', 'CreateSecret', { Name: 'old', SecretString: '3', ClientRequestToken });
    await done('secretsmanager', 'DeleteSecret', { SecretId: 'old', RecoveryWindowInDays: 7 });
    await sandbox.act('test-clock', (world) => laterBy(world, 9 * 86_400_000));
    await sandbox.passTime(Date.now());
    const account = sandbox.world.accounts[sandbox.primaryAccountId];
    expect(account?.s3.buckets[Bucket]?.objects).toEqual({});
    expect(account?.secretsmanager.secrets).toEqual({});
    expect(sandbox.backend).toBe('localstack');
    expect(await unexpected(sandbox)).toEqual([]);
  });

  test('brings a state up anew that no calls lead to, and empties it', async () => {
    for (const { title, sandbox } of sandboxes) {
      const start = sandbox.world;
      await sandbox.act('test-empty', (world) => swapped(world, emptied(world)));
      expect({ title, left: await unexpected(sandbox) }).toEqual({ title, left: [] });
      await sandbox.act('test-again', (world) => swapped(world, start));
      expect({ title, backend: sandbox.backend }).toEqual({ title, backend: 'localstack' });
      expect({ title, left: await unexpected(sandbox) }).toEqual({ title, left: [] });
    }
  });

  test('knows no difference that is none any more', () => {
    expect(knownDifferences.filter((one) => !used.has(one)).map(({ service, what }) => `${service}: ${what}`)).toEqual(
      [],
    );
  });
});
