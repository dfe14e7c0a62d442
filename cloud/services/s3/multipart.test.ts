import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { allow, deny, Sandbox, text } from '../../testing/sandbox.ts';
import { crc } from './crc.ts';

const Bucket = 'seeds-1';
const Key = 'big.bin';
const MiB = 1024 * 1024;
const large = new Uint8Array(5 * MiB).fill(7);
const small = text('the end');
const whole = Buffer.concat([large, small]);
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const md5 = (...pieces: readonly Uint8Array[]) => createHash('md5').update(Buffer.concat(pieces)).digest();

function begin(more: object = {}): string {
  return sandbox.call('s3:CreateMultipartUpload', { Bucket, Key, ...more }).UploadId;
}

function upload(UploadId: string, PartNumber: number, Body: Uint8Array, more: object = {}) {
  const { ETag } = sandbox.call('s3:UploadPart', { Bucket, Key, UploadId, PartNumber, Body, ...more });
  return { PartNumber, ETag };
}

const complete = (UploadId: string, Parts: readonly object[], more: object = {}) =>
  sandbox.call('s3:CompleteMultipartUpload', { Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more });

describe('a multipart upload', () => {
  it('makes one object of its parts, with the tag and checksum of the whole', () => {
    const id = begin({ ContentType: 'text/plain', Metadata: { a: 'b' }, Tagging: 'k=v' });
    const parts = [upload(id, 1, large), upload(id, 3, small)];
    const answer = complete(id, parts);
    expect(answer).toMatchObject({
      Bucket,
      Key,
      ETag: `"${md5(md5(large), md5(small)).toString('hex')}-2"`,
      ChecksumCRC64NVME: base64(crc('CRC64NVME', whole)),
      ChecksumType: 'FULL_OBJECT',
    });
    const head = sandbox.call('s3:HeadObject', { Bucket, Key, ChecksumMode: 'ENABLED' });
    expect(head).toMatchObject({
      ContentLength: whole.length,
      ContentType: 'text/plain',
      Metadata: { a: 'b' },
      TagCount: 1,
      ChecksumCRC64NVME: base64(crc('CRC64NVME', whole)),
    });
    expect(Buffer.compare(sandbox.bytes(sandbox.call('s3:GetObject', { Bucket, Key }).Body), whole)).toBe(0);
    const range = { Bucket, Key, Range: `bytes=${5 * MiB - 1}-${5 * MiB + 2}` };
    expect(sandbox.read(range)).toBe('\u0007the');
    expect(sandbox.call('s3:GetObject', { Bucket, Key, PartNumber: 3 })).toMatchObject({
      ContentLength: small.length,
      PartsCount: 2,
    });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key, PartNumber: 2 }).status).toBe(416);
    expect(sandbox.call('s3:ListMultipartUploads', { Bucket })).not.toHaveProperty('Uploads');
  });

  it.each([
    ['CRC32', undefined, 'COMPOSITE'],
    ['CRC32C', 'FULL_OBJECT', 'FULL_OBJECT'],
    ['SHA256', undefined, 'COMPOSITE'],
    ['SHA1', 'COMPOSITE', 'COMPOSITE'],
  ])('knows %s checksums, %s asked', (algorithm, asked, type) => {
    const id = begin({ ChecksumAlgorithm: algorithm, ...(asked && { ChecksumType: asked }) });
    const digest = (bytes: Uint8Array) =>
      algorithm.startsWith('CRC')
        ? Buffer.from(crc(algorithm as 'CRC32', bytes))
        : createHash(algorithm.toLowerCase()).update(bytes).digest();
    const member = `Checksum${algorithm}`;
    const parts = [upload(id, 1, large, { [member]: base64(digest(large)) }), upload(id, 2, small)];
    const composed = digest(Buffer.concat([digest(large), digest(small)]));
    const expected = type === 'COMPOSITE' ? `${base64(composed)}-2` : base64(digest(whole));
    const sent = parts.map((part, i) => ({ ...part, [member]: base64(digest(i === 0 ? large : small)) }));
    expect(complete(id, sent, { [member]: expected })).toMatchObject({ [member]: expected, ChecksumType: type });
  });

  it('refuses checksums that do not go together', () => {
    expect(
      sandbox.fail('s3:CreateMultipartUpload', { Bucket, Key, ChecksumAlgorithm: 'SHA1', ChecksumType: 'FULL_OBJECT' })
        .code,
    ).toBe('InvalidRequest');
    expect(sandbox.fail('s3:CreateMultipartUpload', { Bucket, Key, ChecksumAlgorithm: 'XXHASH3' }).code).toBe(
      'NotImplemented',
    );
    const id = begin({ ChecksumAlgorithm: 'CRC32' });
    const part = { Bucket, Key, UploadId: id, PartNumber: 1, Body: small };
    expect(sandbox.fail('s3:UploadPart', { ...part, ChecksumSHA1: base64(new Uint8Array(20)) }).message).toContain(
      'Checksum Type mismatch',
    );
    expect(sandbox.fail('s3:UploadPart', { ...part, ChecksumCRC32: 'AAAAAA==' }).code).toBe('BadDigest');
  });

  it('refuses what cannot be completed, and stays as it was', () => {
    const id = begin();
    const [first, second] = [upload(id, 1, small), upload(id, 2, small)];
    const fail = (Parts: readonly object[], more: object = {}) =>
      sandbox.fail('s3:CompleteMultipartUpload', { Bucket, Key, UploadId: id, MultipartUpload: { Parts }, ...more });
    expect(fail([]).code).toBe('MalformedXML');
    expect(fail([second, first]).code).toBe('InvalidPartOrder');
    expect(fail([{ PartNumber: 1, ETag: '"x"' }]).code).toBe('InvalidPart');
    expect(fail([first, { PartNumber: 9, ETag: first.ETag }]).code).toBe('InvalidPart');
    expect(fail([first, second])).toMatchObject({
      code: 'EntityTooSmall',
      details: { ProposedSize: String(small.length), PartNumber: '1' },
    });
    expect(fail([first], { MpuObjectSize: 1 }).code).toBe('InvalidRequest');
    expect(fail([first], { ChecksumCRC64NVME: 'AAAAAAAAAAA=' }).code).toBe('BadDigest');
    complete(id, [first], { IfNoneMatch: '*' });
    expect(fail([first])).toMatchObject({ code: 'NoSuchUpload', status: 404 });
  });

  it('holds an object to its limit', () => {
    const id = begin();
    const parts = [1, 2, 3, 4].map((number) => upload(id, number, large));
    const input = { Bucket, Key, UploadId: id, MultipartUpload: { Parts: parts } };
    expect(sandbox.fail('s3:CompleteMultipartUpload', input).code).toBe('EntityTooLarge');
  });

  it('replaces a part that is sent again, and lists parts by page', () => {
    const id = begin();
    upload(id, 2, large);
    const again = upload(id, 2, small);
    upload(id, 10, small);
    const page = sandbox.call('s3:ListParts', { Bucket, Key, UploadId: id, MaxParts: 1 });
    expect(page).toMatchObject({
      Parts: [{ PartNumber: 2, ETag: again.ETag, Size: small.length }],
      IsTruncated: true,
      NextPartNumberMarker: '2',
      Initiator: { ID: 'arn:aws:iam::111122223333:root' },
    });
    const rest = sandbox.call('s3:ListParts', { Bucket, Key, UploadId: id, PartNumberMarker: '2' });
    expect(rest).toMatchObject({ Parts: [{ PartNumber: 10 }], IsTruncated: false });
    expect(sandbox.fail('s3:UploadPart', { Bucket, Key, UploadId: id, PartNumber: 10_001 }).code).toBe(
      'InvalidArgument',
    );
    expect(sandbox.fail('s3:UploadPart', { Bucket, Key: 'other', UploadId: id, PartNumber: 1 }).code).toBe(
      'NoSuchUpload',
    );
  });

  it('lists uploads by key and page', () => {
    for (const key of ['b', 'a/1', 'a/2', 'b']) sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: key });
    const keys = (page: { Uploads?: { Key: string }[] }) => (page.Uploads ?? []).map((entry) => entry.Key);
    expect(keys(sandbox.call('s3:ListMultipartUploads', { Bucket }))).toEqual(['a/1', 'a/2', 'b', 'b']);
    expect(sandbox.call('s3:ListMultipartUploads', { Bucket, Delimiter: '/' })).toMatchObject({
      CommonPrefixes: [{ Prefix: 'a/' }],
    });
    const first = sandbox.call('s3:ListMultipartUploads', { Bucket, MaxUploads: 3 });
    const marker = { KeyMarker: first.NextKeyMarker, UploadIdMarker: first.NextUploadIdMarker };
    expect(keys(sandbox.call('s3:ListMultipartUploads', { Bucket, ...marker }))).toEqual(['b']);
    expect(keys(sandbox.call('s3:ListMultipartUploads', { Bucket, KeyMarker: 'a/2' }))).toEqual(['b', 'b']);
  });
});

