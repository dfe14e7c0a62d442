import { expect } from 'vitest';
import type { Answers, ContractCase } from '../case.ts';

const bucketOf = (account: string) => `case-${account}`;
const Body = new TextEncoder().encode('name,pay\nbea,3\n');
/** An input with the case's bucket. */
const inBucket =
  (more: object | ((answers: Answers) => object) = {}) =>
  (answers: Answers) => ({
    Bucket: bucketOf(answers['account']),
    ...(typeof more === 'function' ? more(answers) : more),
  });

export const cases: readonly ContractCase[] = [
  {
    service: 's3',
    name: 'a bucket and its settings',
    steps: [
      { call: 's3:CreateBucket', with: inBucket() },
      { call: 's3:HeadBucket', with: inBucket() },
      {
        call: 's3:ListBuckets',
        shows: ({ Buckets }, { account }) =>
          expect(Buckets).toMatchObject([{ Name: bucketOf(account), CreationDate: expect.any(Date) }]),
      },
      { call: 's3:PutBucketTagging', with: inBucket({ Tagging: { TagSet: [{ Key: 'team', Value: 'pay' }] } }) },
      {
        call: 's3:GetBucketTagging',
        with: inBucket(),
        shows: ({ TagSet }) => expect(TagSet).toEqual([{ Key: 'team', Value: 'pay' }]),
      },
      {
        call: 's3:GetPublicAccessBlock',
        with: inBucket(),
        shows: ({ PublicAccessBlockConfiguration }) =>
          expect(PublicAccessBlockConfiguration).toMatchObject({ BlockPublicPolicy: true }),
      },
      { call: 's3:GetBucketPolicy', with: inBucket(), ends: 'NoSuchBucketPolicy' },
      {
        call: 's3:PutBucketPolicy',
        with: inBucket(({ account }) => ({
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Principal: { AWS: `arn:aws:iam::${account}:user/Admin` },
                Action: 's3:DeleteBucket',
                Resource: `arn:aws:s3:::${bucketOf(account)}`,
              },
            ],
          }),
        })),
      },
      {
        call: 's3:GetBucketPolicy',
        with: inBucket(),
        shows: ({ Policy }, { account }) =>
          expect(JSON.parse(Policy).Statement[0].Principal.AWS).toBe(`arn:aws:iam::${account}:user/Admin`),
      },
      { call: 's3:DeleteBucket', with: inBucket(), ends: 'AccessDenied' },
      {
        call: 's3:PutBucketOwnershipControls',
        with: inBucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }),
      },
      { call: 's3:DeletePublicAccessBlock', with: inBucket() },
      { call: 's3:GetPublicAccessBlock', with: inBucket(), ends: 'NoSuchPublicAccessBlockConfiguration' },
      {
        call: 's3:PutPublicAccessBlock',
        with: inBucket({ PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }),
      },
      {
        call: 's3:GetBucketOwnershipControls',
        with: inBucket(),
        shows: ({ OwnershipControls }) =>
          expect(OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerPreferred' }]),
      },
      { call: 's3:DeleteBucketOwnershipControls', with: inBucket() },
      { call: 's3:GetBucketOwnershipControls', with: inBucket(), ends: 'OwnershipControlsNotFoundError' },
      { call: 's3:GetBucketLocation', with: inBucket() },
      { call: 's3:GetBucketVersioning', with: inBucket(), shows: (answer) => expect(answer.Status).toBeUndefined() },
      { call: 's3:DeleteBucketTagging', with: inBucket() },
      { call: 's3:GetBucketTagging', with: inBucket(), ends: 'NoSuchTagSet' },
      { call: 's3:DeleteBucketPolicy', with: inBucket() },
      { call: 's3:GetBucketPolicy', with: inBucket(), ends: 'NoSuchBucketPolicy' },
    ],
  },
  {
    service: 's3',
    name: 'objects, and who may read them',
    users: { reader: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::case-*/open/*' }] },
    steps: [
      { call: 's3:CreateBucket', with: inBucket() },
      {
        call: 's3:PutObject',
        with: inBucket({ Key: 'open/pay.csv', Body, ContentType: 'text/csv', Metadata: { team: 'pay' } }),
        shows: ({ ETag }) => expect(ETag).toMatch(/^"[0-9a-f]{32}"$/),
      },
      { call: 's3:PutObject', with: inBucket({ Key: 'shut/pay.csv', Body, Tagging: 'stage=live' }) },
      {
        call: 's3:GetObject',
        with: inBucket({ Key: 'open/pay.csv' }),
        as: 'reader',
        shows: (answer) => {
          expect(new TextDecoder().decode(answer.Body)).toBe('name,pay\nbea,3\n');
          expect(answer).toMatchObject({ ContentType: 'text/csv', Metadata: { team: 'pay' } });
        },
      },
      {
        call: 's3:GetObject',
        with: inBucket({ Key: 'open/pay.csv', Range: 'bytes=0-3' }),
        as: 'reader',
        shows: (answer) => expect(new TextDecoder().decode(answer.Body)).toBe('name'),
      },
      { call: 's3:GetObject', with: inBucket({ Key: 'shut/pay.csv' }), as: 'reader', ends: 'AccessDenied' },
      { call: 's3:GetObject', with: inBucket({ Key: 'none' }), ends: 'NoSuchKey' },
      { call: 's3:PutObject', with: inBucket({ Key: 'open/x', Body }), as: 'reader', ends: 'AccessDenied' },
      {
        call: 's3:CopyObject',
        with: inBucket(({ account }) => ({ Key: 'copy', CopySource: `${bucketOf(account)}/shut/pay.csv` })),
      },
      {
        call: 's3:GetObjectTagging',
        with: inBucket({ Key: 'copy' }),
        shows: ({ TagSet }) => expect(TagSet).toEqual([{ Key: 'stage', Value: 'live' }]),
      },
      {
        call: 's3:PutObjectTagging',
        with: inBucket({ Key: 'copy', Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }),
      },
      {
        call: 's3:HeadObject',
        with: inBucket({ Key: 'open/pay.csv' }),
        shows: (answer) => expect(answer).toMatchObject({ ContentLength: Body.length, ContentType: 'text/csv' }),
      },
      { call: 's3:DeleteObjectTagging', with: inBucket({ Key: 'shut/pay.csv' }) },
      {
        call: 's3:ListObjects',
        with: inBucket({ Delimiter: '/' }),
        shows: (answer) => {
          expect(answer.CommonPrefixes).toEqual([{ Prefix: 'open/' }, { Prefix: 'shut/' }]);
          expect(answer.Contents).toMatchObject([{ Key: 'copy', Owner: { ID: expect.any(String) } }]);
        },
      },
      {
        call: 's3:ListObjectsV2',
        with: inBucket({ MaxKeys: 2 }),
        name: 'page',
        shows: (answer) => {
          expect(answer.Contents.map(({ Key }: { Key: string }) => Key)).toEqual(['copy', 'open/pay.csv']);
          expect(answer.IsTruncated).toBe(true);
        },
      },
      {
        call: 's3:ListObjectsV2',
        with: inBucket(({ page }) => ({ MaxKeys: 2, ContinuationToken: page.NextContinuationToken })),
        shows: ({ Contents }) => expect(Contents).toMatchObject([{ Key: 'shut/pay.csv' }]),
      },
      { call: 's3:DeleteBucket', with: inBucket(), ends: 'BucketNotEmpty' },
      {
        call: 's3:DeleteObjects',
        with: inBucket({ Delete: { Objects: [{ Key: 'copy' }, { Key: 'none' }] } }),
        shows: ({ Deleted }) => expect(Deleted).toHaveLength(2),
      },
      { call: 's3:DeleteObject', with: inBucket({ Key: 'shut/pay.csv' }) },
    ],
  },
  {
    service: 's3',
    name: 'versions',
    steps: [
      { call: 's3:CreateBucket', with: inBucket() },
      { call: 's3:PutObject', with: inBucket({ Key: 'a', Body }) },
      { call: 's3:PutBucketVersioning', with: inBucket({ VersioningConfiguration: { Status: 'Enabled' } }) },
      { call: 's3:PutObject', with: inBucket({ Key: 'a', Body: new Uint8Array([1, 2, 3]) }), name: 'second' },
      { call: 's3:DeleteObject', with: inBucket({ Key: 'a' }), name: 'marker' },
      { call: 's3:GetObject', with: inBucket({ Key: 'a' }), ends: 'NoSuchKey' },
      {
        call: 's3:GetObject',
        with: inBucket(({ second }) => ({ Key: 'a', VersionId: second.VersionId })),
        shows: ({ Body: body }) => expect([...body]).toEqual([1, 2, 3]),
      },
      {
        call: 's3:GetObject',
        with: inBucket({ Key: 'a', VersionId: 'null' }),
        shows: ({ Body: body }) => expect(body).toHaveLength(Body.length),
      },
      {
        call: 's3:ListObjectVersions',
        with: inBucket(),
        shows: (answer, { second, marker }) => {
          expect(answer.Versions).toMatchObject([{ VersionId: second.VersionId }, { VersionId: 'null' }]);
          expect(answer.DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
        },
      },
      {
        call: 's3:DeleteObject',
        with: inBucket(({ marker }) => ({ Key: 'a', VersionId: marker.VersionId })),
      },
      { call: 's3:GetObject', with: inBucket({ Key: 'a' }) },
      { call: 's3:PutBucketVersioning', with: inBucket({ VersioningConfiguration: { Status: 'Suspended' } }) },
    ],
  },
  {
    service: 's3',
    name: 'an upload in parts',
    steps: [
      { call: 's3:CreateBucket', with: inBucket() },
      { call: 's3:CreateMultipartUpload', with: inBucket({ Key: 'big' }), name: 'upload' },
      {
        call: 's3:UploadPart',
        with: inBucket(({ upload }) => ({ Key: 'big', UploadId: upload.UploadId, PartNumber: 1, Body })),
        name: 'part',
      },
      {
        call: 's3:ListParts',
        with: inBucket(({ upload }) => ({ Key: 'big', UploadId: upload.UploadId })),
        shows: ({ Parts }, { part }) => expect(Parts).toMatchObject([{ PartNumber: 1, ETag: part.ETag }]),
      },
      {
        call: 's3:ListMultipartUploads',
        with: inBucket(),
        shows: ({ Uploads }, { upload }) => expect(Uploads).toMatchObject([{ Key: 'big', UploadId: upload.UploadId }]),
      },
      {
        call: 's3:CompleteMultipartUpload',
        with: inBucket(({ upload, part }) => ({
          Key: 'big',
          UploadId: upload.UploadId,
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.ETag }] },
        })),
        shows: ({ ETag }) => expect(ETag).toMatch(/-1"$/),
      },
      { call: 's3:CreateMultipartUpload', with: inBucket({ Key: 'copy' }), name: 'copying' },
      {
        call: 's3:UploadPartCopy',
        with: inBucket(({ copying, account }) => ({
          Key: 'copy',
          UploadId: copying.UploadId,
          PartNumber: 1,
          CopySource: `${bucketOf(account)}/big`,
        })),
        shows: ({ CopyPartResult }) => expect(CopyPartResult.ETag).toMatch(/^"[0-9a-f]{32}"$/),
      },
      {
        call: 's3:AbortMultipartUpload',
        with: inBucket(({ copying }) => ({ Key: 'copy', UploadId: copying.UploadId })),
      },
      {
        call: 's3:GetObject',
        with: inBucket({ Key: 'big' }),
        shows: ({ Body: body }) => expect(body).toHaveLength(Body.length),
      },
      { call: 's3:CreateMultipartUpload', with: inBucket({ Key: 'never' }), name: 'left' },
      {
        call: 's3:AbortMultipartUpload',
        with: inBucket(({ left }) => ({ Key: 'never', UploadId: left.UploadId })),
      },
      { call: 's3:DeleteObject', with: inBucket({ Key: 'big' }) },
    ],
  },
  {
    service: 's3',
    name: 'objects under a key of KMS',
    users: { reader: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
    steps: [
      { call: 'kms:CreateKey', name: 'key' },
      { call: 's3:CreateBucket', with: inBucket() },
      {
        call: 's3:PutObject',
        with: inBucket(({ key }) => ({
          Key: 'a',
          Body,
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: key.KeyMetadata.KeyId,
        })),
        name: 'put',
        shows: (answer, { key }) => expect(answer.SSEKMSKeyId).toBe(key.KeyMetadata.Arn),
      },
      {
        call: 's3:HeadObject',
        with: inBucket({ Key: 'a' }),
        shows: (answer, { put }) =>
          expect(answer).toMatchObject({
            ServerSideEncryption: 'aws:kms',
            SSEKMSKeyId: put.SSEKMSKeyId,
            ETag: put.ETag,
          }),
      },
      {
        call: 's3:ListObjectsV2',
        with: inBucket(),
        shows: ({ Contents }, { put }) => expect(Contents).toMatchObject([{ Key: 'a', ETag: put.ETag }]),
      },
      { call: 's3:GetObject', with: inBucket({ Key: 'a' }), as: 'reader', ends: 'AccessDenied' },
      { call: 's3:GetObject', with: inBucket({ Key: 'a' }) },
    ],
  },
];
