/** The source of a copy, as the header `x-amz-copy-source` names it. */
import type { Call } from '../../call.ts';
import { own } from '../../own.ts';
import type { Permission, PermissionFacts } from '../../service.ts';
import { bucketHolder, bucketOwner, holderOf } from './buckets-by-name.ts';
import { checkCopyConditions } from './conditions.ts';
import { invalidArgument, noSuchBucket } from './errors.ts';
import { requestedVersion } from './object-versions.ts';
import { type ObjectInput, objectPermission } from './permissions.ts';
import type { BucketState, ObjectVersionState } from './state.ts';

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

export interface CopyInput extends ObjectInput {
  readonly CopySource?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
}

/**
 * Reads `/bucket/key?versionId=…`, URL-encoded, the leading slash optional, and the slash between bucket and key encoded too where
 * a client encodes the whole (Terraform's provider). Throws `InvalidArgument`.
 */
export function readCopySource(header: string | undefined): CopySource {
  const [, encoded, versionId] = /^\/?([^?]*)(?:\?versionId=(.*))?$/s.exec(header ?? '') ?? [];
  const [path = '', version] = [encoded, versionId].map(decoded);
  const slash = path.indexOf('/');
  const [bucket, key] = [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
  if (bucket === '' || key === '') {
    throw invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      header ?? '',
    );
  }
  return { bucket, key, ...(version !== undefined && { versionId: version }) };
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The destination's account; the source may be in another region. Throws `NoSuchBucket` for either bucket. */
export function copyOwner(input: CopyInput, facts: PermissionFacts): string {
  const { bucket } = readCopySource(input.CopySource);
  bucketHolder({ Bucket: bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner }, facts);
  return bucketOwner(input, facts);
}

/** What a copy needs on its source. */
export function sourcePermission(input: CopyInput, facts: PermissionFacts): Permission {
  return objectPermission('s3:GetObject', readCopySource(input.CopySource), facts);
}

/** The object to be copied, its conditions checked. */
export function sourceObject(
  input: CopyInput,
  call: Call,
): {
  readonly source: CopySource;
  readonly from: BucketState;
  readonly object: ObjectVersionState;
  readonly versioned: boolean;
} {
  const source = readCopySource(input.CopySource);
  const holder = holderOf(call.world, source.bucket);
  const bucket = holder === undefined ? undefined : own(call.world.accounts[holder]?.s3.buckets ?? {}, source.bucket);
  if (bucket === undefined) throw noSuchBucket(source.bucket);
  const object = requestedVersion(bucket, { Key: source.key, VersionId: source.versionId }, call);
  checkCopyConditions(input, object);
  return { source, from: bucket, object, versioned: bucket.versioning !== undefined };
}