describe('its permissions', () => {
  const on = `arn:aws:s3:::${Bucket}/${Key}`;

  it('are PutObject for create, part and complete', () => {
    expect(sandbox.asked('s3:CreateMultipartUpload', { Bucket, Key, Tagging: 'k=v' })).toEqual([
      `s3:PutObject ${on}`,
      `s3:PutObjectTagging ${on}`,
    ]);
    const UploadId = begin();
    expect(sandbox.asked('s3:UploadPart', { Bucket, Key, UploadId, PartNumber: 1 })).toEqual([`s3:PutObject ${on}`]);
    expect(sandbox.asked('s3:CompleteMultipartUpload', { Bucket, Key, UploadId })).toEqual([`s3:PutObject ${on}`]);
    expect(sandbox.asked('s3:ListMultipartUploads', { Bucket })).toEqual([
      `s3:ListBucketMultipartUploads arn:aws:s3:::${Bucket}`,
    ]);
  });

  it('let whoever began it abort and list, and others by permission', () => {
    const bea = sandbox.user('Bea', allow('s3:PutObject'), deny('s3:AbortMultipartUpload'));
    const { UploadId } = sandbox.call('s3:CreateMultipartUpload', { Bucket, Key }, bea);
    expect(sandbox.asked('s3:ListParts', { Bucket, Key, UploadId })).toEqual([`s3:ListMultipartUploadParts ${on}`]);
    const tomas = sandbox.user('Tomas', allow('s3:PutObject'));
    expect(sandbox.fail('s3:AbortMultipartUpload', { Bucket, Key, UploadId }, tomas).code).toBe('AccessDenied');
    sandbox.call('s3:ListParts', { Bucket, Key, UploadId }, bea);
    sandbox.call('s3:AbortMultipartUpload', { Bucket, Key, UploadId }, bea);
    expect(sandbox.fail('s3:AbortMultipartUpload', { Bucket, Key, UploadId }).code).toBe('NoSuchUpload');
  });
});
