import { beforeEach, describe, expect, it } from 'vitest';
import { allow, Sandbox } from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

describe('settings that are not there', () => {
  it.each([
    ['GetBucketTagging', 'NoSuchTagSet'],
    ['GetBucketLifecycleConfiguration', 'NoSuchLifecycleConfiguration'],
    ['GetBucketPolicy', 'NoSuchBucketPolicy'],
  ])('%s answers %s', (operation, code) => {
    expect(sandbox.fail(`s3:${operation}`, { Bucket })).toMatchObject({
      code,
      status: 404,
      details: { BucketName: Bucket },
    });
  });

  it('ownership controls that were deleted', () => {
    sandbox.call('s3:DeleteBucketOwnershipControls', { Bucket });
    expect(sandbox.fail('s3:GetBucketOwnershipControls', { Bucket }).code).toBe('OwnershipControlsNotFoundError');
    sandbox.call('s3:PutBucketAcl', { Bucket, ACL: 'private' });
  });

  it('operations that are not offered', () => {
    expect(sandbox.fail('s3:SelectObjectContent', { Bucket, Key: 'a' })).toMatchObject({
      code: 'NotImplemented',
      status: 501,
    });
  });
});

describe('tags', () => {
  it('of a bucket are set as a whole', () => {
    sandbox.call('s3:PutBucketTagging', { Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'web' }] } });
    sandbox.call('s3:PutBucketTagging', { Bucket, Tagging: { TagSet: [{ Key: 'stage', Value: '' }] } });
    expect(sandbox.call('s3:GetBucketTagging', { Bucket })).toEqual({ TagSet: [{ Key: 'stage', Value: '' }] });
    expect(sandbox.asked('s3:DeleteBucketTagging', { Bucket })).toEqual([`s3:PutBucketTagging arn:aws:s3:::${Bucket}`]);
    expect(sandbox.fail('s3:GetBucketTagging', { Bucket }).code).toBe('NoSuchTagSet');
  });

  it.each([
    [
      [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
      'InvalidTag',
    ],
    [[{ Key: '', Value: '1' }], 'InvalidTag'],
    [[{ Key: 'aws:a', Value: '1' }], 'InvalidTag'],
    [[{ Key: 'a', Value: '<' }], 'InvalidTag'],
    [[{ Key: 'a' }], 'MalformedXML'],
    [Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })), 'BadRequest'],
  ])('%j are refused', (TagSet, code) => {
    expect(sandbox.fail('s3:PutBucketTagging', { Bucket, Tagging: { TagSet } }).code).toBe(code);
  });

  it('of an object are known to conditions', () => {
    sandbox.call('s3:PutObject', { Bucket, Key: 'a', Tagging: 'class=open' });
    const bea = sandbox.user(
      'Bea',
      allow('s3:*', '*', { Condition: { StringEquals: { 's3:ExistingObjectTag/class': 'open' } } }),
    );
    sandbox.call('s3:GetObject', { Bucket, Key: 'a' }, bea);
    expect(sandbox.call('s3:GetObjectTagging', { Bucket, Key: 'a' }, bea)).toEqual({
      TagSet: [{ Key: 'class', Value: 'open' }],
    });
    const Tagging = { TagSet: [{ Key: 'class', Value: 'secret' }] };
    expect(sandbox.context('s3:PutObjectTagging', { Bucket, Key: 'a', Tagging }, bea)).toEqual({
      's3:ResourceAccount': '111122223333',
      's3:ExistingObjectTag/class': 'open',
      's3:RequestObjectTag/class': 'secret',
      's3:RequestObjectTagKeys': ['class'],
    });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, bea).code).toBe('AccessDenied');
    sandbox.call('s3:DeleteObjectTagging', { Bucket, Key: 'a' });
    expect(sandbox.call('s3:GetObjectTagging', { Bucket, Key: 'a' })).toEqual({ TagSet: [] });
    expect(sandbox.fail('s3:PutObjectTagging', { Bucket, Key: 'b', Tagging }).code).toBe('NoSuchKey');
    const eleven = { TagSet: Array.from({ length: 11 }, (_, i) => ({ Key: `k${i}`, Value: '' })) };
    expect(sandbox.fail('s3:PutObjectTagging', { Bucket, Key: 'a', Tagging: eleven }).message).toBe(
      'Object tags cannot be greater than 10',
    );
  });
});

describe('lifecycle rules', () => {
  const put = (...Rules: readonly object[]) => ({ Bucket, LifecycleConfiguration: { Rules } });

  it('are given back as they were set, with an id each', () => {
    const rule = {
      ID: 'old',
      Status: 'Enabled',
      Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: 'b' }] } },
      Expiration: { Date: new Date('2030-01-01T00:00:00Z') },
      NoncurrentVersionExpiration: { NoncurrentDays: 3 },
    };
    sandbox.call(
      's3:PutBucketLifecycleConfiguration',
      put(rule, { Status: 'Disabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }),
    );
    const answer = sandbox.call('s3:GetBucketLifecycleConfiguration', { Bucket });
    expect(answer.Rules[0]).toEqual(rule);
    expect(answer.Rules[1].ID).toMatch(/^\w{48}$/);
    expect(answer.TransitionDefaultMinimumObjectSize).toBe('all_storage_classes_128K');
    sandbox.call('s3:DeleteBucketLifecycle', { Bucket });
    expect(sandbox.fail('s3:GetBucketLifecycleConfiguration', { Bucket }).status).toBe(404);
    expect(sandbox.asked('s3:DeleteBucketLifecycle', { Bucket })).toEqual([
      `s3:PutLifecycleConfiguration arn:aws:s3:::${Bucket}`,
    ]);
  });

  it('are not kept without end', () => {
    const rule = (i: number) => ({
      ID: `${i}`,
      Status: 'Enabled',
      Filter: { Prefix: 'x'.repeat(1000) },
      Expiration: { Days: 1 },
    });
    const error = sandbox.fail(
      's3:PutBucketLifecycleConfiguration',
      put(...Array.from({ length: 300 }, (_, i) => rule(i))),
    );
    expect(error.code).toBe('MaxMessageLengthExceeded');
  });

  it.each([
    [[], 'MalformedXML'],
    [[{ Status: 'On', Filter: {}, Expiration: { Days: 1 } }], 'MalformedXML'],
    [[{ Status: 'Enabled', Expiration: { Days: 1 } }], 'MalformedXML'],
    [[{ Status: 'Enabled', Filter: {} }], 'InvalidRequest'],
    [[{ Status: 'Enabled', Filter: {}, Expiration: { Days: 0 } }], 'InvalidArgument'],
    [[{ Status: 'Enabled', Filter: {}, Expiration: { Date: new Date('2030-01-01T01:00:00Z') } }], 'InvalidArgument'],
    [
      [
        { ID: 'a', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } },
        { ID: 'a', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } },
      ],
      'InvalidArgument',
    ],
  ])('%j are refused', (rules, code) => {
    expect(sandbox.fail('s3:PutBucketLifecycleConfiguration', put(...rules)).code).toBe(code);
  });
});
