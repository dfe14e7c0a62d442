/** DeleteObject and DeleteObjects. */
import type {
  DeletedObject,
  _Error as DeleteError,
  DeleteObjectOutput,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  ObjectIdentifier,
} from '@aws-sdk/client-s3';
import type { Call, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { changing, type Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import type { Account } from '../../world.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { checkWriteConditions } from './conditions.ts';
import { malformedXml } from './errors.ts';
import { notify } from './notifying.ts';
import { checkRetention, lockedError } from './object-lock.ts';
import {
  addDeleteMarker,
  checkKey,
  findVersion,
  permissionFacts,
  removeVersion,
  versionsOf,
} from './object-versions.ts';
import { headerContext, objectPermission, onObject } from './permissions.ts';
import type { BucketState, ObjectVersionState } from './state.ts';

interface Deletion {
  readonly DeleteMarker?: boolean;
  /** The version taken away, or the delete marker made. */
  readonly VersionId?: string;
  /** Whether a version was named, and is gone. */
  readonly removed: boolean;
}

/** Without a version id a versioned bucket only puts a delete marker on top; a key that is not there is deleted too. */
function deleteFrom(
  bucket: Draft<BucketState>,
  input: {
    readonly Key?: string | undefined;
    readonly VersionId?: string | undefined;
    readonly IfMatch?: string | undefined;
    readonly BypassGovernanceRetention?: boolean | undefined;
  },
  call: Call,
): Deletion {
  const key = checkKey(input.Key);
  const versions = versionsOf(bucket, key);
  if (input.IfMatch !== undefined) checkWriteConditions(input, versions[0]);
  if (input.VersionId !== undefined) {
    const version = findVersion(versions, input.VersionId);
    if (version !== undefined) checkUnlocked(bucket, key, version, input, call);
    removeVersion(bucket, key, input.VersionId);
    return { removed: true, VersionId: input.VersionId, ...(version?.deleteMarker && { DeleteMarker: true }) };
  }
  if (bucket.versioning === undefined) {
    delete bucket.objects[stateKey(key)];
    return { removed: true };
  }
  return { removed: false, DeleteMarker: true, VersionId: addDeleteMarker(bucket, key, call) };
}

/** @throws AccessDenied for a version that its lock keeps */
function checkUnlocked(
  { name }: BucketState,
  key: string,
  version: ObjectVersionState,
  { BypassGovernanceRetention: bypass }: { readonly BypassGovernanceRetention?: boolean | undefined },
  call: Call,
): void {
  if (version.lock?.legalHold === true) throw lockedError();
  checkRetention(version, { bucket: name, key, bypass }, call);
}

/** The event of a deletion: a delete marker made is one of its own. */
function* tell(account: Account, bucket: BucketState, key: string, deletion: Deletion, call: Call): Process<void> {
  const { DeleteMarker, VersionId, removed } = deletion;
  const name = DeleteMarker === true && !removed ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete';
  const version = VersionId === undefined ? undefined : { versionId: VersionId, size: 0, etag: '' };
  yield* notify(account, bucket, { name, key, ...(version && { version }) }, call);
}

export const deleteObject: ProcessOperation<DeleteObjectRequest, DeleteObjectOutput> = {
  kind: 'process',
  owner: bucketOwner,
  permissions: onObject('s3:DeleteObject', (input) => headerContext({ IfMatch: input.IfMatch })),
  *run(account, input, call): Process<DeleteObjectOutput> {
    const deletion = yield* changing(account.id, (draft) => deleteFrom(bucketOf(draft, input), input, call));
    yield* tell(account, bucketOf(account, input), input.Key ?? '', deletion, call);
    const { removed: _removed, ...answer } = deletion;
    return answer;
  },
};

/** At most this many keys in one request (Amazon S3 API Reference, DeleteObjects). */
const keysPerRequest = 1000;

/**
 * Every key is decided and deleted on its own: what is denied stands among the errors of the answer, and the rest is
 * deleted. The call itself needs no permission.
 */
export const deleteObjects: ProcessOperation<DeleteObjectsRequest, DeleteObjectsOutput> = {
  kind: 'process',
  owner: bucketOwner,
  permissions: () => [],
  *run(account, input, call): Process<DeleteObjectsOutput> {
    const bucket = bucketOf(account, input);
    const objects = input.Delete?.Objects ?? [];
    if (objects.length === 0 || objects.length > keysPerRequest) throw malformedXml();
    const { deletions, errors } = yield* changing(account.id, (draft) =>
      eachDeleted(bucketOf(draft, input), objects, input, call),
    );
    for (const { object, deletion } of deletions) yield* tell(account, bucket, object.Key ?? '', deletion, call);
    const deleted = deletions.map(({ object, deletion }) => ({
      ...named(object),
      ...describeDeletion(object, deletion),
    }));
    return {
      ...(input.Delete?.Quiet !== true && deleted.length > 0 && { Deleted: deleted }),
      ...(errors.length > 0 && { Errors: errors }),
    };
  },
};

function named({ Key, VersionId }: ObjectIdentifier): DeletedObject {
  return { Key, ...(VersionId !== undefined && { VersionId }) };
}

/** Deletes one after the other; a refusal comes before anything of its key is changed. */
function eachDeleted(
  bucket: Draft<BucketState>,
  objects: readonly ObjectIdentifier[],
  input: DeleteObjectsRequest,
  call: Call,
) {
  const deletions: { readonly object: ObjectIdentifier; readonly deletion: Deletion }[] = [];
  const errors: DeleteError[] = [];
  for (const object of objects) {
    try {
      deletions.push({ object, deletion: deleteOne(bucket, object, input, call) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.push({ ...named(object), Code: error.code, Message: error.message });
    }
  }
  return { deletions, errors };
}

function deleteOne(
  bucket: Draft<BucketState>,
  object: ObjectIdentifier,
  { BypassGovernanceRetention }: DeleteObjectsRequest,
  call: Call,
): Deletion {
  const permission = objectPermission(
    's3:DeleteObject',
    { bucket: bucket.name, key: object.Key ?? '', versionId: object.VersionId },
    permissionFacts(call),
  );
  const refused = call.refusal(permission);
  if (refused !== undefined) throw refused;
  const { Key, VersionId, ETag: IfMatch } = object;
  return deleteFrom(bucket, { Key, VersionId, IfMatch, BypassGovernanceRetention }, call);
}

function describeDeletion(object: ObjectIdentifier, deletion: Deletion): DeletedObject {
  if (deletion.DeleteMarker !== true) return {};
  return {
    DeleteMarker: true,
    DeleteMarkerVersionId: object.VersionId ?? deletion.VersionId,
  };
}
