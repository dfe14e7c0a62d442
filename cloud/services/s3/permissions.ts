/**
 * The permissions of S3's calls, which the operation's name alone does not tell
 * (Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3").
 */

import { own } from '../../own.ts';
import type { Permission, PermissionFacts } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import type { AclHeaders } from './acl.ts';
import { type BucketInput, bucketArn, holderOf, objectArn } from './buckets-by-name.ts';
import { type LockInput, lockContext } from './lock-context.ts';
import type { BucketState, ObjectVersionState } from './state.ts';
import { readTagging } from './tags.ts';

type Context = Readonly<Record<string, string | readonly string[]>>;

/** What operations on an object are given. */
export interface ObjectInput extends BucketInput {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

/** Headers of a request that S3's condition keys repeat. */
export interface WriteHeaders extends AclHeaders {
  readonly StorageClass?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly MetadataDirective?: string | undefined;
  readonly CopySource?: string | undefined;
  readonly ObjectOwnership?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

const headerKeys: Readonly<Record<keyof WriteHeaders, string>> = {
  ACL: 's3:x-amz-acl',
  GrantFullControl: 's3:x-amz-grant-full-control',
  GrantRead: 's3:x-amz-grant-read',
  GrantReadACP: 's3:x-amz-grant-read-acp',
  GrantWrite: 's3:x-amz-grant-write',
  GrantWriteACP: 's3:x-amz-grant-write-acp',
  StorageClass: 's3:x-amz-storage-class',
  ServerSideEncryption: 's3:x-amz-server-side-encryption',
  SSEKMSKeyId: 's3:x-amz-server-side-encryption-aws-kms-key-id',
  SSECustomerAlgorithm: 's3:x-amz-server-side-encryption-customer-algorithm',
  MetadataDirective: 's3:x-amz-metadata-directive',
  CopySource: 's3:x-amz-copy-source',
  ObjectOwnership: 's3:x-amz-object-ownership',
  WebsiteRedirectLocation: 's3:x-amz-website-redirect-location',
  IfMatch: 's3:if-match',
  IfNoneMatch: 's3:if-none-match',
};

/** The condition keys of the headers that a write sends: `s3:x-amz-acl`, `s3:x-amz-storage-class` … */
export function headerContext(input: WriteHeaders): Context {
  const context: Record<string, string> = {};
  for (const [member, key] of Object.entries(headerKeys)) {
    const value = input[member as keyof WriteHeaders];
    if (value !== undefined) context[key] = value;
  }
  return context;
}

/** Whether a write asks for an ACL, which needs the permission to set one. */
export function asksForAcl(input: WriteHeaders): boolean {
  return [input.ACL, input.GrantFullControl, input.GrantRead, input.GrantReadACP, input.GrantWriteACP].some(
    (header) => header !== undefined,
  );
}

/** The keys of list calls; each is present only if the request carries its parameter. */
export function listContext(input: {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
}): Context {
  return {
    ...(input.Prefix !== undefined && { 's3:prefix': input.Prefix }),
    ...(input.Delimiter !== undefined && { 's3:delimiter': input.Delimiter }),
    ...(input.MaxKeys !== undefined && { 's3:max-keys': String(input.MaxKeys) }),
  };
}

/** `s3:RequestObjectTag/…` and `s3:RequestObjectTagKeys` for tags that a request sets. */
export function requestTagContext(tags: readonly { readonly Key: string; readonly Value: string }[]): Context {
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map((tag) => [`s3:RequestObjectTag/${tag.Key}`, tag.Value])),
    's3:RequestObjectTagKeys': tags.map((tag) => tag.Key),
  };
}

/** The same for the header `x-amz-tagging`; one that cannot be read sets no key: the handler refuses it. */
export function taggingHeaderContext(header: string | undefined): Context {
  if (header === undefined) return {};
  const tags = readTagging(header);
  return tags === undefined ? {} : requestTagContext(tags);
}

function ownerAndKey(bucket: string, facts: PermissionFacts): { resourceAccountId: string; key: Context } {
  const holder = holderOf(facts.world, bucket);
  const resourceAccountId = holder ?? facts.callerAccountId;
  const found = own(own(facts.world.accounts, resourceAccountId)?.s3.buckets ?? {}, bucket);
  return { resourceAccountId, key: { 's3:ResourceAccount': resourceAccountId, ...bucketTags(found) } };
}

/**
 * The tags of a bucket are condition keys where attribute-based access control is on for it, in requests on its objects too (Amazon S3
 * User Guide, "Using tags for attribute-based access control (ABAC)").
 */
function bucketTags(bucket: BucketState | undefined): Context {
  if (bucket?.settings?.abac?.['Status'] !== 'Enabled') return {};
  const keys = ['aws:ResourceTag', 's3:BucketTag'];
  return Object.fromEntries(
    (bucket.tags ?? []).flatMap(({ Key, Value }) => keys.map((key) => [`${key}/${Key}`, Value] as const)),
  );
}

/** One permission on a bucket. */
export function bucketPermission(
  action: string,
  bucket: string,
  facts: PermissionFacts,
  context: Context = {},
): Permission {
  const { resourceAccountId, key } = ownerAndKey(bucket, facts);
  return { action, resource: bucketArn(bucket), resourceAccountId, context: { ...key, ...context } };
}

