/** ListParts and ListMultipartUploads. */
import type {
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  ListPartsOutput,
  ListPartsRequest,
  MultipartUpload,
} from '@aws-sdk/client-s3';
import type { ReadOperation } from '../../service.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { invalidArgument } from './errors.ts';
import { unlessInitiator, uploadOf } from './multipart.ts';
import { compareKeys, nameEncoder, pageOf, pageSize } from './pages.ts';
import { onBucket } from './permissions.ts';
import type { BucketState, UploadState } from './state.ts';

type StorageClass = MultipartUpload['StorageClass'];
type Algorithm = MultipartUpload['ChecksumAlgorithm'];

/** What both lists say of an upload. */
function describeUpload(upload: UploadState) {
  return {
    Initiator: { ID: upload.initiator, DisplayName: upload.initiator.slice(upload.initiator.lastIndexOf('/') + 1) },
    Owner: { ID: upload.ownerId },
    StorageClass: (upload.properties.storageClass ?? 'STANDARD') as StorageClass,
    ...(upload.checksum !== undefined && {
      ChecksumAlgorithm: upload.checksum.algorithm as Algorithm,
      ChecksumType: upload.checksum.type,
    }),
  };
}

export const listParts: ReadOperation<ListPartsRequest, ListPartsOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: unlessInitiator('s3:ListMultipartUploadParts'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const upload = uploadOf<UploadState>(bucket, input);
    const size = pageSize(input.MaxParts, 'max-parts');
    const marker = Number(input.PartNumberMarker ?? 0);
    if (!Number.isInteger(marker) || marker < 0) {
      throw invalidArgument(
        'Argument part-number-marker must be an integer between 0 and 2147483647',
        'part-number-marker',
        String(input.PartNumberMarker),
      );
    }
    const left = Object.values(upload.parts)
      .filter(({ number }) => number > marker)
      .sort((a, b) => a.number - b.number);
    const page = left.slice(0, size);
    const truncated = size > 0 && left.length > size;
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: upload.uploadId,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
      MaxParts: size,
      IsTruncated: truncated,
      ...(page.length > 0 && {
        Parts: page.map((part) => ({
          PartNumber: part.number,
          LastModified: new Date(part.lastModified),
          ETag: part.etag,
          Size: part.size,
          ...(upload.checksum !== undefined &&
            part.checksum !== undefined && { [`Checksum${upload.checksum.algorithm}`]: part.checksum }),
        })),
      }),
      ...describeUpload(upload),
    };
  },
};

/** By key, and those of one key in the order in which they began. */
function* uploadsAfter(bucket: BucketState, keyMarker: string, uploadMarker: string | undefined) {
  const uploads = Object.values(bucket.uploads).sort(
    (a, b) => compareKeys(a.key, b.key) || a.initiatedAt - b.initiatedAt || compareKeys(a.uploadId, b.uploadId),
  );
  const marked = uploads.findIndex(({ uploadId, key }) => key === keyMarker && uploadId === uploadMarker);
  for (const [index, upload] of uploads.entries()) {
    const order = compareKeys(upload.key, keyMarker);
    if (keyMarker !== '' && (order < 0 || (order === 0 && (marked === -1 || index <= marked)))) continue;
    yield { name: upload.key, item: upload };
  }
}

export const listMultipartUploads: ReadOperation<ListMultipartUploadsRequest, ListMultipartUploadsOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket<ListMultipartUploadsRequest>('s3:ListBucketMultipartUploads'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const encode = nameEncoder(input.EncodingType);
    const { KeyMarker: keyMarker = '', UploadIdMarker: uploadMarker } = input;
    const size = pageSize(input.MaxUploads, 'max-uploads');
    const page = pageOf<UploadState>(uploadsAfter(bucket, keyMarker, uploadMarker), {
      prefix: input.Prefix ?? '',
      delimiter: input.Delimiter ?? '',
      after: keyMarker === '' ? undefined : keyMarker,
      size,
    });
    const uploads = page.entries.flatMap((entry): MultipartUpload[] =>
      entry.kind === 'prefix'
        ? []
        : [
            {
              UploadId: entry.item.uploadId,
              Key: encode(entry.name),
              Initiated: new Date(entry.item.initiatedAt),
              ...describeUpload(entry.item),
            },
          ],
    );
    const prefixes = page.entries.flatMap((entry) => (entry.kind === 'prefix' ? [{ Prefix: encode(entry.name) }] : []));
    const last = page.entries.at(-1);
    return {
      Bucket: bucket.name,
      KeyMarker: encode(keyMarker),
      UploadIdMarker: uploadMarker ?? '',
      ...(input.Prefix !== undefined && { Prefix: encode(input.Prefix) }),
      ...(input.Delimiter !== undefined && input.Delimiter !== '' && { Delimiter: encode(input.Delimiter) }),
      ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
      MaxUploads: size,
      IsTruncated: page.truncated,
      ...(page.truncated && last !== undefined && { NextKeyMarker: encode(last.name) }),
      ...(page.truncated && last?.kind === 'item' && { NextUploadIdMarker: last.item.uploadId }),
      ...(uploads.length > 0 && { Uploads: uploads }),
      ...(prefixes.length > 0 && { CommonPrefixes: prefixes }),
    };
  },
};
