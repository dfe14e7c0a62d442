/** Reads what a sandbox has on its shadow and at its emulator, and tells where the two differ. */
import { BlobBody } from '../../cloud/call.ts';
import type { Cloud } from '../../cloud/perform.ts';
import type { Account, World } from '../../cloud/world.ts';
import { callAs } from '../../grading/requests.ts';
import { type CarriedName, carriedNames } from '../../server/sandboxes/backends/localstack/carried.ts';
import type { Connection } from '../../server/sandboxes/backends/localstack/connection.ts';
import type { Sandbox } from '../../server/sandboxes/sandbox.ts';
import { type Reading, readingsOf } from './readings.ts';

/** A member that is not alike. */
export interface Difference {
  readonly service: CarriedName;
  readonly operation: string;
  /** `Attributes.DisplayName`; items of lists by `*`. */
  readonly at: string;
  readonly shadow: unknown;
  readonly emulator: unknown;
}

/** Milliseconds that two times of one call may lie apart. */
const APART = 60_000;

export interface Compared {
  readonly differences: readonly Difference[];
  readonly read: number;
}

/** Compares all that a sandbox has of the carried services. */
export async function compare(
  { sandbox, cloud }: { readonly sandbox: Sandbox; readonly cloud: Cloud },
  { connection, session }: { readonly connection: Connection; readonly session: string },
): Promise<Compared> {
  const differences: Difference[] = [];
  let read = 0;
  for (const account of Object.values(sandbox.world.accounts)) {
    for (const service of carriedNames) {
      const model = cloud.services[service]?.model;
      if (model === undefined) throw new Error(`There is no service ${service}`);
      for (const reading of readingsOf(account, service)) {
        const { operation, input, region } = reading;
        const shadow = await onShadow(sandbox, cloud, account, reading);
        const emulator = await connection.call({ model, operation, input, accountId: account.id, region }, session);
        read += 1;
        const theirs = emulator.kind === 'ok' ? emulator.output : { error: emulator.code };
        for (const found of unlike(plain(shadow), plain(theirs), '')) {
          differences.push({ service, operation, ...found });
        }
      }
    }
  }
  return { differences, read };
}

async function onShadow(sandbox: Sandbox, cloud: Cloud, account: Account, reading: Reading): Promise<unknown> {
  const { world } = sandbox;
  const { outcome } = callAs(
    { world: inRegion(world, reading.region), caller: { kind: 'root', accountId: account.id }, ...reading },
    { cloud, realNow: Date.now() },
  );
  if (outcome.kind === 'error') return { error: outcome.error.code };
  return withBytes(outcome.output, sandbox);
}

function inRegion(world: World, region: string): World {
  return { ...world, region };
}

async function withBytes(output: unknown, sandbox: Sandbox): Promise<unknown> {
  if (typeof output !== 'object' || output === null || !('Body' in output)) return output;
  const { Body: body } = output;
  if (!(body instanceof BlobBody)) return output;
  const parts = await Promise.all(
    body.blobs.map(async ({ digest, size, offset = 0 }) =>
      (await sandbox.readBlob(digest)).subarray(offset, offset + size),
    ),
  );
  return { ...output, Body: Buffer.concat(parts).subarray(body.from, body.to) };
}

/** As data: bytes as base64, times as numbers, documents as what they say, and nothing for members that are not there. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string' && /^\{.*\}$/s.test(value)) {
    try {
      return plain(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(plain).sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined && !isEmpty(member))
      .map(([name, member]) => [name, plain(member)]),
  );
}

/** An empty list and none are one on most wires. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? Object.keys(value).length === 0
    : false;
}

/** What items of a list are sorted by. */
function keyOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const named = [
    'Key',
    'VersionId',
    'Name',
    'Sid',
    'key',
    'TagKey',
    'logGroupName',
    'logStreamName',
    'ARN',
    'TopicArn',
  ];
  const record = item as Record<string, unknown>;
  const name = named.filter((member) => typeof record[member] === 'string').map((member) => String(record[member]));
  return name.length > 0 ? name.join('\u0000') : JSON.stringify(item);
}

type Found = Pick<Difference, 'at' | 'shadow' | 'emulator'>;

function unlike(shadow: unknown, emulator: unknown, at: string): Found[] {
  if (Object.is(shadow, emulator) || isSameTime(shadow, emulator)) return [];
  if (Array.isArray(shadow) && Array.isArray(emulator) && shadow.length === emulator.length) {
    return shadow.flatMap((item, n) => unlike(item, emulator[n], `${at}.*`));
  }
  if (isRecord(shadow) && isRecord(emulator)) {
    const names = new Set([...Object.keys(shadow), ...Object.keys(emulator)]);
    return [...names].flatMap((name) => unlike(shadow[name], emulator[name], at === '' ? name : `${at}.${name}`));
  }
  return [{ at, shadow, emulator }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSameTime(one: unknown, other: unknown): boolean {
  return Math.abs(timeOf(one) - timeOf(other)) < APART;
}

/** Epoch milliseconds, or epoch seconds as text, as milliseconds. */
function timeOf(value: unknown): number {
  if (typeof value === 'string') return /^1\d{9}$/.test(value) ? Number(value) * 1000 : Number.NaN;
  return typeof value === 'number' && value > 1e12 ? value : Number.NaN;
}
