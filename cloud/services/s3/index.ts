/** Amazon S3, as far as lessons reach: buckets, objects and their versions, multipart uploads, policies, ACLs. */
import type { Service } from '../../service.ts';
import { s3Model } from '../../wire/models.ts';
import { getBucketLogging, putBucketLogging } from './access-logs.ts';
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from './acl-operations.ts';
import { listBuckets } from './bucket-list.ts';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './bucket-policy.ts';
import {
  deleteBucketOwnershipControls,
  deleteBucketTagging,
  deletePublicAccessBlock,
  getBucketOwnershipControls,
  getBucketTagging,
  getBucketVersioning,
  getPublicAccessBlock,
  putBucketOwnershipControls,
  putBucketTagging,
  putBucketVersioning,
  putPublicAccessBlock,
} from './bucket-settings.ts';
import {
  getBucketAbac,
  getBucketAccelerateConfiguration,
  getBucketRequestPayment,
  putBucketAbac,
  putBucketAccelerateConfiguration,
  putBucketRequestPayment,
} from './bucket-switches.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket } from './buckets.ts';
import { copyObject } from './copying.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from './cors.ts';
import { deleteBucketEncryption, getBucketEncryption, putBucketEncryption } from './default-encryption.ts';
import { deleteObject, deleteObjects } from './deleting.ts';
import { checkDocumentDigests } from './document-digests.ts';
import { deleteBucketLifecycle, getBucketLifecycle, putBucketLifecycle } from './lifecycle.ts';
import { lifecycleExpiry } from './lifecycle-expiry.ts';
import { listObjects, listObjectsV2 } from './listing.ts';
import {
  getObjectLegalHold,
  getObjectLockConfiguration,
  getObjectRetention,
  putObjectLegalHold,
  putObjectLockConfiguration,
  putObjectRetention,
} from './lock-operations.ts';
import { abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy } from './multipart.ts';
import { completeMultipartUpload } from './multipart-completion.ts';
import { listMultipartUploads, listParts } from './multipart-listing.ts';
import { analytics, intelligentTiering, inventory, metrics } from './named-configurations.ts';
import { getBucketNotification, putBucketNotification } from './notification-configuration.ts';
import { getObjectAttributes } from './object-attributes.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './object-tagging.ts';
import { getObject, headObject } from './reading.ts';
import { deleteBucketReplication, getBucketReplication, putBucketReplication } from './replication.ts';
import { listObjectVersions } from './version-listing.ts';
import { deleteBucketWebsite, getBucketWebsite, putBucketWebsite } from './website.ts';
import { putObject } from './writing.ts';

