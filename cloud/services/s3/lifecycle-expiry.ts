/**
 * What lifecycle rules delete, by the sandbox's clock: current and noncurrent versions, delete markers with nothing under them, uploads
 * that nobody ends (Amazon S3 User Guide, "Lifecycle configuration elements" and "Expiring objects"). A class is never changed.
 */
import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { Draft } from '../../call.ts';
import type { Clockwork, Tick } from '../../clockwork.ts';
import { own } from '../../own.ts';
import { changing, type Process } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import { nameOfKey } from '../../state-key.ts';
import { notify } from './notifying.ts';
import { addDeleteMarker, removeVersion } from './object-versions.ts';
import type { BucketState, ObjectVersionState } from './state.ts';

/** Something that a rule deletes at its time. */
type Expiry = { readonly at: number } & (
  | { readonly kind: 'mark'; readonly key: string }
  | { readonly kind: 'remove'; readonly key: string; readonly versionId: string }
  | { readonly kind: 'abort'; readonly uploadId: string }
);

const day = 86_400_000;
const systemAddress = 's3.amazonaws.com';

export const lifecycleExpiry: Clockwork = {
  nextDue(world) {
    let next: number | undefined;
    for (const { s3 } of Object.values(world.accounts)) {
      for (const bucket of Object.values(s3.buckets)) {
        const at = nextOf(bucket);
        if (at !== undefined && (next === undefined || at < next)) next = at;
      }
    }
    return next;
  },
  *tick(tick) {
    for (const { id, s3 } of Object.values(tick.world.accounts)) {
      for (const bucket of Object.values(s3.buckets)) {
        if ((nextOf(bucket) ?? Number.POSITIVE_INFINITY) <= tick.now) yield* expire(id, bucket, tick);
      }
    }
  },
};

const nextTimes = new WeakMap<BucketState, number | null>();

function nextOf(bucket: BucketState): number | undefined {
  if (bucket.lifecycle === undefined) return undefined;
  const known = nextTimes.get(bucket);
  if (known !== undefined) return known ?? undefined;
  const times = expiriesOf(bucket).map(({ at }) => at);
  const next = times.length === 0 ? undefined : Math.min(...times);
  nextTimes.set(bucket, next ?? null);
  return next;
}

/** Deletes what is due, and what becomes due by that. */
function* expire(accountId: string, bucket: BucketState, tick: Tick): Process<void> {
  const done = yield* changing(accountId, (account) => {
    const draft = own(account.s3.buckets, bucket.name);
    const all: Expiry[] = [];
    for (;;) {
      const due = draft === undefined ? [] : expiriesOf(draft).filter(({ at }) => at <= tick.now);
      if (draft === undefined || due.length === 0) return all;
      for (const expiry of due) carryOut(draft, expiry, tick);
      all.push(...due);
    }
  });
  for (const expiry of done) {
    if (expiry.kind === 'abort') continue;
    const name = `LifecycleExpiration:${expiry.kind === 'mark' ? 'DeleteMarkerCreated' : 'Delete'}`;
    const cause = { ...tick, request: ofTheClock(bucket), requestId: newRequestId(tick.random) };
    yield* notify({ id: accountId }, bucket, { name, key: expiry.key }, cause);
  }
}

function ofTheClock({ region }: BucketState) {
  return { sourceIp: systemAddress, secureTransport: true, userAgent: systemAddress, region };
}

function carryOut(bucket: Draft<BucketState>, expiry: Expiry, tick: Tick): void {
  switch (expiry.kind) {
    case 'mark':
      addDeleteMarker(bucket, expiry.key, tick);
      break;
    case 'remove':
      removeVersion(bucket, expiry.key, expiry.versionId);
      break;
    case 'abort':
      delete bucket.uploads[expiry.uploadId];
      break;
  }
}

