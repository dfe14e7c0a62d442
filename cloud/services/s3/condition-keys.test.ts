import { beforeEach, describe, expect, it } from 'vitest';
import { allow, deny, type Output, policy, Sandbox, text } from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
const objects = `arn:aws:s3:::${Bucket}/*`;
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

const contextOf = (name: string, input: object): Output => sandbox.perform(name, input).decisions[0]?.request.context;

describe('the tags of a bucket', () => {
  const team = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'web' } } };
  const own = { Condition: { StringEquals: { 's3:BucketTag/team': 'web' } } };

  it('count where attribute-based access control is on, for its objects too', () => {
    sandbox.call('s3:PutBucketTagging', { Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'web' }] } });
    const bea = sandbox.user('bea', allow('s3:PutObject', objects, team), allow('s3:ListBucket', '*', own));
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'a' }, bea).code).toBe('AccessDenied');
    sandbox.call('s3:PutBucketAbac', { Bucket, AbacStatus: { Status: 'Enabled' } });
    sandbox.call('s3:PutObject', { Bucket, Key: 'a' }, bea);
    sandbox.call('s3:ListObjectsV2', { Bucket }, bea);
    sandbox.call('s3:PutBucketAbac', { Bucket, AbacStatus: { Status: 'Disabled' } });
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket }, bea).code).toBe('AccessDenied');
  });
});

describe('writes', () => {
  it('tell whether they make an object', () => {
    const key = 's3:ObjectCreationOperation';
    expect(contextOf('s3:PutObject', { Bucket, Key: 'a' })[key]).toBe('true');
    const { UploadId } = sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: 'm' });
    expect(contextOf('s3:CreateMultipartUpload', { Bucket, Key: 'm' })[key]).toBe('false');
    const part = { Bucket, Key: 'm', UploadId, PartNumber: 1, Body: text('x') };
    expect(contextOf('s3:UploadPart', part)[key]).toBe('false');
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: sandbox.call('s3:UploadPart', part).ETag }] };
    const done = { Bucket, Key: 'm', UploadId, MultipartUpload, IfNoneMatch: '*' };
    expect(contextOf('s3:CompleteMultipartUpload', done)).toMatchObject({ [key]: 'true', 's3:if-none-match': '*' });
  });

  it('can be held to conditions of their own', () => {
    const Policy = policy(
      deny('s3:PutObject', objects, {
        Principal: '*',
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      }),
    );
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy });
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'a' }).code).toBe('AccessDenied');
    sandbox.call('s3:PutObject', { Bucket, Key: 'a', IfNoneMatch: '*' });
    sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: 'm' });
  });
});

it('every request tells of its TLS', () => {
  expect(contextOf('s3:ListBuckets', {})['s3:TlsVersion']).toBe('1.3');
  const old = { Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } };
  const bea = sandbox.user('bea', allow('s3:*'), deny('s3:*', '*', old));
  sandbox.call('s3:ListBuckets', {}, bea);
});

describe('GetObjectAttributes', () => {
  const ask = (...ObjectAttributes: string[]) => ({ Bucket, Key: 'a', ObjectAttributes });

  it('gives what is asked for', () => {
    sandbox.call('s3:PutObject', { Bucket, Key: 'a', Body: text('tomato'), ChecksumAlgorithm: 'SHA256' });
    expect(sandbox.call('s3:GetObjectAttributes', ask('ObjectSize'))).toEqual({
      LastModified: new Date('2026-01-05T12:00:00Z'),
      ObjectSize: 6,
    });
    expect(
      sandbox.call('s3:GetObjectAttributes', ask('ETag', 'Checksum', 'StorageClass', 'ObjectParts')),
    ).toMatchObject({
      ETag: '006f87892f47ef9aa60fa5ed01a440fb',
      Checksum: { ChecksumSHA256: expect.any(String), ChecksumType: 'FULL_OBJECT' },
      StorageClass: 'STANDARD',
    });
    for (const wrong of [ask(), ask('Colour')]) {
      expect(sandbox.fail('s3:GetObjectAttributes', wrong).code).toBe('InvalidArgument');
    }
  });

  it('lists the parts of an upload in pages', () => {
    const { UploadId } = sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: 'a', ChecksumAlgorithm: 'SHA256' });
    const big = new Uint8Array(5 * 1024 * 1024);
    const Parts = [big, text('end')].map((Body, n) => {
      const part = { Bucket, Key: 'a', UploadId, PartNumber: n + 1, Body, ChecksumAlgorithm: 'SHA256' };
      return { PartNumber: n + 1, ETag: sandbox.call('s3:UploadPart', part).ETag };
    });
    sandbox.call('s3:CompleteMultipartUpload', { Bucket, Key: 'a', UploadId, MultipartUpload: { Parts } });
    const page = { ...ask('ObjectParts'), MaxParts: 1 };
    expect(sandbox.call('s3:GetObjectAttributes', page).ObjectParts).toMatchObject({
      TotalPartsCount: 2,
      IsTruncated: true,
      NextPartNumberMarker: '1',
      Parts: [{ PartNumber: 1, Size: big.length, ChecksumSHA256: expect.any(String) }],
    });
    const rest = sandbox.call('s3:GetObjectAttributes', { ...page, PartNumberMarker: '1' }).ObjectParts;
    expect([rest.IsTruncated, rest.Parts[0].Size]).toEqual([false, 3]);
  });

  it('needs both permissions, and the key of what is encrypted', () => {
    const SSEKMSKeyId = sandbox.call('kms:CreateKey', {}).KeyMetadata.Arn;
    sandbox.call('s3:PutObject', { Bucket, Key: 'a', ServerSideEncryption: 'aws:kms', SSEKMSKeyId });
    expect(sandbox.asked('s3:GetObjectAttributes', ask('ETag'))).toEqual(
      ['GetObject', 'GetObjectAttributes'].map((action) => `s3:${action} arn:aws:s3:::${Bucket}/a`),
    );
    const bea = sandbox.user('bea', allow(['s3:GetObject', 's3:GetObjectAttributes'], objects));
    expect(sandbox.fail('s3:GetObjectAttributes', ask('ETag'), bea).message).toContain('kms:Decrypt');
    const half = sandbox.user('half', allow('s3:GetObject', objects));
    expect(sandbox.fail('s3:GetObjectAttributes', ask('ETag'), half).message).toContain('s3:GetObjectAttributes');
  });
});
