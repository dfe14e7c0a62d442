import { loadDescription } from '../../../shell/service-description.ts';

/** S3's actions are not called as its operations are (Service Authorization Reference, "Actions … for Amazon S3"). */
const s3Actions = [
  'AbortMultipartUpload',
  'BypassGovernanceRetention',
  'CreateBucket',
  'DeleteBucket',
  'DeleteBucketPolicy',
  'DeleteObject',
  'DeleteObjectTagging',
  'DeleteObjectVersion',
  'GetBucketAcl',
  'GetBucketLocation',
  'GetBucketPolicy',
  'GetBucketPolicyStatus',
  'GetBucketPublicAccessBlock',
  'GetBucketTagging',
  'GetBucketVersioning',
  'GetObject',
  'GetObjectAcl',
  'GetObjectTagging',
  'GetObjectVersion',
  'ListAllMyBuckets',
  'ListBucket',
  'ListBucketMultipartUploads',
  'ListBucketVersions',
  'ListMultipartUploadParts',
  'PutBucketAcl',
  'PutBucketPolicy',
  'PutBucketPublicAccessBlock',
  'PutBucketTagging',
  'PutBucketVersioning',
  'PutObject',
  'PutObjectAcl',
  'PutObjectTagging',
].map((name) => `s3:${name}`);

/** Permissions that are no operation of their own. */
const permissionOnly = ['iam:PassRole'];

let gathered: Promise<readonly string[]> | undefined;

/** Actions of the services that the sandbox offers: their operations, by the tables of the `aws` command. */
export function knownActions(): Promise<readonly string[]> {
  gathered ??= Promise.all(
    ['iam', 'sts', 'ssm'].map(async (service) => {
      const description = await loadDescription(service);
      return Object.values(description?.operations ?? {}).map((operation) => `${service}:${operation.name}`);
    }),
  ).then((lists) => [...s3Actions, ...permissionOnly, ...lists.flat()].sort());
  return gathered;
}
