/** The versions of an object (Amazon S3 User Guide, "How S3 Versioning works"). */
import { toBase64 } from '@smithy/core/serde';
import type { Call, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { stateKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { entityTooLarge, invalidArgument, noSuchKey, noSuchVersion } from './errors.ts';
import { s3Limits } from './limits.ts';
import { bucketPermission, type ObjectInput } from './permissions.ts';
import type { BucketState, ObjectVersionState } from './state.ts';

/** The version that stands where a bucket had no versioning, or has it suspended. */
export const nullVersion = 'null';

/** All versions of a key, newest first. */
export function versionsOf(bucket: BucketState, key: string): readonly ObjectVersionState[] {
  return own(bucket.objects, stateKey(key)) ?? [];
}

/**
 * The version that a request names. Throws `NoSuchKey`, or `AccessDenied` for a caller who may not list the bucket and so
 * is not told what is in it; `NoSuchVersion`; `MethodNotAllowed` for a delete marker named by its version id.
 */
export function requestedVersion(bucket: BucketState, input: ObjectInput, call: Call): ObjectVersionState {
  const key = checkKey(input.Key);
  const { VersionId: versionId } = input;
  const versions = versionsOf(bucket, key);
  const version = versionId === undefined ? versions[0] : findVersion(versions, versionId);
  if (version === undefined || (versionId === undefined && version.deleteMarker)) {
    const refused = listingRefused(bucket, versionId, call);
    if (refused !== undefined) throw refused;
    if (versionId !== undefined) throw noSuchVersion(key, versionId);
    const missing = noSuchKey(key);
    if (version === undefined) throw missing;
    throw new AwsError(missing.code, missing.message, {
      status: 404,
      details: { ...missing.details, DeleteMarker: true, VersionOfMarker: version.versionId },
    });
  }
  if (version.deleteMarker) {
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      status: 405,
      details: { Method: 'GET', ResourceType: 'DeleteMarker', DeleteMarker: true, VersionOfMarker: version.versionId },
    });
  }
  return version;
}

function listingRefused(bucket: BucketState, versionId: string | undefined, call: Call): AwsError | undefined {
  const action = versionId === undefined ? 's3:ListBucket' : 's3:ListBucketVersions';
  return call.refusal(bucketPermission(action, bucket.name, permissionFacts(call)));
}

/** What permissions are derived from, for a second question out of a handler. */
export function permissionFacts(call: Call) {
  const { caller, world, now, hashes } = call;
  const callerAccountId = 'accountId' in caller ? caller.accountId : world.primaryAccountId;
  return { world, callerAccountId, region: call.request.region, caller, now, hashes };
}

/** Throws `InvalidArgument` for a version id that is none. */
export function findVersion(
  versions: readonly ObjectVersionState[],
  versionId: string,
): ObjectVersionState | undefined {
  if (versionId === '') {
    throw invalidArgument('Version id cannot be the empty string', 'versionId', versionId);
  }
  if (versionId !== nullVersion && !/^[A-Za-z0-9._]{32}$/.test(versionId)) {
    throw invalidArgument('Invalid version id specified', 'versionId', versionId);
  }
  return versions.find((version) => version.versionId === versionId);
}

/** A key as S3 takes it: 1 to 1,024 bytes of UTF-8. Throws `KeyTooLongError`, `InvalidArgument`. */
export function checkKey(key: string | undefined): string {
  if (key === undefined || key === '') throw invalidArgument('Object key may not be empty.', 'key', '');
  const size = new TextEncoder().encode(key).length;
  if (size > 1024) {
    throw new AwsError('KeyTooLongError', 'Your key is too long', {
      status: 400,
      details: { Size: String(size), MaxSizeAllowed: '1024' },
    });
  }
  return key;
}

/** The id of a version to be written, by the bucket's versioning. */
export function nextVersionId(bucket: BucketState, call: Pick<Call, 'random'>): string {
  return bucket.versioning === 'Enabled' ? randomId(call) : nullVersion;
}

