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
import type { ChangeOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { checkWriteConditions } from './conditions.ts';
import { malformedXml } from './errors.ts';
import {
  addVersion,
  checkKey,
  findVersion,
  nextVersionId,
  permissionFacts,
  removeVersion,
  versionsOf,
  wholeSecond,
} from './object-versions.ts';
import { headerContext, objectPermission, onObject } from './permissions.ts';
import type { BucketState } from './state.ts';

interface Deletion {
  readonly DeleteMarker?: boolean;
  /** The version taken away, or the delete marker made. */
  readonly VersionId?: string;
}

/** Without a version id a versioned bucket only puts a delete marker on top; a key that is not there is deleted too. */
function deleteFrom(
  bucket: Draft<BucketState>,
  input: {
    readonly Key?: string | undefined;
    readonly VersionId?: string | undefined;
    readonly IfMatch?: string | undefined;
  },
  call: Call,
): Deletion {
  const key = checkKey(input.Key);
  const versions = versionsOf(bucket, key);
  if (input.IfMatch !== undefined) checkWriteConditions(input, versions[0]);
  if (input.VersionId !== undefined) {
    const version = findVersion(versions, input.VersionId);
    removeVersion(bucket, key, input.VersionId);
    return { VersionId: input.VersionId, ...(version?.deleteMarker && { DeleteMarker: true }) };
  }
  if (bucket.versioning === undefined) {
    delete bucket.objects[stateKey(key)];
    return {};
  }
  const versionId = nextVersionId(bucket, call);
  addVersion(bucket, key, {
    versionId,
    deleteMarker: true,
    lastModified: wholeSecond(call.now),
    blobs: [],
    size: 0,
    etag: '',
    headers: {},
    metadata: {},
    tags: [],
    ownerId: versions[0]?.ownerId ?? '',
  });
  return { DeleteMarker: true, VersionId: versionId };
}

export const deleteObject: ChangeOperation<DeleteObjectRequest, DeleteObjectOutput> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onObject('s3:DeleteObject', (input) => headerContext({ IfMatch: input.IfMatch })),
  handle: (account, input, call) => deleteFrom(bucketOf(account, input), input, call),
};

/** At most this many keys in one request (Amazon S3 API Reference, DeleteObjects). */
const keysPerRequest = 1000;

/**
 * Every key is decided and deleted on its own: what is denied stands among the errors of the answer, and the rest is
 * deleted. The call itself needs no permission.
 */
export const deleteObjects: ChangeOperation<DeleteObjectsRequest, DeleteObjectsOutput> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: () => [],
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    const objects = input.Delete?.Objects ?? [];
    if (objects.length === 0 || objects.length > keysPerRequest) throw malformedXml();
    const deleted: DeletedObject[] = [];
    const errors: DeleteError[] = [];
    for (const object of objects) {
      const named = { Key: object.Key, ...(object.VersionId !== undefined && { VersionId: object.VersionId }) };
      try {
        deleted.push({ ...named, ...describeDeletion(object, deleteOne(bucket, object, call)) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        errors.push({ ...named, Code: error.code, Message: error.message });
      }
    }
    return {
      ...(input.Delete?.Quiet !== true && deleted.length > 0 && { Deleted: deleted }),
      ...(errors.length > 0 && { Errors: errors }),
    };
  },
};

function deleteOne(bucket: Draft<BucketState>, object: ObjectIdentifier, call: Call): Deletion {
  const permission = objectPermission(
    's3:DeleteObject',
    { bucket: bucket.name, key: object.Key ?? '', versionId: object.VersionId },
    permissionFacts(call),
  );
  const refused = call.refusal(permission);
  if (refused !== undefined) throw refused;
  return deleteFrom(bucket, { Key: object.Key, VersionId: object.VersionId, IfMatch: object.ETag }, call);
}

function describeDeletion(object: ObjectIdentifier, deletion: Deletion): DeletedObject {
  if (deletion.DeleteMarker !== true) return {};
  return {
    DeleteMarker: true,
    DeleteMarkerVersionId: object.VersionId ?? deletion.VersionId,
  };
}
