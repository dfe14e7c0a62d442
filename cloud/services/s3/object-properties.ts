/** What an object carries besides its bytes: content headers, metadata, tags, storage class. */
import { AwsError } from '../../errors.ts';
import { keptByKey, shownByName } from '../../state-key.ts';
import { notImplemented } from './errors.ts';
import { encryptionMembers } from './object-encryption.ts';
import type { ObjectVersionState } from './state.ts';
import { tagsOfHeader } from './tags.ts';

export type ObjectProperties = Pick<
  ObjectVersionState,
  'contentType' | 'storageClass' | 'headers' | 'metadata' | 'tags'
>;

/** Members of the requests that write an object. */
export interface PropertiesInput {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
}

/** Classes whose objects can be read at once; the archives, which need a restore, are not offered. */
const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
];
const archiveClasses = ['GLACIER', 'DEEP_ARCHIVE'];

/** Bytes of user-defined metadata, keys and values together (Amazon S3 User Guide, "Working with object metadata"). */
const metadataBytes = 2048;

/**
 * The properties that a write asks for, checked. Throws `MetadataTooLarge`, `InvalidStorageClass`, `InvalidTag`,
 * and `NotImplemented` for encryption with keys that the customer provides.
 */
export function readProperties(input: PropertiesInput): ObjectProperties {
  checkUnsupported(input);
  const headers: Record<string, string> = {};
  if (input.CacheControl !== undefined) headers['cache-control'] = input.CacheControl;
  if (input.ContentDisposition !== undefined) headers['content-disposition'] = input.ContentDisposition;
  if (input.ContentEncoding !== undefined) headers['content-encoding'] = input.ContentEncoding;
  if (input.ContentLanguage !== undefined) headers['content-language'] = input.ContentLanguage;
  if (input.Expires !== undefined) headers['expires'] = input.Expires.toUTCString();
  if (input.WebsiteRedirectLocation !== undefined) {
    headers['x-amz-website-redirect-location'] = input.WebsiteRedirectLocation;
  }
  return {
    contentType: input.ContentType ?? 'binary/octet-stream',
    ...(input.StorageClass !== undefined && { storageClass: checkStorageClass(input.StorageClass) }),
    headers,
    metadata: readMetadata(input.Metadata ?? {}),
    tags: tagsOfHeader(input.Tagging),
  };
}

function checkUnsupported(input: PropertiesInput): void {
  if (input.SSECustomerAlgorithm !== undefined) throw notImplemented('x-amz-server-side-encryption-customer-algorithm');
}

function checkStorageClass(storageClass: string): string {
  if (storageClasses.includes(storageClass)) return storageClass;
  if (archiveClasses.includes(storageClass)) throw notImplemented('x-amz-storage-class');
  throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', {
    status: 400,
    details: { StorageClassRequested: storageClass },
  });
}

function readMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value] as const);
  const encoder = new TextEncoder();
  const size = entries.reduce((total, [name, value]) => total + encoder.encode(name + value).length, 0);
  if (size > metadataBytes) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      status: 400,
      details: { Size: String(size), MaxSizeAllowed: String(metadataBytes) },
    });
  }
  return keptByKey(Object.fromEntries(entries));
}

/** Members of the answers that give an object's headers and metadata. */
export function describeProperties(
  object: Pick<ObjectVersionState, 'contentType' | 'headers' | 'metadata' | 'tags' | 'storageClass' | 'encryption'>,
) {
  const { headers } = object;
  const expires = headers['expires'];
  return {
    ContentType: object.contentType,
    ...(headers['cache-control'] !== undefined && { CacheControl: headers['cache-control'] }),
    ...(headers['content-disposition'] !== undefined && { ContentDisposition: headers['content-disposition'] }),
    ...(headers['content-encoding'] !== undefined && { ContentEncoding: headers['content-encoding'] }),
    ...(headers['content-language'] !== undefined && { ContentLanguage: headers['content-language'] }),
    ...(expires !== undefined && { Expires: new Date(expires) }),
    ...(headers['x-amz-website-redirect-location'] !== undefined && {
      WebsiteRedirectLocation: headers['x-amz-website-redirect-location'],
    }),
    Metadata: shownByName(object.metadata),
    ...encryptionMembers(object.encryption),
    // S3 names a class only where it is not STANDARD.
    ...(object.storageClass !== undefined &&
      object.storageClass !== 'STANDARD' && { StorageClass: object.storageClass }),
    ...(object.tags.length > 0 && { TagCount: object.tags.length }),
  };
}
