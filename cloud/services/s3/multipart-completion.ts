/** CompleteMultipartUpload: the parts become one object. */

import type { CompletedPart, CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from '@aws-sdk/client-s3';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { bytesOfHex, hexOf } from '../../hex.ts';
import { joinBytes } from '../../join-bytes.ts';
import { changing, type Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import {
  badChecksum,
  type Checksum,
  checksumMembers,
  checksumOfParts,
  defaultChecksum,
  readAlgorithm,
  sentChecksum,
} from './checksums.ts';
import { checkWriteConditions } from './conditions.ts';
import { entityTooLarge, invalidRequest, malformedXml } from './errors.ts';
import { s3Limits } from './limits.ts';
import { uploadOf } from './multipart.ts';
import { notify } from './notifying.ts';
import { encryptionMembers, openedFor } from './object-encryption.ts';
import { versionIdMember, versionsOf } from './object-versions.ts';
import { creationContext, headerContext, objectPermission } from './permissions.ts';
import type { PartState, UploadState } from './state.ts';
import { storeObject } from './writing.ts';

/** Bytes of every part but the last. */
const smallestPart = 5 * 1024 * 1024;

export const completeMultipartUpload: ProcessOperation<CompleteMultipartUploadRequest, CompleteMultipartUploadOutput> =
  {
    kind: 'process',
    owner: bucketOwner,
    permissions: (input, facts) => [
      objectPermission('s3:PutObject', { bucket: input.Bucket ?? '', key: input.Key ?? '' }, facts, {
        ...headerContext({ IfMatch: input.IfMatch, IfNoneMatch: input.IfNoneMatch }),
        ...creationContext('object'),
      }),
    ],
    *run(account, input, call): Process<CompleteMultipartUploadOutput> {
      const bucket = bucketOf(account, input);
      const upload: UploadState = uploadOf(bucket, input);
      const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? []);
      const size = parts.reduce((total, part) => total + part.size, 0);
      if (size > s3Limits.objectBytes) throw entityTooLarge(size, s3Limits.objectBytes);
      checkWriteConditions(input, versionsOf(bucket, upload.key)[0]);
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) {
        throw invalidRequest(
          `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
        );
      }
      const checksum = wholeChecksum(upload, parts, input, call);
      yield* openedFor(upload.encryption, { bucket, key: upload.key }, call);
      const object = {
        ...upload.properties,
        ownerId: upload.ownerId,
        blobs: parts.flatMap((part) => part.blobs),
        size,
        etag: etagOfParts(parts, call),
        checksum,
        encryption: upload.encryption,
        lock: upload.lock,
        parts: parts.map((part) => ({
          number: part.number,
          size: part.size,
          ...(part.checksum !== undefined && { checksum: part.checksum }),
        })),
      };
      const stored = yield* changing(account.id, (draft) => {
        const changed = bucketOf(draft, input);
        delete changed.uploads[upload.uploadId];
        return storeObject(changed, upload.key, object, call);
      });
      const event = { name: 'ObjectCreated:CompleteMultipartUpload', key: upload.key, version: stored } as const;
      yield* notify(account, bucket, event, call);
      return {
        Location: `http://${bucket.name}.s3.amazonaws.com/${encodeURIComponent(upload.key)}`,
        Bucket: bucket.name,
        Key: upload.key,
        ETag: stored.etag,
        ...checksumMembers(checksum),
        ...encryptionMembers(upload.encryption),
        ...versionIdMember(bucket, stored.versionId),
      };
    },
  };

/** Throws `MalformedXML`, `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall`. */
function chosenParts(upload: UploadState, wanted: readonly CompletedPart[]): readonly PartState[] {
  if (wanted.length === 0) throw malformedXml();
  const numbers = wanted.map(({ PartNumber }) => PartNumber ?? 0);
  if (numbers.some((number, i) => i > 0 && number <= (numbers[i - 1] ?? 0))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
      { status: 400, details: { UploadId: upload.uploadId } },
    );
  }
  const algorithm = upload.checksum?.algorithm ?? defaultChecksum;
  const parts = wanted.map((part) => {
    const stored = upload.parts[String(part.PartNumber)];
    const tag = part.ETag?.replaceAll('"', '');
    if (stored === undefined || tag !== stored.etag.replaceAll('"', '')) throw invalidPart(upload, part);
    const sent = sentChecksum(part);
    if (sent?.algorithm === algorithm && stored.checksum !== undefined && sent.value !== stored.checksum) {
      throw invalidPart(upload, part);
    }
    return stored;
  });
  for (const part of parts.slice(0, -1)) {
    if (part.size < smallestPart) {
      throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        status: 400,
        details: {
          ProposedSize: String(part.size),
          MinSizeAllowed: String(smallestPart),
          PartNumber: String(part.number),
          ETag: part.etag.replaceAll('"', ''),
        },
      });
    }
  }
  return parts;
}

function invalidPart(upload: UploadState, part: CompletedPart): AwsError {
  return new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    {
      status: 400,
      details: { UploadId: upload.uploadId, PartNumber: String(part.PartNumber ?? ''), ETag: part.ETag ?? '' },
    },
  );
}

/** The MD5 of the parts' MD5s, and their number. */
function etagOfParts(parts: readonly PartState[], call: Call): string {
  const digests = parts.map((part) => bytesOfHex(part.etag.replaceAll('"', '').replace(/-\d+$/, '')));
  return `"${hexOf(call.hashes.md5(joinBytes(digests)))}-${parts.length}"`;
}

/** None where a part is a copy, of which no checksum is known. Throws `BadDigest` where the one sent is another. */
function wholeChecksum(
  upload: UploadState,
  parts: readonly PartState[],
  input: CompleteMultipartUploadRequest,
  call: Call,
): Checksum | undefined {
  const known = parts.flatMap(({ checksum, size }) => (checksum === undefined ? [] : [{ checksum, size }]));
  if (known.length < parts.length) return undefined;
  const algorithm = readAlgorithm(upload.checksum?.algorithm) ?? defaultChecksum;
  const whole = checksumOfParts(known, { algorithm, type: upload.checksum?.type ?? 'FULL_OBJECT' }, call.hashes);
  const sent = sentChecksum(input);
  const expected = sent?.algorithm === algorithm ? sent.value : undefined;
  // Some clients leave the number of parts off a composite checksum.
  const matches = expected === undefined || expected === whole.value || `${expected}-${parts.length}` === whole.value;
  if (!matches) throw badChecksum(algorithm);
  return whole;
}
