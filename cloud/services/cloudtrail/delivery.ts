/**
 * Log files: what was called since the last time goes into the trail's bucket, a file for each region. AWS CloudTrail User Guide,
 * "CloudTrail log file examples" (names and form) and "How CloudTrail works" (about every five minutes).
 */
import { gzipSync } from 'fflate';
import type { Draft, Random } from '../../call.ts';
import type { Clockwork, Tick } from '../../clockwork.ts';
import { type PastCall, recordFor, type TrailRecord } from '../../ledger/past-call.ts';
import { own } from '../../own.ts';
import { changing, type Process, type Step } from '../../process.ts';
import type { World } from '../../world.ts';
import { filesOf, onBucket } from './bucket-check.ts';
import { pastCalls } from './history.ts';
import { trailArn, trailKey } from './names.ts';
import { isRecorded } from './selecting.ts';
import type { DeliveryState, TrailState } from './state.ts';

const MINUTE = 60_000;
/** Milliseconds between deliveries. Where nobody calls they become rarer, up to this many times: each looks for calls. */
const INTERVAL = 5 * MINUTE;
const RAREST = 3;
/** Records of one delivery: older ones of a time with more are in none. */
const MOST = 5_000;

export const trailDelivery: Clockwork = {
  nextDue(world) {
    const due = dueTrails(world).map(({ due }) => due);
    return due.length === 0 ? undefined : Math.min(...due);
  },
  *tick(tick) {
    for (const { accountId, trail, due } of dueTrails(tick.world)) {
      if (due <= tick.now) yield* deliver(accountId, trail, tick);
    }
  },
};

interface DueTrail {
  readonly accountId: string;
  readonly trail: TrailState;
  readonly due: number;
}

const due = new WeakMap<World['accounts'], readonly DueTrail[]>();

/** The trails that record, and those that were stopped with calls not yet delivered. */
function dueTrails({ accounts }: World): readonly DueTrail[] {
  const known = due.get(accounts);
  if (known !== undefined) return known;
  const found = Object.values(accounts).flatMap(({ id: accountId, cloudtrail }) =>
    Object.values(cloudtrail.trails)
      .filter(({ isLogging, stoppedAt, delivery }) => isLogging || (stoppedAt ?? 0) > delivery.until)
      .map((trail) => ({ accountId, trail, due: dueOf(trail) })),
  );
  due.set(accounts, found);
  return found;
}

function dueOf({ delivery: { until, idle } }: TrailState): number {
  return until + INTERVAL * Math.min(idle + 1, RAREST);
}

function* deliver(accountId: string, trail: TrailState, tick: Tick): Process<void> {
  const { until: since } = trail.delivery;
  const until = trail.isLogging ? tick.now : Math.min(tick.now, trail.stoppedAt ?? tick.now);
  const key = trailKey(trail.homeRegion, trail.name);
  const noting = (change: (delivery: Draft<DeliveryState>) => void) =>
    changing(accountId, ({ cloudtrail }) => {
      const noted = own(cloudtrail.trails, key);
      if (noted !== undefined) change(noted.delivery);
    });
  // Marked before the calls are looked up: another look at the clock meanwhile must not begin again.
  yield* noting((delivery) => {
    delivery.until = tick.now;
  });
  const records = recordsOf(
    accountId,
    yield* pastCalls(accountId, {
      since: since + 1,
      until,
      atMost: MOST,
      matches: (call) => isRecorded(call, accountId, trail),
    }),
  );
  if (records.length === 0) {
    yield* noting((delivery) => {
      delivery.idle += 1;
    });
    return;
  }
  const error = yield* writeFiles(accountId, trail, records, tick);
  yield* noting((delivery) => {
    delivery.idle = 0;
    delivery.attemptedAt = tick.now;
    if (error === undefined) delivery.lastAt = tick.now;
    if (error === undefined) delete delivery.error;
    else delivery.error = error;
  });
}

function recordsOf(accountId: string, calls: readonly PastCall[]): readonly TrailRecord[] {
  return calls.flatMap((call) => recordFor(call, accountId) ?? []).toReversed();
}

/** Answers the code of the last refusal; undefined where all were written. */
function* writeFiles(
  accountId: string,
  trail: TrailState,
  records: readonly TrailRecord[],
  tick: Tick,
): Generator<Step, string | undefined, unknown> {
  const source = { arn: trailArn(accountId, trail), accountId };
  let error: string | undefined;
  for (const region of [...new Set(records.map(({ awsRegion }) => awsRegion))].sort()) {
    const Records = records.filter(({ awsRegion }) => awsRegion === region);
    const input = {
      Bucket: trail.bucket,
      Key: `${filesOf(accountId, trail)}${fileName(accountId, region, tick)}`,
      Body: gzipSync(new TextEncoder().encode(JSON.stringify({ Records })), { mtime: tick.now }),
      ACL: 'bucket-owner-full-control',
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
    };
    const written = yield* onBucket('PutObject', input, source);
    if (written.kind === 'error') error = written.error.code;
  }
  return error;
}

/** `CloudTrail/us-east-1/2026/01/05/111122223333_CloudTrail_us-east-1_20260105T1205Z_Mm3kDhn1fS0pQzXa.json.gz`. */
function fileName(accountId: string, region: string, { now, random }: Tick): string {
  const iso = new Date(now).toISOString();
  const day = iso.slice(0, 10).replaceAll('-', '/');
  const minute = `${iso.slice(0, 16).replace(/[-:]/g, '')}Z`;
  return `CloudTrail/${region}/${day}/${accountId}_CloudTrail_${region}_${minute}_${uniquePart(random)}.json.gz`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 16 letters and digits. */
function uniquePart(random: Random): string {
  return Array.from(random.bytes(16), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}
