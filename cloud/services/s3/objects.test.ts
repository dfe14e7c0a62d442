import { beforeEach, describe, expect, it } from 'vitest';
import { allow, anonymous, Sandbox, text } from '../../testing/sandbox.ts';
import { s3Limits } from './limits.ts';

const Bucket = 'seeds-1';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

function put(Key: string, body: string, more: object = {}) {
  return sandbox.call('s3:PutObject', { Bucket, Key, Body: text(body), ...more });
}

describe('PutObject and GetObject', () => {
  it('give back the bytes, with the headers and metadata', () => {
    const answer = put('a.txt', 'tomato', {
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ContentEncoding: 'identity',
      Expires: new Date('2027-01-01T00:00:00Z'),
      Metadata: { Grower: 'Fernhill' },
      Tagging: 'kind=fruit&colour=dark+red',
    });
    expect(answer).toMatchObject({ ETag: '"006f87892f47ef9aa60fa5ed01a440fb"', ServerSideEncryption: 'AES256' });
    expect(sandbox.call('s3:GetObject', { Bucket, Key: 'a.txt' })).toMatchObject({
      ContentLength: 6,
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ContentEncoding: 'identity',
      Expires: new Date('2027-01-01T00:00:00Z'),
      Metadata: { grower: 'Fernhill' },
      TagCount: 2,
      AcceptRanges: 'bytes',
      LastModified: new Date('2026-01-05T12:00:00Z'),
      ServerSideEncryption: 'AES256',
    });
    expect(sandbox.read({ Bucket, Key: 'a.txt' })).toBe('tomato');
  });

  it('keep no bytes in the state, and an empty object too', () => {
    put('a', 'a secret text');
    put('empty', '');
    expect(JSON.stringify(sandbox.world)).not.toContain('a secret text');
    expect(sandbox.read({ Bucket, Key: 'empty' })).toBe('');
    expect(sandbox.call('s3:HeadObject', { Bucket, Key: 'empty' }).ContentType).toBe('binary/octet-stream');
  });

  it.each(['constructor', '__proto__', 'toString', 'ü/日本/🌱', ' ', '../../etc/passwd', 'a//b', '.'])(
    'take the key %j',
    (Key) => {
      put(Key, 'x');
      expect(sandbox.read({ Bucket, Key })).toBe('x');
      expect(sandbox.call('s3:ListObjectsV2', { Bucket }).Contents).toMatchObject([{ Key }]);
      sandbox.call('s3:DeleteObject', { Bucket, Key });
      expect(sandbox.call('s3:ListObjectsV2', { Bucket }).KeyCount).toBe(0);
    },
  );

  it('take metadata of any name, and keep it in the journal', () => {
    const Metadata = Object.fromEntries(['constructor', '__proto__', 'tostring'].map((name) => [name, 'x']));
    sandbox.call('s3:PutObject', { Bucket, Key: 'k', Metadata });
    sandbox.call('s3:CopyObject', { Bucket, Key: 'copy', CopySource: `${Bucket}/k` });
    expect(Object.entries(sandbox.call('s3:HeadObject', { Bucket, Key: 'copy' }).Metadata)).toEqual(
      Object.entries(Metadata),
    );
  });

  it('refuse a key that is too long, and a missing one with its name', () => {
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'ü'.repeat(513) })).toMatchObject({
      code: 'KeyTooLongError',
      details: { Size: '1026' },
    });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'nothing' })).toMatchObject({
      code: 'NoSuchKey',
      status: 404,
      message: 'The specified key does not exist.',
      details: { Key: 'nothing' },
    });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'toString' }).code).toBe('NoSuchKey');
  });

  it('tell who may not list nothing of what is missing', () => {
    const reader = sandbox.user('Reader', allow('s3:GetObject'));
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'nothing' }, reader)).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:iam::111122223333:user/Reader is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::seeds-1" because no identity-based policy allows the s3:ListBucket action',
    });
    const lister = sandbox.user('Lister', allow(['s3:GetObject', 's3:ListBucket']));
    expect(sandbox.fail('s3:HeadObject', { Bucket, Key: 'nothing' }, lister).code).toBe('NoSuchKey');
  });

  it('refuse what S3 refuses of headers', () => {
    const code = (more: object) => sandbox.fail('s3:PutObject', { Bucket, Key: 'k', ...more }).code;
    expect(code({ Metadata: { a: 'x'.repeat(2048) } })).toBe('MetadataTooLarge');
    expect(code({ StorageClass: 'WARM' })).toBe('InvalidStorageClass');
    expect(code({ StorageClass: 'GLACIER' })).toBe('NotImplemented');
    expect(code({ SSECustomerAlgorithm: 'AES256' })).toBe('NotImplemented');
    expect(code({ ServerSideEncryption: 'ROT13' })).toBe('InvalidArgument');
    expect(code({ ObjectLockMode: 'GOVERNANCE' })).toBe('InvalidRequest');
    expect(code({ Tagging: 'a=1&a=2' })).toBe('InvalidTag');
    expect(code({ Tagging: 'a=%' })).toBe('InvalidArgument');
    expect(code({ ACL: 'public-read' })).toBe('AccessControlListNotSupported');
    sandbox.call('s3:PutObject', { Bucket, Key: 'k', ACL: 'bucket-owner-full-control', StorageClass: 'STANDARD_IA' });
    expect(sandbox.call('s3:HeadObject', { Bucket, Key: 'k' }).StorageClass).toBe('STANDARD_IA');
  });

  it('overrides headers of the answer, but not for the public', () => {
    put('a', 'x');
    const override = { Bucket, Key: 'a', ResponseContentType: 'text/html', ResponseCacheControl: 'no-cache' };
    expect(sandbox.call('s3:GetObject', override)).toMatchObject({
      ContentType: 'text/html',
      CacheControl: 'no-cache',
    });
    expect(sandbox.fail('s3:GetObject', override, anonymous).status).toBe(403);
  });

  it('holds to the limits of objects and of the sandbox', () => {
    const whole = new Uint8Array(s3Limits.objectBytes);
    expect(
      sandbox.fail('s3:PutObject', { Bucket, Key: 'k', Body: new Uint8Array(s3Limits.objectBytes + 1) }),
    ).toMatchObject({
      code: 'EntityTooLarge',
      status: 400,
      details: { MaxSizeAllowed: String(s3Limits.objectBytes) },
    });
    for (const Key of ['1', '2', '3']) sandbox.call('s3:PutObject', { Bucket, Key, Body: whole });
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: '4', Body: whole }).code).toBe('EntityTooLarge');
    sandbox.call('s3:DeleteObject', { Bucket, Key: '1' });
    sandbox.call('s3:PutObject', { Bucket, Key: '4', Body: whole });
  });
});