/** The rule of an operation that needs one permission on its bucket. */
export function onBucket<Input extends BucketInput>(
  action: string,
  contextOf: (input: Input) => Context = () => ({}),
): (input: Input, facts: PermissionFacts) => readonly Permission[] {
  return (input, facts) => [bucketPermission(action, input.Bucket ?? '', facts, contextOf(input))];
}

/** Actions whose form for a version is an action of its own; a version id replaces the plain one. */
const versionForms: Readonly<Record<string, string>> = {
  's3:GetObject': 's3:GetObjectVersion',
  's3:DeleteObject': 's3:DeleteObjectVersion',
  's3:GetObjectAcl': 's3:GetObjectVersionAcl',
  's3:GetObjectAttributes': 's3:GetObjectVersionAttributes',
  's3:PutObjectAcl': 's3:PutObjectVersionAcl',
  's3:GetObjectTagging': 's3:GetObjectVersionTagging',
  's3:PutObjectTagging': 's3:PutObjectVersionTagging',
  's3:DeleteObjectTagging': 's3:DeleteObjectVersionTagging',
};

/** Actions on what an object is already: they know its tags, and its owner has a say. */
export function isAboutExisting(action: string): boolean {
  return /^s3:(?:GetObject(?:Version)?|(?:Get|Put|Delete)Object(?:Version)?(?:Acl|Tagging))$/i.test(action);
}

/** One permission on an object, its version form and the object's own tags included. */
export function objectPermission(
  action: string,
  object: NamedObject,
  facts: PermissionFacts,
  context: Context = {},
): Permission {
  const { resourceAccountId, key } = ownerAndKey(object.bucket, facts);
  const versionAction = object.versionId === undefined ? undefined : versionForms[action];
  const chosen = versionAction ?? action;
  const bucket = own(own(facts.world.accounts, resourceAccountId)?.s3.buckets ?? {}, object.bucket);
  const existing = bucket && isAboutExisting(chosen) ? versionOf(bucket, object) : undefined;
  return {
    action: chosen,
    resource: objectArn(object.bucket, object.key),
    resourceAccountId,
    context: {
      ...key,
      ...(versionAction !== undefined && object.versionId !== undefined && { 's3:versionid': object.versionId }),
      ...Object.fromEntries((existing?.tags ?? []).map((tag) => [`s3:ExistingObjectTag/${tag.Key}`, tag.Value])),
      ...context,
    },
  };
}

interface NamedObject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/** The version of an object that a request is about, the newest where it names none; a delete marker too. */
export function versionOf(
  bucket: BucketState,
  { key, versionId }: Pick<NamedObject, 'key' | 'versionId'>,
): ObjectVersionState | undefined {
  const versions = own(bucket.objects, stateKey(key)) ?? [];
  return versionId === undefined ? versions[0] : versions.find((version) => version.versionId === versionId);
}

/** The rule of an operation that needs one permission on its object. */
export function onObject<Input extends ObjectInput>(
  action: string,
  contextOf: (input: Input) => Context = () => ({}),
): (input: Input, facts: PermissionFacts) => readonly Permission[] {
  return (input, facts) => [
    objectPermission(
      action,
      { bucket: input.Bucket ?? '', key: input.Key ?? '', versionId: input.VersionId },
      facts,
      contextOf(input),
    ),
  ];
}

/** Whether a request for `s3:PutObject` makes an object, or goes on with an upload in parts. */
export function creationContext(makes: 'object' | 'part'): Context {
  return { 's3:ObjectCreationOperation': String(makes === 'object') };
}

type WriteInput = ObjectInput & WriteHeaders & LockInput & { readonly Tagging?: string | undefined };

/** The permissions of a write: the object itself, and what its headers ask for besides. */
export function writePermissions(
  makes: 'object' | 'part',
): (input: WriteInput, facts: PermissionFacts) => readonly Permission[] {
  return (input, facts) => permissionsOfWrite(input, facts, creationContext(makes));
}

function permissionsOfWrite(input: WriteInput, facts: PermissionFacts, creation: Context): readonly Permission[] {
  const object = { bucket: input.Bucket ?? '', key: input.Key ?? '' };
  const lock = lockContext(input, facts.now);
  const headers = { ...headerContext(input), ...lock };
  const tags = taggingHeaderContext(input.Tagging);
  const onNew = (action: string, context: Context): Permission => ({
    ...objectPermission(action, object, facts, context),
    about: 'new-object',
  });
  // A service that delivers with an ACL needs s3:PutObject alone, as its bucket policy shows (CloudTrail User Guide, "Amazon S3 bucket
  // policy for CloudTrail").
  const setsAcl = asksForAcl(input) && facts.caller.kind !== 'service';
  return [
    onNew('s3:PutObject', { ...headers, ...tags, ...creation }),
    ...(setsAcl ? [onNew('s3:PutObjectAcl', headers)] : []),
    ...(input.Tagging === undefined ? [] : [onNew('s3:PutObjectTagging', tags)]),
    ...(input.ObjectLockMode === undefined ? [] : [onNew('s3:PutObjectRetention', lock)]),
    ...(input.ObjectLockLegalHoldStatus === undefined ? [] : [onNew('s3:PutObjectLegalHold', lock)]),
  ];
}
