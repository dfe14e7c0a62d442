/** ListObjectVersions. */
import type {
  DeleteMarkerEntry,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
  ObjectVersion,
} from '@aws-sdk/client-s3';
import type { ReadOperation } from '../../service.ts';
import { nameOfKey } from '../../state-key.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { invalidArgument } from './errors.ts';
import { versionsOf } from './object-versions.ts';
import { compareKeys, nameEncoder, pageOf, pageSize } from './pages.ts';
import { listContext, onBucket } from './permissions.ts';
import type { BucketState, ObjectVersionState } from './state.ts';

interface ListedVersion {
  readonly version: ObjectVersionState;
  readonly isLatest: boolean;
}

/** All versions by key, each key's newest first, from the one after the markers. */
function* versionsAfter(bucket: BucketState, keyMarker: string, versionMarker: string | undefined) {
  for (const name of Object.keys(bucket.objects).map(nameOfKey).sort(compareKeys)) {
    if (keyMarker !== '' && compareKeys(name, keyMarker) < 0) continue;
    const versions = versionsOf(bucket, name);
    let start = 0;
    if (name === keyMarker) {
      if (versionMarker === undefined) continue;
      start = versions.findIndex(({ versionId }) => versionId === versionMarker) + 1;
    }
    for (const [index, version] of versions.entries()) {
      if (index >= start) yield { name, item: { version, isLatest: index === 0 } };
    }
  }
}

export const listObjectVersions: ReadOperation<ListObjectVersionsRequest, ListObjectVersionsOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket<ListObjectVersionsRequest>('s3:ListBucketVersions', listContext),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const { KeyMarker: keyMarker = '', VersionIdMarker: versionMarker } = input;
    if (versionMarker !== undefined && keyMarker === '') {
      throw invalidArgument(
        'A version-id marker cannot be specified without a key marker.',
        'version-id-marker',
        versionMarker,
      );
    }
    const encode = nameEncoder(input.EncodingType);
    const size = pageSize(input.MaxKeys, 'maxKeys');
    const page = pageOf<ListedVersion>(versionsAfter(bucket, keyMarker, versionMarker), {
      prefix: input.Prefix ?? '',
      delimiter: input.Delimiter ?? '',
      after: keyMarker === '' ? undefined : keyMarker,
      size,
    });
    const versions: ObjectVersion[] = [];
    const markers: DeleteMarkerEntry[] = [];
    const prefixes: { Prefix: string }[] = [];
    for (const entry of page.entries) {
      if (entry.kind === 'prefix') prefixes.push({ Prefix: encode(entry.name) });
      else if (entry.item.version.deleteMarker) markers.push(describe(encode(entry.name), entry.item));
      else versions.push(describeVersion(encode(entry.name), entry.item));
    }
    const last = page.entries.at(-1);
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      KeyMarker: encode(keyMarker),
      VersionIdMarker: versionMarker ?? '',
      MaxKeys: size,
      ...(input.Delimiter !== undefined && input.Delimiter !== '' && { Delimiter: encode(input.Delimiter) }),
      ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
      IsTruncated: page.truncated,
      ...(page.truncated && last !== undefined && { NextKeyMarker: encode(last.name) }),
      ...(page.truncated && last?.kind === 'item' && { NextVersionIdMarker: last.item.version.versionId }),
      ...(versions.length > 0 && { Versions: versions }),
      ...(markers.length > 0 && { DeleteMarkers: markers }),
      ...(prefixes.length > 0 && { CommonPrefixes: prefixes }),
    };
  },
};

function describe(key: string, { version, isLatest }: ListedVersion): DeleteMarkerEntry {
  return {
    Key: key,
    VersionId: version.versionId,
    IsLatest: isLatest,
    LastModified: new Date(version.lastModified),
    Owner: { ID: version.ownerId },
  };
}

function describeVersion(key: string, listed: ListedVersion): ObjectVersion {
  const { version } = listed;
  return {
    ...describe(key, listed),
    ETag: version.etag,
    Size: version.size,
    StorageClass: (version.storageClass ?? 'STANDARD') as ObjectVersion['StorageClass'],
    ...(version.checksum !== undefined && {
      ChecksumAlgorithm: [version.checksum.algorithm] as ObjectVersion['ChecksumAlgorithm'],
      ChecksumType: version.checksum.type,
    }),
  };
}
