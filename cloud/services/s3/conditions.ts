/** Conditional requests (RFC 9110 section 13, and Amazon S3 User Guide, "Conditional requests"). */
import { AwsError } from '../../errors.ts';
import { noSuchKey, notImplemented, preconditionFailed } from './errors.ts';
import type { ObjectVersionState } from './state.ts';

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** Whether an entity tag of the list in a header is the object's; quotation marks may be left out. */
function matches(header: string, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '').replaceAll('"', '');
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag));
}

/**
 * Checks the conditions of a read; an entity tag takes precedence over a date.
 * Throws `PreconditionFailed` (412) and `NotModified` (304, no body).
 */
export function checkReadConditions(
  conditions: ReadConditions,
  object: Pick<ObjectVersionState, 'etag' | 'lastModified'>,
): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object.etag)) throw preconditionFailed('If-Match');
  } else if (IfUnmodifiedSince !== undefined && object.lastModified > IfUnmodifiedSince.getTime()) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch, object.etag)) throw notModified(object);
  } else if (IfModifiedSince !== undefined && object.lastModified <= IfModifiedSince.getTime()) {
    throw notModified(object);
  }
}

function notModified(object: Pick<ObjectVersionState, 'etag' | 'lastModified'>): AwsError {
  return new AwsError('NotModified', 'Not Modified', { status: 304, details: { EntityTag: object.etag } });
}

/** The conditions of a copy on its source. Throws `PreconditionFailed`: a copy knows no 304. */
export function checkCopyConditions(
  input: {
    readonly CopySourceIfMatch?: string | undefined;
    readonly CopySourceIfNoneMatch?: string | undefined;
    readonly CopySourceIfModifiedSince?: Date | undefined;
    readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  },
  source: Pick<ObjectVersionState, 'etag' | 'lastModified'>,
): void {
  const { CopySourceIfMatch, CopySourceIfNoneMatch, CopySourceIfModifiedSince, CopySourceIfUnmodifiedSince } = input;
  if (CopySourceIfMatch !== undefined) {
    if (!matches(CopySourceIfMatch, source.etag)) throw preconditionFailed('x-amz-copy-source-If-Match');
  } else if (CopySourceIfUnmodifiedSince !== undefined && source.lastModified > CopySourceIfUnmodifiedSince.getTime()) {
    throw preconditionFailed('x-amz-copy-source-If-Unmodified-Since');
  }
  if (CopySourceIfNoneMatch !== undefined) {
    if (matches(CopySourceIfNoneMatch, source.etag)) throw preconditionFailed('x-amz-copy-source-If-None-Match');
  } else if (CopySourceIfModifiedSince !== undefined && source.lastModified <= CopySourceIfModifiedSince.getTime()) {
    throw preconditionFailed('x-amz-copy-source-If-Modified-Since');
  }
}

/**
 * Checks the conditions of a write against the current version of the key.
 * Throws `PreconditionFailed`, `NoSuchKey` for an If-Match where there is none, `NotImplemented` for an If-None-Match
 * other than `*`.
 */
export function checkWriteConditions(
  input: {
    readonly IfMatch?: string | undefined;
    readonly IfNoneMatch?: string | undefined;
    readonly Key?: string | undefined;
  },
  current: ObjectVersionState | undefined,
): void {
  const object = current?.deleteMarker ? undefined : current;
  if (input.IfNoneMatch !== undefined) {
    if (input.IfNoneMatch.trim() !== '*') throw notImplemented('If-None-Match');
    if (object !== undefined) throw preconditionFailed('If-None-Match');
  }
  if (input.IfMatch !== undefined) {
    if (object === undefined) throw noSuchKey(input.Key ?? '');
    if (!matches(input.IfMatch, object.etag)) throw preconditionFailed('If-Match');
  }
}
