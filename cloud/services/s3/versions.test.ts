import { beforeEach, describe, expect, it } from 'vitest';
import { Sandbox, text } from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

const versioning = (Status: string) =>
  sandbox.call('s3:PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
const put = (Key: string, body: string) =>
  sandbox.call('s3:PutObject', { Bucket, Key, Body: text(body) }).VersionId as string | undefined;
const versions = (input: object = {}) => sandbox.call('s3:ListObjectVersions', { Bucket, ...input });

describe('a bucket with versioning', () => {
  it('keeps what was there before as the null version', () => {
    expect(put('a', 'first')).toBeUndefined();
    versioning('Enabled');
    const second = put('a', 'second');
    expect(second).toMatch(/^[A-Za-z0-9._]{32}$/);
    expect(sandbox.read({ Bucket, Key: 'a' })).toBe('second');
    expect(sandbox.read({ Bucket, Key: 'a', VersionId: 'null' })).toBe('first');
    expect(versions().Versions).toMatchObject([
      { Key: 'a', VersionId: second, IsLatest: true },
      { Key: 'a', VersionId: 'null', IsLatest: false },
    ]);
  });

  it('puts a delete marker on top, and takes it away again', () => {
    versioning('Enabled');
    const first = put('a', 'first');
    const deleted = sandbox.call('s3:DeleteObject', { Bucket, Key: 'a' });
    expect(deleted).toMatchObject({ DeleteMarker: true });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' })).toMatchObject({
      code: 'NoSuchKey',
      details: { DeleteMarker: true },
    });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a', VersionId: deleted.VersionId })).toMatchObject({
      code: 'MethodNotAllowed',
      status: 405,
    });
    expect(sandbox.call('s3:ListObjectsV2', { Bucket }).KeyCount).toBe(0);
    expect(versions()).toMatchObject({
      Versions: [{ VersionId: first, IsLatest: false }],
      DeleteMarkers: [{ VersionId: deleted.VersionId, IsLatest: true }],
    });
    expect(sandbox.fail('s3:DeleteBucket', { Bucket }).message).toContain('You must delete all versions');
    expect(sandbox.call('s3:DeleteObject', { Bucket, Key: 'a', VersionId: deleted.VersionId })).toEqual({
      DeleteMarker: true,
      VersionId: deleted.VersionId,
    });
    expect(sandbox.read({ Bucket, Key: 'a' })).toBe('first');
  });

  it('writes over the null version while suspended', () => {
    versioning('Enabled');
    const kept = put('a', 'kept');
    versioning('Suspended');
    expect(put('a', 'one')).toBe('null');
    put('a', 'two');
    expect(versions().Versions.map((version: { VersionId: string }) => version.VersionId)).toEqual(['null', kept]);
    sandbox.call('s3:DeleteObject', { Bucket, Key: 'a' });
    expect(versions()).toMatchObject({ DeleteMarkers: [{ VersionId: 'null' }], Versions: [{ VersionId: kept }] });
  });

  it('tells a version that is not there from an id that is none', () => {
    versioning('Enabled');
    put('a', 'x');
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a', VersionId: 'x'.repeat(32) })).toMatchObject({
      code: 'NoSuchVersion',
      status: 404,
    });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a', VersionId: 'nonsense' })).toMatchObject({
      code: 'InvalidArgument',
      message: 'Invalid version id specified',
    });
  });

  it('asks for the action of the version', () => {
    versioning('Enabled');
    const VersionId = put('a', 'x');
    const on = `arn:aws:s3:::${Bucket}/a`;
    expect(sandbox.asked('s3:GetObject', { Bucket, Key: 'a', VersionId })).toEqual([`s3:GetObjectVersion ${on}`]);
    expect(sandbox.asked('s3:HeadObject', { Bucket, Key: 'a', VersionId })).toEqual([`s3:GetObjectVersion ${on}`]);
    expect(sandbox.asked('s3:GetObjectAcl', { Bucket, Key: 'a', VersionId })).toEqual([`s3:GetObjectVersionAcl ${on}`]);
    expect(sandbox.asked('s3:GetObjectTagging', { Bucket, Key: 'a', VersionId })).toEqual([
      `s3:GetObjectVersionTagging ${on}`,
    ]);
    expect(sandbox.context('s3:DeleteObject', { Bucket, Key: 'a', VersionId })).toMatchObject({
      's3:versionid': VersionId,
    });
    expect(sandbox.asked('s3:DeleteObject', { Bucket, Key: 'a', VersionId })).toEqual([`s3:DeleteObjectVersion ${on}`]);
    expect(sandbox.asked('s3:ListObjectVersions', { Bucket })).toEqual([
      `s3:ListBucketVersions arn:aws:s3:::${Bucket}`,
    ]);
  });

  it.each([1, 2, 3])('lists everything once on pages of %i', (MaxKeys) => {
    versioning('Enabled');
    for (const body of ['1', '2', '3']) put('a', body);
    put('b', '1');
    sandbox.call('s3:DeleteObject', { Bucket, Key: 'b' });
    put('c/1', 'x');
    const seen: string[] = [];
    let markers: object | undefined = {};
    while (markers !== undefined) {
      const page = versions({ MaxKeys, ...markers });
      for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
        seen.push(`${Key} ${VersionId}`);
      markers = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  it('rolls versions up too, and refuses a version marker alone', () => {
    put('c/1', 'x');
    put('d', 'x');
    expect(versions({ Delimiter: '/' })).toMatchObject({
      CommonPrefixes: [{ Prefix: 'c/' }],
      Versions: [{ Key: 'd' }],
    });
    expect(sandbox.fail('s3:ListObjectVersions', { Bucket, VersionIdMarker: 'null' }).code).toBe('InvalidArgument');
  });

  it('refuses a setting that is none', () => {
    const error = sandbox.fail('s3:PutBucketVersioning', { Bucket, VersioningConfiguration: {} });
    expect(error.code).toBe('IllegalVersioningConfigurationException');
  });
});