/** What the rules of a bucket delete of what is in it, with its times. */
function expiriesOf(bucket: BucketState): readonly Expiry[] {
  const rules = ((bucket.lifecycle ?? []) as unknown as readonly LifecycleRule[]).filter(
    ({ Status }) => Status === 'Enabled',
  );
  if (rules.length === 0) return [];
  const ofObjects = Object.entries(bucket.objects).flatMap(([stateKey, versions]) =>
    versions.flatMap((_version, at) => expiryOf(bucket, nameOfKey(stateKey), versions, at, rules)),
  );
  return [...ofObjects, ...rules.flatMap((rule) => uploadsOf(bucket, rule))];
}

/** The earliest that any rule has for a version. */
function expiryOf(
  bucket: BucketState,
  key: string,
  versions: readonly ObjectVersionState[],
  at: number,
  rules: readonly LifecycleRule[],
): readonly Expiry[] {
  const version = versions[at];
  if (version === undefined) return [];
  const times = rules
    .filter((rule) => meets(rule, key, version))
    .flatMap((rule) => (at === 0 ? ofCurrent(rule, version, versions.length) : ofNoncurrent(rule, versions, at)));
  if (times.length === 0) return [];
  const due = Math.min(...times);
  const isMarked = at === 0 && !version.deleteMarker && bucket.versioning !== undefined;
  if (isMarked) return [{ kind: 'mark', key, at: due }];
  if (version.lock?.legalHold === true) return [];
  return [{ kind: 'remove', key, versionId: version.versionId, at: Math.max(due, version.lock?.until ?? 0) }];
}

function ofCurrent({ Expiration }: LifecycleRule, version: ObjectVersionState, count: number): readonly number[] {
  if (Expiration === undefined) return [];
  const { Days, Date: date, ExpiredObjectDeleteMarker } = Expiration;
  if (version.deleteMarker) {
    // A delete marker is cleaned up when nothing is left under it.
    if (count > 1 || (Days === undefined && ExpiredObjectDeleteMarker !== true)) return [];
    return [midnightAfter(version.lastModified, Days ?? 0)];
  }
  return [
    ...(Days === undefined ? [] : [midnightAfter(version.lastModified, Days)]),
    // The state keeps a date as text.
    ...(date === undefined ? [] : [Math.max(new Date(date).getTime(), midnightAfter(version.lastModified, 0))]),
  ];
}

/** A version's days count from when the one after it was written. */
function ofNoncurrent(
  { NoncurrentVersionExpiration: rule }: LifecycleRule,
  versions: readonly ObjectVersionState[],
  at: number,
): readonly number[] {
  const successor = versions[at - 1];
  if (rule === undefined || successor === undefined || at - 1 < (rule.NewerNoncurrentVersions ?? 0)) return [];
  return [midnightAfter(successor.lastModified, rule.NoncurrentDays ?? 0)];
}

function uploadsOf(bucket: BucketState, rule: LifecycleRule): readonly Expiry[] {
  const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
  if (days === undefined) return [];
  const prefix = rule.Prefix ?? rule.Filter?.Prefix ?? '';
  return Object.values(bucket.uploads)
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ uploadId, initiatedAt }) => ({ kind: 'abort', uploadId, at: midnightAfter(initiatedAt, days) }));
}

function meets({ Prefix, Filter }: LifecycleRule, key: string, version: ObjectVersionState): boolean {
  const { Tag, And, ...alone } = Filter ?? {};
  const prefix = Prefix ?? alone.Prefix ?? And?.Prefix ?? '';
  const larger = alone.ObjectSizeGreaterThan ?? And?.ObjectSizeGreaterThan;
  const smaller = alone.ObjectSizeLessThan ?? And?.ObjectSizeLessThan;
  const tags = [...(Tag === undefined ? [] : [Tag]), ...(And?.Tags ?? [])];
  return (
    key.startsWith(prefix) &&
    (larger === undefined || version.size > larger) &&
    (smaller === undefined || version.size < smaller) &&
    tags.every((wanted) => version.tags.some((tag) => tag.Key === wanted.Key && tag.Value === wanted.Value))
  );
}

/** S3 adds the days and goes on to the next midnight of UTC. */
function midnightAfter(time: number, days: number): number {
  return Math.ceil((time + days * day) / day) * day;
}
