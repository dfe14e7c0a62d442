import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { allow, partnerRoot, Sandbox, text } from '../../testing/sandbox.ts';
import { readCopySource } from './copy-source.ts';

const Bucket = 'seeds-1';
const on = (key: string) => `arn:aws:s3:::${Bucket}/${key}`;
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
  sandbox.call('s3:PutObject', {
    Bucket,
    Key: 'a b/ü',
    Body: text('tomato'),
    ContentType: 'text/plain',
    Metadata: { grower: 'Fernhill' },
    Tagging: 'kind=fruit',
  });
});
const CopySource = `${Bucket}/a%20b/%C3%BC`;

describe('the header x-amz-copy-source', () => {
  it.each([
    ['b/k', { bucket: 'b', key: 'k' }],
    ['/b/k/l', { bucket: 'b', key: 'k/l' }],
    ['b%2Fa%2F%2Fk%252F', { bucket: 'b', key: 'a//k%2F' }],
    ['b/a%20b%3Fc?versionId=null', { bucket: 'b', key: 'a b?c', versionId: 'null' }],
  ])('%s', (header, source) => {
    expect(readCopySource(header)).toEqual(source);
  });

  it.each([undefined, '', 'b', '/b/', 'b/%zz'])('refuses %s', (header) => {
    expect(() => readCopySource(header)).toThrow('Copy Source must mention');
  });
});

describe('CopyObject', () => {
  it('copies the bytes with what belongs to them', () => {
    const answer = sandbox.call('s3:CopyObject', { Bucket, Key: 'copy', CopySource });
    expect(answer.CopyObjectResult.ETag).toBe('"006f87892f47ef9aa60fa5ed01a440fb"');
    expect(sandbox.read({ Bucket, Key: 'copy' })).toBe('tomato');
    expect(sandbox.call('s3:HeadObject', { Bucket, Key: 'copy' })).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { grower: 'Fernhill' },
      TagCount: 1,
    });
  });

  it('replaces metadata and tags where told to', () => {
    const more = { MetadataDirective: 'REPLACE', Metadata: { a: 'b' }, TaggingDirective: 'REPLACE', Tagging: '' };
    sandbox.call('s3:CopyObject', { Bucket, Key: 'copy', CopySource, ...more });
    const head = sandbox.call('s3:HeadObject', { Bucket, Key: 'copy' });
    expect(head).toMatchObject({ Metadata: { a: 'b' }, ContentType: 'binary/octet-stream' });
    expect(head).not.toHaveProperty('TagCount');
    expect(sandbox.fail('s3:CopyObject', { Bucket, Key: 'copy', CopySource, MetadataDirective: 'X' }).code).toBe(
      'InvalidArgument',
    );
  });

  it('refuses to copy onto itself without a change', () => {
    const onItself = { Bucket, Key: 'a b/ü', CopySource };
    expect(sandbox.fail('s3:CopyObject', onItself).message).toMatch(/^This copy request is illegal/);
    sandbox.call('s3:CopyObject', { ...onItself, MetadataDirective: 'REPLACE' });
  });

  it('asks for the source and the destination, and for tags that go along', () => {
    expect(sandbox.asked('s3:CopyObject', { Bucket, Key: 'copy', CopySource })).toEqual([
      `s3:GetObject ${on('a b/ü')}`,
      `s3:GetObjectTagging ${on('a b/ü')}`,
      `s3:PutObject ${on('copy')}`,
      `s3:PutObjectTagging ${on('copy')}`,
    ]);
    sandbox.call('s3:PutObject', { Bucket, Key: 'plain' });
    const input = { Bucket, Key: 'copy', CopySource: `${Bucket}/plain?versionId=null`, StorageClass: 'STANDARD' };
    expect(sandbox.asked('s3:CopyObject', input)).toEqual([
      `s3:GetObjectVersion ${on('plain')}`,
      `s3:PutObject ${on('copy')}`,
    ]);
  });

  it('carries the condition keys of source and destination', () => {
    const { decisions } = sandbox.perform('s3:CopyObject', {
      Bucket,
      Key: 'copy',
      CopySource,
      MetadataDirective: 'COPY',
    });
    expect(decisions[0]?.request.context).toMatchObject({ 's3:ExistingObjectTag/kind': 'fruit' });
    expect(decisions[2]?.request.context).toMatchObject({
      's3:x-amz-copy-source': CopySource,
      's3:x-amz-metadata-directive': 'COPY',
    });
    expect(decisions[3]?.request.context).toMatchObject({ 's3:RequestObjectTag/kind': 'fruit' });
  });

  it('needs both sides: the source of another account too', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'partners' }, partnerRoot);
    const bea = sandbox.user('Bea', allow('s3:*'));
    expect(sandbox.fail('s3:CopyObject', { Bucket: 'partners', Key: 'x', CopySource }, bea).code).toBe('AccessDenied');
    expect(sandbox.fail('s3:CopyObject', { Bucket, Key: 'x', CopySource: 'nowhere/k' })).toMatchObject({
      code: 'NoSuchBucket',
      details: { BucketName: 'nowhere' },
    });
    expect(sandbox.fail('s3:CopyObject', { Bucket, Key: 'x', CopySource: `${Bucket}/nothing` }).code).toBe('NoSuchKey');
    const writer = sandbox.user('Writer', allow(['s3:PutObject', 's3:GetObject']));
    expect(sandbox.fail('s3:CopyObject', { Bucket, Key: 'x', CopySource: `${Bucket}/nothing` }, writer).code).toBe(
      'AccessDenied',
    );
  });

  it('checks the conditions on the source', () => {
    const fail = (more: object) => sandbox.fail('s3:CopyObject', { Bucket, Key: 'copy', CopySource, ...more });
    expect(fail({ CopySourceIfMatch: '"x"' }).code).toBe('PreconditionFailed');
    expect(fail({ CopySourceIfNoneMatch: '*' })).toMatchObject({ code: 'PreconditionFailed', status: 412 });
    expect(fail({ CopySourceIfModifiedSince: new Date('2027-01-01T00:00:00Z') }).status).toBe(412);
    expect(fail({ CopySourceIfUnmodifiedSince: new Date('2025-01-01T00:00:00Z') }).status).toBe(412);
  });

  it('gives the checksum that it knows', () => {
    const input = { Bucket, Key: 'copy', CopySource };
    const result = sandbox.call('s3:CopyObject', { ...input, ChecksumAlgorithm: 'SHA256' }).CopyObjectResult;
    expect(result.ChecksumSHA256).toBe(createHash('sha256').update('tomato').digest('base64'));
    expect(sandbox.call('s3:CopyObject', input).CopyObjectResult.ChecksumCRC64NVME).toMatch(/=$/);
    expect(sandbox.fail('s3:CopyObject', { ...input, ChecksumAlgorithm: 'SHA1' }).code).toBe('NotImplemented');
  });
});

