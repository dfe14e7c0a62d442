/** GetObjectAttributes. */
import type { GetObjectAttributesOutput, GetObjectAttributesRequest, ObjectPart } from '@aws-sdk/client-s3';
import type { Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { type Checksum, checksumMembers } from './checksums.ts';
import { invalidArgument } from './errors.ts';
import { openedFor } from './object-encryption.ts';
import { checkKey, requestedVersion, versionIdMember } from './object-versions.ts';
import { onObject } from './permissions.ts';
import type { ObjectVersionState } from './state.ts';

const attributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
const largestPage = 1000;

/** Of an object under a key of KMS the key is needed, whatever is asked for. */
export const getObjectAttributes: ProcessOperation<GetObjectAttributesRequest, GetObjectAttributesOutput> = {
  kind: 'process',
  readOnly: true,
  owner: bucketOwner,
  permissions: (input, facts) => [
    ...onObject<GetObjectAttributesRequest>('s3:GetObject')(input, facts),
    ...onObject<GetObjectAttributesRequest>('s3:GetObjectAttributes')(input, facts),
  ],
  *run(account, input, call): Process<GetObjectAttributesOutput> {
    const bucket = bucketOf(account, input);
    const asked = new Set<string>(input.ObjectAttributes ?? []);
    const unknown = [...asked].find((name) => !attributes.includes(name));
    if (asked.size === 0 || unknown !== undefined) {
      throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', unknown ?? 'null');
    }
    const object = requestedVersion(bucket, input, call);
    yield* openedFor(object.encryption, { bucket, key: checkKey(input.Key) }, call);
    const { ChecksumType, ...checksums } = checksumMembers(object.checksum);
    return {
      LastModified: new Date(object.lastModified),
      ...versionIdMember(bucket, object.versionId),
      ...(asked.has('ETag') && { ETag: object.etag.replaceAll('"', '') }),
      ...(asked.has('Checksum') && object.checksum && { Checksum: { ...checksums, ChecksumType } as Checksums }),
      ...(asked.has('ObjectParts') && object.parts && { ObjectParts: partsOf(object, object.parts, input) }),
      ...(asked.has('StorageClass') && { StorageClass: (object.storageClass ?? 'STANDARD') as StorageClass }),
      ...(asked.has('ObjectSize') && { ObjectSize: object.size }),
    };
  },
};

type Checksums = NonNullable<GetObjectAttributesOutput['Checksum']>;
type StorageClass = NonNullable<GetObjectAttributesOutput['StorageClass']>;

/** The parts by their numbers, those alone that have checksums of their own. */
function partsOf(
  { checksum }: ObjectVersionState,
  parts: NonNullable<ObjectVersionState['parts']>,
  { MaxParts = largestPage, PartNumberMarker = '0' }: GetObjectAttributesRequest,
): NonNullable<GetObjectAttributesOutput['ObjectParts']> {
  const after = Number(PartNumberMarker) || 0;
  const size = Math.min(Math.max(MaxParts, 0), largestPage);
  const rest = parts.filter(({ number }) => number > after);
  const page = rest.slice(0, size);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: size,
    IsTruncated: rest.length > page.length,
    ...(checksum?.type === 'COMPOSITE' && { Parts: page.map((part) => describePart(part, checksum)) }),
  };
}

function describePart(part: NonNullable<ObjectVersionState['parts']>[number], { algorithm }: Checksum): ObjectPart {
  return {
    PartNumber: part.number,
    Size: part.size,
    ...(part.checksum !== undefined && { [`Checksum${algorithm}`]: part.checksum }),
  };
}
