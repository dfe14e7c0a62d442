/**
 * What one stumbles over in policies for S3, beyond the grammar: names of operations that are no actions, and actions on ARNs
 * that they never match. AWS saves such policies; they allow nothing.
 * Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3"; S3 User Guide, "Required permissions
 * for Amazon S3 API operations".
 */
import { type JsonNode, readJson } from '../../../iam/parse/json.ts';
import type { Finding } from '../../../iam/policy.ts';

/** Operations of the API, and the action that each of them asks for. */
const actionOfOperation: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ListBuckets: 'ListAllMyBuckets',
    ListObjects: 'ListBucket',
    ListObjectsV2: 'ListBucket',
    HeadBucket: 'ListBucket',
    ListObjectVersions: 'ListBucketVersions',
    ListMultipartUploads: 'ListBucketMultipartUploads',
    ListParts: 'ListMultipartUploadParts',
    HeadObject: 'GetObject',
    CopyObject: 'PutObject',
    CreateMultipartUpload: 'PutObject',
    UploadPart: 'PutObject',
    CompleteMultipartUpload: 'PutObject',
    DeleteObjects: 'DeleteObject',
    GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
    PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
    GetBucketEncryption: 'GetEncryptionConfiguration',
    PutBucketEncryption: 'PutEncryptionConfiguration',
    GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
    PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  }).map(([operation, action]) => [operation.toLowerCase(), action]),
);

const lowered = (names: string): ReadonlySet<string> => new Set(names.toLowerCase().split(' '));
const bucketActions = lowered(
  'CreateBucket DeleteBucket DeleteBucketPolicy GetBucketAcl GetBucketLocation GetBucketPolicy GetBucketPolicyStatus ' +
    'GetBucketPublicAccessBlock GetBucketTagging GetBucketVersioning GetEncryptionConfiguration GetLifecycleConfiguration ' +
    'ListBucket ListBucketMultipartUploads ListBucketVersions PutBucketAcl PutBucketPolicy PutBucketPublicAccessBlock ' +
    'PutBucketTagging PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration',
);
const objectActions = lowered(
  'AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion GetObject GetObjectAcl GetObjectTagging ' +
    'GetObjectVersion ListMultipartUploadParts PutObject PutObjectAcl PutObjectTagging',
);

type StringNode = Extract<JsonNode, { kind: 'string' }>;

const listOf = (node: JsonNode | undefined): readonly JsonNode[] =>
  node === undefined ? [] : node.kind === 'array' ? node.items : [node];
const member = (node: JsonNode, key: string): JsonNode | undefined =>
  node.kind === 'object' ? node.members.find((one) => one.key === key)?.value : undefined;
const isString = (node: JsonNode): node is StringNode => node.kind === 'string';

/** The part behind `arn:aws:s3:::`; undefined for `*` and for what is no ARN of S3. */
const s3Name = (arn: string): string | undefined => /^arn:[^:*?]+:s3:::(.+)$/.exec(arn)?.[1];

/** A bucket's ARN has no slash, and no pattern with one matches it. */
const namesObjectsOnly = (arn: string): boolean => s3Name(arn)?.includes('/') ?? false;
/** A wildcard or a variable could stand for a slash. */
const namesBucketOnly = (arn: string): boolean => /^[^/*?$]+$/.test(s3Name(arn) ?? '*');

function mistake(action: string, resources: readonly string[]): { code: string; message: string } | undefined {
  const [service = '', name = ''] = action.split(':');
  if (service.toLowerCase() !== 's3') return undefined;
  const asked = actionOfOperation.get(name.toLowerCase());
  if (asked) {
    const message = `${name} is an operation of the API, and no action. Calling it needs s3:${asked}.`;
    return { code: 's3-operation-not-action', message };
  }
  if (resources.length === 0) return undefined;
  if (bucketActions.has(name.toLowerCase()) && resources.every(namesObjectsOnly)) {
    const message = `${action} never matches here: it works on a bucket, and what this statement names are objects. A bucket's ARN has no slash.`;
    return { code: 's3-bucket-action-on-objects', message };
  }
  if (objectActions.has(name.toLowerCase()) && resources.every(namesBucketOnly)) {
    const message = `${action} never matches here: it works on objects, and this statement names a bucket. Objects are ${resources[0]}/*.`;
    return { code: 's3-object-action-on-bucket', message };
  }
  return undefined;
}

/** Warnings about a text that is JSON; nothing about any other. */
export function s3Findings(text: string): readonly Finding[] {
  const reading = readJson(text);
  if (reading.kind !== 'read') return [];
  return listOf(member(reading.root, 'Statement')).flatMap((statement, index) => {
    const resources = listOf(member(statement, 'Resource')).filter(isString);
    const action = member(statement, 'Action');
    return listOf(action).flatMap((node, at) => {
      if (!isString(node)) return [];
      const found = mistake(
        node.value,
        resources.map((resource) => resource.value),
      );
      if (!found) return [];
      const before = text.slice(0, node.from).split('\n');
      return {
        ...found,
        severity: 'warning' as const,
        pointer: `/Statement/${index}/Action${action?.kind === 'array' ? `/${at}` : ''}`,
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        from: node.from,
        to: node.to,
      };
    });
  });
}
