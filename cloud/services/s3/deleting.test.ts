import { beforeEach, describe, expect, it } from 'vitest';
import { allow, deny, Sandbox, text } from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
  for (const Key of ['a/1', 'a/2', 'b/1']) sandbox.call('s3:PutObject', { Bucket, Key, Body: text(Key) });
});

const left = () =>
  (sandbox.call('s3:ListObjectsV2', { Bucket }).Contents ?? []).map((object: { Key: string }) => object.Key);

describe('DeleteObjects', () => {
  it('decides each key by itself, and says so in its answer', () => {
    const bea = sandbox.user('Bea', allow('s3:*'), deny('s3:DeleteObject', `arn:aws:s3:::${Bucket}/b/*`));
    const Delete = { Objects: [{ Key: 'a/1' }, { Key: 'b/1' }, { Key: 'nothing' }] };
    const performed = sandbox.perform('s3:DeleteObjects', { Bucket, Delete }, bea);
    expect(performed.outcome).toMatchObject({
      kind: 'ok',
      output: {
        Deleted: [{ Key: 'a/1' }, { Key: 'nothing' }],
        Errors: [{ Key: 'b/1', Code: 'AccessDenied', Message: expect.stringContaining('s3:DeleteObject on resource') }],
      },
    });
    expect(performed.decisions.map(({ request, decision }) => `${request.resource} ${decision.verdict}`)).toEqual([
      `arn:aws:s3:::${Bucket}/a/1 allowed`,
      `arn:aws:s3:::${Bucket}/b/1 explicitly-denied`,
      `arn:aws:s3:::${Bucket}/nothing allowed`,
    ]);
    expect(left()).toEqual(['a/2', 'b/1']);
  });

  it('is quiet where asked, and takes versions away', () => {
    sandbox.call('s3:PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    const Objects = [{ Key: 'a/1' }, { Key: 'a/2', VersionId: 'null' }];
    const { Deleted } = sandbox.call('s3:DeleteObjects', { Bucket, Delete: { Objects } });
    expect(Deleted).toMatchObject([
      { Key: 'a/1', DeleteMarker: true },
      { Key: 'a/2', VersionId: 'null' },
    ]);
    expect(left()).toEqual(['b/1']);
    expect(sandbox.call('s3:DeleteObjects', { Bucket, Delete: { Quiet: true, Objects: [{ Key: 'b/1' }] } })).toEqual(
      {},
    );
    const versioned = { Bucket, Delete: { Objects: [{ Key: 'b/1', VersionId: 'null' }] } };
    expect(sandbox.asked('s3:DeleteObjects', versioned)).toEqual([`s3:DeleteObjectVersion arn:aws:s3:::${Bucket}/b/1`]);
  });

  it('refuses none and too many', () => {
    const many = Array.from({ length: 1001 }, (_, i) => ({ Key: String(i) }));
    expect(sandbox.fail('s3:DeleteObjects', { Bucket, Delete: { Objects: [] } }).code).toBe('MalformedXML');
    expect(sandbox.fail('s3:DeleteObjects', { Bucket, Delete: { Objects: many } }).code).toBe('MalformedXML');
    expect(left()).toHaveLength(3);
  });
});

describe('DeleteObject', () => {
  it('knows conditions', () => {
    expect(sandbox.fail('s3:DeleteObject', { Bucket, Key: 'a/1', IfMatch: '"x"' }).code).toBe('PreconditionFailed');
    expect(sandbox.context('s3:DeleteObject', { Bucket, Key: 'a/1', IfMatch: '*' })).toMatchObject({
      's3:if-match': '*',
    });
    expect(left()).toEqual(['a/2', 'b/1']);
  });
});
