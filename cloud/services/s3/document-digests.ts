/** The digests that come with a request whose body is a document (Amazon S3 API Reference, `Content-MD5`, `x-amz-checksum-*`). */
import type { Hashes } from '../../call.ts';
import type { WireRequest } from '../../wire/model.ts';
import { checkContentMd5, checksumAlgorithms, checksumOf } from './checksums.ts';
import { invalidRequest } from './errors.ts';

/** Operations whose checksum is of the document. Elsewhere it is the object's, which the operation itself holds against it. */
const ofDocuments: ReadonlySet<string> = new Set([
  'DeleteObjects',
  'PutBucketAbac',
  'PutBucketAccelerateConfiguration',
  'PutBucketAcl',
  'PutBucketAnalyticsConfiguration',
  'PutBucketCors',
  'PutBucketEncryption',
  'PutBucketIntelligentTieringConfiguration',
  'PutBucketInventoryConfiguration',
  'PutBucketLifecycleConfiguration',
  'PutBucketLogging',
  'PutBucketMetricsConfiguration',
  'PutBucketNotificationConfiguration',
  'PutBucketOwnershipControls',
  'PutBucketPolicy',
  'PutBucketReplication',
  'PutBucketRequestPayment',
  'PutBucketTagging',
  'PutBucketVersioning',
  'PutBucketWebsite',
  'PutObjectAcl',
  'PutObjectLegalHold',
  'PutObjectLockConfiguration',
  'PutObjectRetention',
  'PutObjectTagging',
  'PutPublicAccessBlock',
]);

/**
 * Holds a document against the digests that came with it.
 * @throws InvalidDigest, BadDigest, InvalidRequest as S3 does; DeleteObjects must come with one
 */
export function checkDocumentDigests(operation: string, request: WireRequest, hashes: Hashes): void {
  if (!ofDocuments.has(operation)) return;
  const headers = new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const md5 = headers.get('content-md5');
  const checksums = checksumAlgorithms.flatMap((algorithm) => {
    const value = headers.get(`x-amz-checksum-${algorithm.toLowerCase()}`);
    return value === undefined ? [] : [[`Checksum${algorithm}`, value] as const];
  });
  if (operation === 'DeleteObjects' && md5 === undefined && checksums.length === 0) {
    throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
  if (md5 !== undefined) checkContentMd5(md5, hashes.md5(request.body));
  if (checksums.length > 0) checksumOf(request.body, Object.fromEntries(checksums), hashes);
}