describe('UploadPartCopy', () => {
  it('makes parts of ranges, without reading them', () => {
    const { UploadId } = sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: 'made' });
    const part = { Bucket, Key: 'made', UploadId, PartNumber: 1, CopySource };
    const { CopyPartResult } = sandbox.call('s3:UploadPartCopy', { ...part, CopySourceRange: 'bytes=2-4' });
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: CopyPartResult.ETag }] };
    sandbox.call('s3:CompleteMultipartUpload', { Bucket, Key: 'made', UploadId, MultipartUpload });
    expect(sandbox.read({ Bucket, Key: 'made' })).toBe('mat');
    expect(sandbox.read({ Bucket, Key: 'made', Range: 'bytes=1-1' })).toBe('a');
    sandbox.call('s3:CopyObject', { Bucket, Key: 'again', CopySource: `${Bucket}/made` });
    expect(sandbox.read({ Bucket, Key: 'again' })).toBe('mat');
  });

  it('refuses ranges that do not lie in the source', () => {
    const { UploadId } = sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: 'made' });
    const part = { Bucket, Key: 'made', UploadId, PartNumber: 1, CopySource };
    for (const CopySourceRange of ['bytes=0-6', 'bytes=3-1', 'bytes=2-', 'x']) {
      expect(sandbox.fail('s3:UploadPartCopy', { ...part, CopySourceRange }).code).toBe('InvalidArgument');
    }
    expect(sandbox.asked('s3:UploadPartCopy', part)).toEqual([
      `s3:GetObject ${on('a b/ü')}`,
      `s3:PutObject ${on('made')}`,
    ]);
  });
});