/** 32 characters that nobody can guess: version ids and upload ids. */
export function randomId(call: Pick<Call, 'random'>): string {
  return toBase64(call.random.bytes(24)).replaceAll('+', '.').replaceAll('/', '_');
}

/** Puts a version on top of its key; a null version takes the place of the one before. */
export function addVersion(bucket: Draft<BucketState>, key: string, version: ObjectVersionState): void {
  const others = versionsOf(bucket, key).filter(
    ({ versionId }) => version.versionId !== nullVersion || versionId !== nullVersion,
  );
  bucket.objects[stateKey(key)] = [version, ...others] as Draft<ObjectVersionState>[];
}

/** Puts a delete marker on top of a key, as nothing else there. Answers its version id. */
export function addDeleteMarker(bucket: Draft<BucketState>, key: string, call: Pick<Call, 'now' | 'random'>): string {
  const versionId = nextVersionId(bucket, call);
  addVersion(bucket, key, {
    versionId,
    deleteMarker: true,
    lastModified: wholeSecond(call.now),
    blobs: [],
    size: 0,
    etag: '',
    headers: {},
    metadata: {},
    tags: [],
    ownerId: versionsOf(bucket, key)[0]?.ownerId ?? '',
  });
  return versionId;
}

/** A version as a change handler may alter it. */
export function draftVersion(
  bucket: Draft<BucketState>,
  key: string | undefined,
  versionId: string,
): Draft<ObjectVersionState> | undefined {
  return bucket.objects[stateKey(key ?? '')]?.find((version) => version.versionId === versionId);
}

/** Takes a version away, and the key with its last one. */
export function removeVersion(bucket: Draft<BucketState>, key: string, versionId: string): void {
  const others = versionsOf(bucket, key).filter((version) => version.versionId !== versionId);
  if (others.length === 0) delete bucket.objects[stateKey(key)];
  else bucket.objects[stateKey(key)] = others as Draft<ObjectVersionState>[];
}

/** `x-amz-version-id` stands in answers only where the bucket has, or had, versioning. */
export function versionIdMember(bucket: BucketState, versionId: string): { VersionId?: string } {
  return bucket.versioning === undefined ? {} : { VersionId: versionId };
}

/** S3 keeps times by the second. */
export function wholeSecond(now: number): number {
  return Math.floor(now / 1000) * 1000;
}

/** Throws `EntityTooLarge` where a body is larger than an object may be, or the sandbox has no room for it. */
export function checkRoom(world: World, size: number): void {
  if (size > s3Limits.objectBytes) throw entityTooLarge(size, s3Limits.objectBytes);
  let used = 0;
  for (const account of Object.values(world.accounts)) {
    for (const bucket of Object.values(account.s3.buckets)) used += bytesIn(bucket);
  }
  const room = s3Limits.sandboxObjectBytes - used;
  if (counted(size) > room) throw entityTooLarge(size, Math.max(0, room));
}

function counted(size: number): number {
  return size + s3Limits.objectOverheadBytes;
}

const measuredVersions = new WeakMap<ObjectVersionState, number>();

/** A version's bytes, and what the state holds about it. */
function bytesOf(version: ObjectVersionState): number {
  const known = measuredVersions.get(version);
  if (known !== undefined) return known;
  const { headers, metadata, tags, acl, parts } = version;
  const total = counted(version.size) + JSON.stringify([headers, metadata, tags, acl, parts]).length;
  measuredVersions.set(version, total);
  return total;
}

const measured = new WeakMap<BucketState, number>();

function bytesIn(bucket: BucketState): number {
  const known = measured.get(bucket);
  if (known !== undefined) return known;
  let total = 0;
  for (const versions of Object.values(bucket.objects)) for (const version of versions) total += bytesOf(version);
  for (const upload of Object.values(bucket.uploads)) {
    total += counted(0);
    for (const { size } of Object.values(upload.parts)) total += counted(size);
  }
  measured.set(bucket, total);
  return total;
}
