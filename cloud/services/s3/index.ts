/** Amazon S3, as far as lessons reach: buckets, objects and their versions, multipart uploads, policies, ACLs. */
import type { Service } from '../../service.ts';
import { s3Model } from '../../wire/models.ts';
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from './acl-operations.ts';
import { listBuckets } from './bucket-list.ts';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './bucket-policy.ts';
import {
  deleteBucketOwnershipControls,
  deleteBucketTagging,
  deletePublicAccessBlock,
  getBucketEncryption,
  getBucketOwnershipControls,
  getBucketTagging,
  getBucketVersioning,
  getPublicAccessBlock,
  putBucketOwnershipControls,
  putBucketTagging,
  putBucketVersioning,
  putPublicAccessBlock,
} from './bucket-settings.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket } from './buckets.ts';
import { copyObject } from './copying.ts';
import { deleteObject, deleteObjects } from './deleting.ts';
import { checkDocumentDigests } from './document-digests.ts';
import { deleteBucketLifecycle, getBucketLifecycle, putBucketLifecycle } from './lifecycle.ts';
import { listObjects, listObjectsV2 } from './listing.ts';
import { abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy } from './multipart.ts';
import { completeMultipartUpload } from './multipart-completion.ts';
import { listMultipartUploads, listParts } from './multipart-listing.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './object-tagging.ts';
import { getObject, headObject } from './reading.ts';
import { listObjectVersions } from './version-listing.ts';
import { putObject } from './writing.ts';

export const s3Service: Service = {
  name: 's3',
  model: s3Model,
  checkDigests: checkDocumentDigests,
  operations: {
    AbortMultipartUpload: abortMultipartUpload,
    CompleteMultipartUpload: completeMultipartUpload,
    CopyObject: copyObject,
    CreateBucket: createBucket,
    CreateMultipartUpload: createMultipartUpload,
    DeleteBucket: deleteBucket,
    DeleteBucketLifecycle: deleteBucketLifecycle,
    DeleteBucketOwnershipControls: deleteBucketOwnershipControls,
    DeleteBucketPolicy: deleteBucketPolicy,
    DeleteBucketTagging: deleteBucketTagging,
    DeleteObject: deleteObject,
    DeleteObjects: deleteObjects,
    DeleteObjectTagging: deleteObjectTagging,
    DeletePublicAccessBlock: deletePublicAccessBlock,
    GetBucketAcl: getBucketAcl,
    GetBucketEncryption: getBucketEncryption,
    GetBucketLifecycleConfiguration: getBucketLifecycle,
    GetBucketLocation: getBucketLocation,
    GetBucketOwnershipControls: getBucketOwnershipControls,
    GetBucketPolicy: getBucketPolicy,
    GetBucketPolicyStatus: getBucketPolicyStatus,
    GetBucketTagging: getBucketTagging,
    GetBucketVersioning: getBucketVersioning,
    GetObject: getObject,
    GetObjectAcl: getObjectAcl,
    GetObjectTagging: getObjectTagging,
    GetPublicAccessBlock: getPublicAccessBlock,
    HeadBucket: headBucket,
    HeadObject: headObject,
    ListBuckets: listBuckets,
    ListMultipartUploads: listMultipartUploads,
    ListObjects: listObjects,
    ListObjectsV2: listObjectsV2,
    ListObjectVersions: listObjectVersions,
    ListParts: listParts,
    PutBucketAcl: putBucketAcl,
    PutBucketLifecycleConfiguration: putBucketLifecycle,
    PutBucketOwnershipControls: putBucketOwnershipControls,
    PutBucketPolicy: putBucketPolicy,
    PutBucketTagging: putBucketTagging,
    PutBucketVersioning: putBucketVersioning,
    PutObject: putObject,
    PutObjectAcl: putObjectAcl,
    PutObjectTagging: putObjectTagging,
    PutPublicAccessBlock: putPublicAccessBlock,
    UploadPart: uploadPart,
    UploadPartCopy: uploadPartCopy,
  },
};