describe('ranges', () => {
  beforeEach(() => put('digits', '0123456789'));

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=-20', '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
    ['bytes=3-2', '0123456789', undefined],
    ['bytes=0-1,3-4', '0123456789', undefined],
    ['lines=0-1', '0123456789', undefined],
  ])('%s', (Range, bytes, ContentRange) => {
    const answer = sandbox.call('s3:GetObject', { Bucket, Key: 'digits', Range });
    expect(answer.ContentRange).toBe(ContentRange);
    expect(answer.ContentLength).toBe(bytes.length);
    expect(sandbox.read({ Bucket, Key: 'digits', Range })).toBe(bytes);
  });

  it.each(['bytes=10-', 'bytes=-0', 'bytes=99-100'])('refuses %s', (Range) => {
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'digits', Range })).toMatchObject({
      code: 'InvalidRange',
      status: 416,
      details: { ActualObjectSize: '10', RangeRequested: Range },
    });
  });
});

describe('conditions', () => {
  const before = new Date('2026-01-05T11:00:00Z');
  const after = new Date('2026-01-05T13:00:00Z');
  let ETag: string;
  beforeEach(() => {
    ({ ETag } = put('a', 'x'));
  });
  const get = (more: object) => {
    const { outcome } = sandbox.perform('s3:GetObject', { Bucket, Key: 'a', ...more });
    return outcome.kind === 'ok' ? 200 : outcome.error.status;
  };

  it('of reads', () => {
    expect(get({ IfMatch: ETag })).toBe(200);
    expect(get({ IfMatch: ETag.replaceAll('"', '') })).toBe(200);
    expect(get({ IfMatch: `"x", ${ETag}` })).toBe(200);
    expect(get({ IfMatch: '"x"' })).toBe(412);
    expect(get({ IfNoneMatch: ETag })).toBe(304);
    expect(get({ IfNoneMatch: '"x"' })).toBe(200);
    expect(get({ IfModifiedSince: before })).toBe(200);
    expect(get({ IfModifiedSince: after })).toBe(304);
    expect(get({ IfUnmodifiedSince: before })).toBe(412);
    expect(get({ IfUnmodifiedSince: before, IfMatch: ETag })).toBe(200);
    expect(get({ IfModifiedSince: before, IfNoneMatch: ETag })).toBe(304);
  });

  it('of writes', () => {
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'a', IfNoneMatch: '*' })).toMatchObject({
      code: 'PreconditionFailed',
      status: 412,
      details: { Condition: 'If-None-Match' },
    });
    sandbox.call('s3:PutObject', { Bucket, Key: 'new', IfNoneMatch: '*' });
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'a', IfNoneMatch: ETag }).status).toBe(501);
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'a', IfMatch: '"x"' }).status).toBe(412);
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'none', IfMatch: ETag }).code).toBe('NoSuchKey');
    sandbox.call('s3:PutObject', { Bucket, Key: 'a', IfMatch: ETag });
  });
});
