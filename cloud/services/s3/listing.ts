/** ListObjectsV2 and ListObjects. */
import type {
  _Object as ListedObject,
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
} from '@aws-sdk/client-s3';
import type { ReadOperation } from '../../service.ts';
import { nameOfKey } from '../../state-key.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { invalidArgument } from './errors.ts';
import { versionsOf } from './object-versions.ts';
import { compareKeys, type Entry, nameEncoder, nameOfToken, pageOf, pageSize, tokenOf } from './pages.ts';
import { listContext, onBucket } from './permissions.ts';
import type { BucketState, ObjectVersionState } from './state.ts';

/** The objects that a bucket gives, in the order of their keys, from the one after `after`. */
function* currentObjects(bucket: BucketState, prefix: string, after: string) {
  const keys = Object.keys(bucket.objects)
    .map(nameOfKey)
    .filter((key) => key.startsWith(prefix) && (after === '' || compareKeys(key, after) > 0));
  for (const name of keys.sort(compareKeys)) {
    const item = versionsOf(bucket, name)[0];
    if (item !== undefined && !item.deleteMarker) yield { name, item };
  }
}

function list(
  bucket: BucketState,
  input: {
    readonly Prefix?: string | undefined;
    readonly Delimiter?: string | undefined;
    readonly MaxKeys?: number | undefined;
  },
  after: string,
) {
  const { Prefix: prefix = '', Delimiter: delimiter = '' } = input;
  return pageOf(currentObjects(bucket, prefix, after), {
    prefix,
    delimiter,
    after: after === '' ? undefined : after,
    size: pageSize(input.MaxKeys, 'maxKeys'),
  });
}

function describe(
  entries: readonly Entry<ObjectVersionState>[],
  encode: (name: string) => string,
  owner: 'with-owner' | 'without-owner',
) {
  const contents = entries.flatMap((entry): ListedObject[] =>
    entry.kind === 'prefix'
      ? []
      : [
          {
            Key: encode(entry.name),
            LastModified: new Date(entry.item.lastModified),
            ETag: entry.item.etag,
            ...(entry.item.checksum !== undefined && {
              ChecksumAlgorithm: [entry.item.checksum.algorithm] as ListedObject['ChecksumAlgorithm'],
              ChecksumType: entry.item.checksum.type,
            }),
            Size: entry.item.size,
            StorageClass: (entry.item.storageClass ?? 'STANDARD') as ListedObject['StorageClass'],
            ...(owner === 'with-owner' && { Owner: { ID: entry.item.ownerId } }),
          },
        ],
  );
  const prefixes = entries.flatMap((entry) => (entry.kind === 'prefix' ? [{ Prefix: encode(entry.name) }] : []));
  return {
    ...(contents.length > 0 && { Contents: contents }),
    ...(prefixes.length > 0 && { CommonPrefixes: prefixes }),
  };
}

export const listObjectsV2: ReadOperation<ListObjectsV2Request, ListObjectsV2Output> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket<ListObjectsV2Request>('s3:ListBucket', listContext),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const encode = nameEncoder(input.EncodingType);
    if (input.ContinuationToken === '') {
      throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', '');
    }
    const after =
      input.ContinuationToken === undefined ? (input.StartAfter ?? '') : nameOfToken(input.ContinuationToken);
    const page = list(bucket, input, after);
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      ...(input.Delimiter !== undefined && input.Delimiter !== '' && { Delimiter: encode(input.Delimiter) }),
      MaxKeys: pageSize(input.MaxKeys, 'maxKeys'),
      KeyCount: page.entries.length,
      IsTruncated: page.truncated,
      ...describe(page.entries, encode, input.FetchOwner === true ? 'with-owner' : 'without-owner'),
      ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
      ...(input.StartAfter !== undefined && { StartAfter: encode(input.StartAfter) }),
      ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
      ...(page.truncated && page.last !== undefined && { NextContinuationToken: tokenOf(page.last) }),
    };
  },
};

/** The first version of the list: goes on after a marker, and names the next one only where a delimiter is given. */
export const listObjects: ReadOperation<ListObjectsRequest, ListObjectsOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket<ListObjectsRequest>('s3:ListBucket', listContext),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const encode = nameEncoder(input.EncodingType);
    const page = list(bucket, input, input.Marker ?? '');
    const delimited = input.Delimiter !== undefined && input.Delimiter !== '';
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      Marker: encode(input.Marker ?? ''),
      ...(delimited && { Delimiter: encode(input.Delimiter ?? '') }),
      MaxKeys: pageSize(input.MaxKeys, 'maxKeys'),
      IsTruncated: page.truncated,
      ...describe(page.entries, encode, 'with-owner'),
      ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
      ...(page.truncated && delimited && page.last !== undefined && { NextMarker: encode(page.last) }),
    };
  },
};
