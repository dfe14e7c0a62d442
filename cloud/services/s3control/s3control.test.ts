import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, anonymous, partnerId, partnerRoot, policy, Sandbox, text } from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
const AccountId = accountId;
const everybody = { Principal: '*' };
const open = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const publicPolicy = policy(allow('s3:GetObject', `arn:aws:s3:::${Bucket}/*`, everybody));
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket, ObjectOwnership: 'ObjectWriter' });
  sandbox.call('s3:PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: open });
  sandbox.call('s3:PutObject', { Bucket, Key: 'a', Body: text('tomato') });
});

const block = (settings: object) =>
  sandbox.call('s3-control:PutPublicAccessBlock', { AccountId, PublicAccessBlockConfiguration: settings });

describe('Block Public Access of an account', () => {
  it('is set as a whole, read, and taken away', () => {
    const missing = {
      code: 'NoSuchPublicAccessBlockConfiguration',
      status: 404,
      message: 'The public access block configuration was not found',
    };
    expect(sandbox.fail('s3-control:GetPublicAccessBlock', { AccountId })).toMatchObject(missing);
    block({ BlockPublicAcls: true });
    block({ RestrictPublicBuckets: true });
    expect(sandbox.call('s3-control:GetPublicAccessBlock', { AccountId })).toEqual({
      PublicAccessBlockConfiguration: { ...open, RestrictPublicBuckets: true },
    });
    expect(sandbox.fail('s3-control:PutPublicAccessBlock', { AccountId }).code).toBe('MalformedXML');
    sandbox.call('s3-control:DeletePublicAccessBlock', { AccountId });
    expect(sandbox.fail('s3-control:GetPublicAccessBlock', { AccountId })).toMatchObject(missing);
  });

  it('is for those of the account who have the permission', () => {
    const reader = sandbox.user('reader', allow('s3:GetAccountPublicAccessBlock'));
    block(open);
    sandbox.call('s3-control:GetPublicAccessBlock', { AccountId }, reader);
    expect(sandbox.asked('s3-control:DeletePublicAccessBlock', { AccountId })).toEqual([
      's3:PutAccountPublicAccessBlock *',
    ]);
    for (const operation of ['PutPublicAccessBlock', 'DeletePublicAccessBlock']) {
      expect(sandbox.fail(`s3-control:${operation}`, { AccountId }, reader).message).toContain(
        's3:PutAccountPublicAccessBlock',
      );
    }
    expect(sandbox.fail('s3-control:GetPublicAccessBlock', { AccountId }, partnerRoot).code).toBe('AccessDenied');
    expect(sandbox.fail('s3-control:GetPublicAccessBlock', { AccountId: partnerId }).code).toBe('AccessDenied');
    expect(sandbox.fail('s3-control:GetPublicAccessBlock', { AccountId }, anonymous).code).toBe('AccessDenied');
  });

  it('cuts off a public policy of a bucket that allows it', () => {
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy: publicPolicy });
    expect(sandbox.read({ Bucket, Key: 'a' }, anonymous)).toBe('tomato');
    block({ RestrictPublicBuckets: true });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, anonymous).code).toBe('AccessDenied');
    expect(sandbox.read({ Bucket, Key: 'a' })).toBe('tomato');
    block(open);
    expect(sandbox.read({ Bucket, Key: 'a' }, anonymous)).toBe('tomato');
  });

  it('has public lists ignored, in every bucket', () => {
    sandbox.call('s3:PutObjectAcl', { Bucket, Key: 'a', ACL: 'public-read' });
    expect(sandbox.read({ Bucket, Key: 'a' }, anonymous)).toBe('tomato');
    block({ IgnorePublicAcls: true });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, anonymous).code).toBe('AccessDenied');
  });

  it('refuses what would be public, which the bucket alone would take', () => {
    block({ BlockPublicAcls: true, BlockPublicPolicy: true });
    expect(sandbox.fail('s3:PutBucketPolicy', { Bucket, Policy: publicPolicy }).message).toContain('BlockPublicPolicy');
    for (const [operation, input] of [
      ['PutBucketAcl', {}],
      ['PutObjectAcl', { Key: 'a' }],
      ['PutObject', { Key: 'b' }],
    ] as const) {
      const error = sandbox.fail(`s3:${operation}`, { Bucket, ...input, ACL: 'public-read' });
      expect([error.code, error.message]).toEqual(['AccessDenied', expect.stringContaining('BlockPublicAcls')]);
    }
    sandbox.call('s3-control:DeletePublicAccessBlock', { AccountId });
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy: publicPolicy });
  });

  it('loosens nothing that the bucket has closed', () => {
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy: publicPolicy });
    sandbox.call('s3:PutPublicAccessBlock', {
      Bucket,
      PublicAccessBlockConfiguration: { ...open, RestrictPublicBuckets: true },
    });
    block(open);
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, anonymous).code).toBe('AccessDenied');
  });
});

describe('tags by a bucket’s ARN', () => {
  const ResourceArn = `arn:aws:s3:::${Bucket}`;
  const tag = (Key: string, Value: string) => ({ Key, Value });

  it('are added, replaced and taken away one by one', () => {
    sandbox.call('s3:PutBucketTagging', { Bucket, Tagging: { TagSet: [tag('team', 'web'), tag('stage', 'dev')] } });
    sandbox.call('s3-control:TagResource', { AccountId, ResourceArn, Tags: [tag('stage', 'live'), tag('x', '')] });
    sandbox.call('s3-control:UntagResource', { AccountId, ResourceArn, TagKeys: ['x', 'none'] });
    expect(sandbox.call('s3-control:ListTagsForResource', { AccountId, ResourceArn })).toEqual({
      Tags: [tag('team', 'web'), tag('stage', 'live')],
    });
    expect(sandbox.call('s3:GetBucketTagging', { Bucket }).TagSet).toHaveLength(2);
  });

  it('need permissions of their own, which know the tags', () => {
    const onlyTeam = { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } } };
    const tagger = sandbox.user('tagger', allow(['s3:TagResource', 's3:UntagResource'], ResourceArn, onlyTeam));
    sandbox.call('s3-control:TagResource', { AccountId, ResourceArn, Tags: [tag('team', 'web')] }, tagger);
    const other = { AccountId, ResourceArn, Tags: [tag('stage', 'live')] };
    expect(sandbox.fail('s3-control:TagResource', other, tagger).code).toBe('AccessDenied');
    sandbox.call('s3-control:UntagResource', { AccountId, ResourceArn, TagKeys: ['team'] }, tagger);
    expect(sandbox.fail('s3-control:ListTagsForResource', { AccountId, ResourceArn }, tagger).message).toContain(
      `s3:ListTagsForResource on resource: "${ResourceArn}"`,
    );
  });

  it.each([
    [`arn:aws:s3:::nothing`, 'NoSuchBucket'],
    [`arn:aws:s3:::${Bucket}/a`, 'InvalidRequest'],
    [`arn:aws:s3:us-east-1:${AccountId}:accesspoint/a`, 'InvalidRequest'],
    [undefined, 'InvalidRequest'],
  ])('of %s are refused', (arn, code) => {
    expect(sandbox.fail('s3-control:ListTagsForResource', { AccountId, ResourceArn: arn }).code).toBe(code);
  });
});
