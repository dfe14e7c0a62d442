import { beforeEach, describe, expect, it } from 'vitest';
import { allow, Sandbox, text } from '../../testing/sandbox.ts';
import { compareKeys } from './pages.ts';

const Bucket = 'seeds-1';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

function fill(...keys: readonly string[]): void {
  for (const Key of keys) sandbox.call('s3:PutObject', { Bucket, Key, Body: text(Key) });
}

const list = (input: object = {}) => sandbox.call('s3:ListObjectsV2', { Bucket, ...input });
const keysOf = (page: { Contents?: { Key: string }[] }) => (page.Contents ?? []).map(({ Key }) => Key);
const prefixesOf = (page: { CommonPrefixes?: { Prefix: string }[] }) =>
  (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix);

describe('the order of keys', () => {
  it('is that of their bytes in UTF-8', () => {
    const keys = ['a', 'B', 'ä', '\uffee', '🌱', 'a/', 'a!', 'aa'];
    const bytewise = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...keys].sort(compareKeys)).toEqual(bytewise);
    fill(...keys);
    expect(keysOf(list())).toEqual(bytewise);
  });
});

describe('ListObjectsV2', () => {
  it('answers with prefix, delimiter and what is rolled up', () => {
    fill('a/1', 'a/2', 'b', 'c/d/1', 'c/e');
    const page = list({ Delimiter: '/' });
    expect(keysOf(page)).toEqual(['b']);
    expect(prefixesOf(page)).toEqual(['a/', 'c/']);
    expect(page).toMatchObject({ KeyCount: 3, IsTruncated: false, MaxKeys: 1000, Prefix: '', Name: Bucket });
    const below = list({ Delimiter: '/', Prefix: 'c/' });
    expect([keysOf(below), prefixesOf(below)]).toEqual([['c/e'], ['c/d/']]);
    expect(keysOf(list({ Prefix: 'a' }))).toEqual(['a/1', 'a/2']);
    expect(list({ Prefix: 'x' })).not.toHaveProperty('Contents');
  });

  it.each([1, 2, 3, 7])('gives everything once on pages of %i', (MaxKeys) => {
    fill('a/1', 'a/2', 'a/3', 'b', 'c/1', 'd', 'e/1', 'e/2');
    for (const Delimiter of [undefined, '/']) {
      const seen: string[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = list({ MaxKeys, Delimiter, ContinuationToken });
        expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
        seen.push(...keysOf(page), ...prefixesOf(page));
        ContinuationToken = page.NextContinuationToken;
        expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
      } while (ContinuationToken !== undefined);
      const whole = list({ Delimiter });
      expect(seen.sort()).toEqual([...keysOf(whole), ...prefixesOf(whole)].sort());
    }
  });

  it('starts after a key, and at most so many', () => {
    fill('a', 'b', 'c');
    expect(keysOf(list({ StartAfter: 'a' }))).toEqual(['b', 'c']);
    expect(list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
    expect(list({ MaxKeys: 5000 }).MaxKeys).toBe(1000);
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket, MaxKeys: -1 }).code).toBe('InvalidArgument');
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket, ContinuationToken: 'made up' })).toMatchObject({
      code: 'InvalidArgument',
      message: 'The continuation token provided is incorrect',
    });
  });

  it('encodes names where asked, and names the owner where asked', () => {
    fill('a b/ü+.txt');
    const page = list({ EncodingType: 'url', Delimiter: '/', Prefix: 'a b/', FetchOwner: true });
    expect(keysOf(page)).toEqual(['a+b/%C3%BC%2B.txt']);
    expect(page).toMatchObject({ Prefix: 'a+b/', EncodingType: 'url' });
    expect(page.Contents[0].Owner.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(list().Contents[0]).not.toHaveProperty('Owner');
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket, EncodingType: 'hex' }).code).toBe('InvalidArgument');
  });

  it('carries the condition keys of those parameters that are there', () => {
    expect(sandbox.context('s3:ListObjectsV2', { Bucket })).toEqual({ 's3:ResourceAccount': '111122223333' });
    expect(sandbox.context('s3:ListObjectsV2', { Bucket, Prefix: '', Delimiter: '/', MaxKeys: 5 })).toEqual({
      's3:ResourceAccount': '111122223333',
      's3:prefix': '',
      's3:delimiter': '/',
      's3:max-keys': '5',
    });
    expect(sandbox.asked('s3:ListObjectsV2', { Bucket })).toEqual([`s3:ListBucket arn:aws:s3:::${Bucket}`]);
  });

  it('is allowed below a prefix only', () => {
    fill('home/bea/1', 'home/tomas/1');
    const bea = sandbox.user(
      'Bea',
      allow('s3:ListBucket', `arn:aws:s3:::${Bucket}`, { Condition: { StringLike: { 's3:prefix': 'home/bea/*' } } }),
    );
    expect(keysOf(sandbox.call('s3:ListObjectsV2', { Bucket, Prefix: 'home/bea/' }, bea))).toEqual(['home/bea/1']);
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket, Prefix: 'home/' }, bea).code).toBe('AccessDenied');
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket }, bea).code).toBe('AccessDenied');
  });
});

describe('ListObjects', () => {
  it('goes on after a marker, and names the next one with a delimiter', () => {
    fill('a/1', 'a/2', 'b', 'c');
    const page = sandbox.call('s3:ListObjects', { Bucket, MaxKeys: 2, Delimiter: '/' });
    expect([keysOf(page), prefixesOf(page), page.NextMarker]).toEqual([['b'], ['a/'], 'b']);
    const first = sandbox.call('s3:ListObjects', { Bucket, MaxKeys: 1, Delimiter: '/' });
    expect(first.NextMarker).toBe('a/');
    const rest = sandbox.call('s3:ListObjects', { Bucket, Marker: first.NextMarker, Delimiter: '/' });
    expect([keysOf(rest), prefixesOf(rest)]).toEqual([['b', 'c'], []]);
    const plain = sandbox.call('s3:ListObjects', { Bucket, MaxKeys: 1 });
    expect(plain).toMatchObject({ IsTruncated: true, Marker: '' });
    expect(plain).not.toHaveProperty('NextMarker');
  });
});