export const s3Service: Service = {
  name: 's3',
  model: s3Model,
  checkDigests: checkDocumentDigests,
  time: lifecycleExpiry,
  operations: {
    AbortMultipartUpload: abortMultipartUpload,
    CompleteMultipartUpload: completeMultipartUpload,
    CopyObject: copyObject,
    CreateBucket: createBucket,
    CreateMultipartUpload: createMultipartUpload,
    DeleteBucket: deleteBucket,
    DeleteBucketAnalyticsConfiguration: analytics.remove,
    DeleteBucketCors: deleteBucketCors,
    DeleteBucketEncryption: deleteBucketEncryption,
    DeleteBucketIntelligentTieringConfiguration: intelligentTiering.remove,
    DeleteBucketInventoryConfiguration: inventory.remove,
    DeleteBucketLifecycle: deleteBucketLifecycle,
    DeleteBucketMetricsConfiguration: metrics.remove,
    DeleteBucketOwnershipControls: deleteBucketOwnershipControls,
    DeleteBucketPolicy: deleteBucketPolicy,
    DeleteBucketReplication: deleteBucketReplication,
    DeleteBucketTagging: deleteBucketTagging,
    DeleteBucketWebsite: deleteBucketWebsite,
    DeleteObject: deleteObject,
    DeleteObjects: deleteObjects,
    DeleteObjectTagging: deleteObjectTagging,
    DeletePublicAccessBlock: deletePublicAccessBlock,
    GetBucketAbac: getBucketAbac,
    GetBucketAccelerateConfiguration: getBucketAccelerateConfiguration,
    GetBucketAcl: getBucketAcl,
    GetBucketAnalyticsConfiguration: analytics.get,
    GetBucketCors: getBucketCors,
    GetBucketEncryption: getBucketEncryption,
    GetBucketIntelligentTieringConfiguration: intelligentTiering.get,
    GetBucketInventoryConfiguration: inventory.get,
    GetBucketLifecycleConfiguration: getBucketLifecycle,
    GetBucketLocation: getBucketLocation,
    GetBucketLogging: getBucketLogging,
    GetBucketMetricsConfiguration: metrics.get,
    GetBucketNotificationConfiguration: getBucketNotification,
    GetBucketOwnershipControls: getBucketOwnershipControls,
    GetBucketPolicy: getBucketPolicy,
    GetBucketPolicyStatus: getBucketPolicyStatus,
    GetBucketReplication: getBucketReplication,
    GetBucketRequestPayment: getBucketRequestPayment,
    GetBucketTagging: getBucketTagging,
    GetBucketVersioning: getBucketVersioning,
    GetBucketWebsite: getBucketWebsite,
    GetObject: getObject,
    GetObjectAcl: getObjectAcl,
    GetObjectAttributes: getObjectAttributes,
    GetObjectLegalHold: getObjectLegalHold,
    GetObjectLockConfiguration: getObjectLockConfiguration,
    GetObjectRetention: getObjectRetention,
    GetObjectTagging: getObjectTagging,
    GetPublicAccessBlock: getPublicAccessBlock,
    HeadBucket: headBucket,
    HeadObject: headObject,
    ListBucketAnalyticsConfigurations: analytics.list,
    ListBucketIntelligentTieringConfigurations: intelligentTiering.list,
    ListBucketInventoryConfigurations: inventory.list,
    ListBucketMetricsConfigurations: metrics.list,
    ListBuckets: listBuckets,
    ListMultipartUploads: listMultipartUploads,
    ListObjects: listObjects,
    ListObjectsV2: listObjectsV2,
    ListObjectVersions: listObjectVersions,
    ListParts: listParts,
    PutBucketAbac: putBucketAbac,
    PutBucketAccelerateConfiguration: putBucketAccelerateConfiguration,
    PutBucketAcl: putBucketAcl,
    PutBucketAnalyticsConfiguration: analytics.put,
    PutBucketCors: putBucketCors,
    PutBucketEncryption: putBucketEncryption,
    PutBucketIntelligentTieringConfiguration: intelligentTiering.put,
    PutBucketInventoryConfiguration: inventory.put,
    PutBucketLifecycleConfiguration: putBucketLifecycle,
    PutBucketLogging: putBucketLogging,
    PutBucketMetricsConfiguration: metrics.put,
    PutBucketNotificationConfiguration: putBucketNotification,
    PutBucketOwnershipControls: putBucketOwnershipControls,
    PutBucketPolicy: putBucketPolicy,
    PutBucketReplication: putBucketReplication,
    PutBucketRequestPayment: putBucketRequestPayment,
    PutBucketTagging: putBucketTagging,
    PutBucketVersioning: putBucketVersioning,
    PutBucketWebsite: putBucketWebsite,
    PutObject: putObject,
    PutObjectAcl: putObjectAcl,
    PutObjectLegalHold: putObjectLegalHold,
    PutObjectLockConfiguration: putObjectLockConfiguration,
    PutObjectRetention: putObjectRetention,
    PutObjectTagging: putObjectTagging,
    PutPublicAccessBlock: putPublicAccessBlock,
    UploadPart: uploadPart,
    UploadPartCopy: uploadPartCopy,
  },
};
