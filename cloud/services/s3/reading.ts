/** GetObject and HeadObject. */
import type { GetObjectOutput, GetObjectRequest, HeadObjectOutput, HeadObjectRequest } from '@aws-sdk/client-s3';
import { BlobBody, type Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { checksumMembers } from './checksums.ts';
import { checkReadConditions } from './conditions.ts';
import { invalidRequest } from './errors.ts';
import { openedFor } from './object-encryption.ts';
import { lockMembers } from './object-lock.ts';
import { describeProperties } from './object-properties.ts';
import { checkKey, requestedVersion, versionIdMember } from './object-versions.ts';
import { onObject } from './permissions.ts';
import { type ByteRange, readRange } from './ranges.ts';
import type { ObjectVersionState } from './state.ts';

/** An output whose body is named by the blobs that it consists of. */
export type GetObjectAnswer = Omit<GetObjectOutput, 'Body'> & { readonly Body: BlobBody };

export const getObject: ProcessOperation<GetObjectRequest, GetObjectAnswer> = {
  kind: 'process',
  readOnly: true,
  owner: bucketOwner,
  permissions: onObject('s3:GetObject'),
  *run(account, input, call): Process<GetObjectAnswer> {
    const { object, range, answer } = look(account, input, call);
    yield* openedFor(object.encryption, { bucket: bucketOf(account, input), key: checkKey(input.Key) }, call);
    return { ...answer, Body: new BlobBody(object.blobs, range.from, range.to) };
  },
};

/** What tells of an object without its bytes needs no key, but for the checksum. */
export const headObject: ProcessOperation<HeadObjectRequest, HeadObjectOutput> = {
  kind: 'process',
  readOnly: true,
  owner: bucketOwner,
  permissions: onObject('s3:GetObject'),
  *run(account, input, call): Process<HeadObjectOutput> {
    const { object, answer } = look(account, input, call);
    if (input.ChecksumMode === 'ENABLED') {
      yield* openedFor(object.encryption, { bucket: bucketOf(account, input), key: checkKey(input.Key) }, call);
    }
    return answer;
  },
};

interface Look {
  readonly object: ObjectVersionState;
  readonly range: ByteRange;
  readonly answer: Omit<GetObjectOutput, 'Body'>;
}

/** What both operations answer; a `ContentRange` in it makes the status 206. */
function look(account: Account, input: GetObjectRequest | HeadObjectRequest, call: Call): Look {
  const bucket = bucketOf(account, input);
  checkOverrides(input, call);
  const object = requestedVersion(bucket, input, call);
  checkReadConditions(input, object);
  const partial = input.PartNumber === undefined ? readRange(input.Range, object.size) : partRange(object, input);
  const range = partial ?? { from: 0, to: object.size };
  const wantsChecksum = input.ChecksumMode === 'ENABLED' && (input.Range === undefined || partial === undefined);
  return {
    object,
    range,
    answer: {
      AcceptRanges: 'bytes',
      LastModified: new Date(object.lastModified),
      ContentLength: range.to - range.from,
      ETag: object.etag,
      ...versionIdMember(bucket, object.versionId),
      ...describeProperties(object),
      ...lockMembers(object, { bucket: bucket.name, key: checkKey(input.Key) }, call),
      ...(wantsChecksum && checksumMembers(object.checksum)),
      ...(partial && { ContentRange: `bytes ${range.from}-${range.to - 1}/${object.size}` }),
      ...(input.PartNumber !== undefined && object.parts !== undefined && { PartsCount: object.parts.length }),
      ...overrides(input),
    } as Omit<GetObjectOutput, 'Body'>,
  };
}

/** The bytes of one part. Throws `InvalidPartNumber` (416) where the object has no such part. */
function partRange(
  object: ObjectVersionState,
  input: { readonly PartNumber?: number | undefined; readonly Range?: string | undefined },
): ByteRange | undefined {
  if (input.Range !== undefined)
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  const parts = object.parts ?? [{ number: 1, size: object.size }];
  const index = parts.findIndex(({ number }) => number === input.PartNumber);
  if (index === -1) {
    throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      status: 416,
      details: { PartNumberRequested: String(input.PartNumber), ActualPartCount: String(parts.length) },
    });
  }
  const from = parts.slice(0, index).reduce((total, { size }) => total + size, 0);
  const to = from + (parts[index]?.size ?? 0);
  return to > from ? { from, to } : undefined;
}

function overrides(input: GetObjectRequest | HeadObjectRequest) {
  return {
    ...(input.ResponseContentType !== undefined && { ContentType: input.ResponseContentType }),
    ...(input.ResponseContentLanguage !== undefined && { ContentLanguage: input.ResponseContentLanguage }),
    ...(input.ResponseExpires !== undefined && { Expires: input.ResponseExpires }),
    ...(input.ResponseCacheControl !== undefined && { CacheControl: input.ResponseCacheControl }),
    ...(input.ResponseContentDisposition !== undefined && { ContentDisposition: input.ResponseContentDisposition }),
    ...(input.ResponseContentEncoding !== undefined && { ContentEncoding: input.ResponseContentEncoding }),
  };
}

function checkOverrides(input: GetObjectRequest | HeadObjectRequest, call: Call): void {
  if (call.caller.kind === 'anonymous' && Object.keys(overrides(input)).length > 0) {
    throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.');
  }
}
