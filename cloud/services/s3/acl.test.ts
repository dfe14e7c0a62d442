import { beforeEach, describe, expect, it } from 'vitest';
import { allow, anonymous, partnerId, partnerRoot, policy, Sandbox, text } from '../../testing/sandbox.ts';
import { canonicalUserId } from './canonical-user.ts';

const Bucket = 'seeds-1';
const owner = canonicalUserId('111122223333');
const partner = canonicalUserId(partnerId);
const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

/** A bucket in which ACLs count. */
function withAcls(blocked: object = {}): void {
  sandbox.call('s3:CreateBucket', { Bucket, ObjectOwnership: 'ObjectWriter' });
  sandbox.call('s3:PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: blocked });
  sandbox.call('s3:PutObject', { Bucket, Key: 'a', Body: text('tomato') });
}

describe('a bucket whose owner owns everything', () => {
  beforeEach(() => {
    sandbox.call('s3:CreateBucket', { Bucket });
    sandbox.call('s3:PutObject', { Bucket, Key: 'a' });
  });

  it('shows the owner’s full control', () => {
    const full = {
      Owner: { ID: owner },
      Grants: [{ Grantee: { ID: owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
    };
    expect(sandbox.call('s3:GetBucketAcl', { Bucket })).toEqual(full);
    expect(sandbox.call('s3:GetObjectAcl', { Bucket, Key: 'a' })).toEqual(full);
  });

  it('takes no other', () => {
    const refused = { code: 'AccessControlListNotSupported', status: 400, message: 'The bucket does not allow ACLs' };
    expect(sandbox.fail('s3:PutBucketAcl', { Bucket, ACL: 'private' })).toMatchObject(refused);
    expect(sandbox.fail('s3:PutObjectAcl', { Bucket, Key: 'a', ACL: 'public-read' })).toMatchObject(refused);
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'b', GrantRead: `uri="${allUsers}"` })).toMatchObject(refused);
  });
});

describe('a bucket with ACLs', () => {
  it('opens an object to everybody', () => {
    withAcls();
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, anonymous).code).toBe('AccessDenied');
    sandbox.call('s3:PutObjectAcl', { Bucket, Key: 'a', ACL: 'public-read' });
    expect(sandbox.read({ Bucket, Key: 'a' }, anonymous)).toBe('tomato');
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket }, anonymous).code).toBe('AccessDenied');
    sandbox.call('s3:PutBucketAcl', { Bucket, ACL: 'public-read' });
    expect(sandbox.call('s3:ListObjectsV2', { Bucket }, anonymous).KeyCount).toBe(1);
    expect(sandbox.call('s3:GetBucketAcl', { Bucket }).Grants).toMatchObject([
      { Permission: 'FULL_CONTROL' },
      { Grantee: { URI: allUsers, Type: 'Group' }, Permission: 'READ' },
    ]);
  });

  it('closes again where public ACLs are ignored, or the owner owns everything', () => {
    withAcls();
    sandbox.call('s3:PutObjectAcl', { Bucket, Key: 'a', ACL: 'public-read' });
    sandbox.call('s3:PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: { IgnorePublicAcls: true } });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, anonymous).code).toBe('AccessDenied');
    sandbox.call('s3:DeletePublicAccessBlock', { Bucket });
    expect(sandbox.read({ Bucket, Key: 'a' }, anonymous)).toBe('tomato');
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] };
    sandbox.call('s3:PutBucketOwnershipControls', { Bucket, OwnershipControls });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, anonymous).code).toBe('AccessDenied');
  });

  it('refuses public ACLs that are blocked, with AWS’s words', () => {
    withAcls({ BlockPublicAcls: true });
    expect(sandbox.fail('s3:PutObjectAcl', { Bucket, Key: 'a', ACL: 'public-read' })).toMatchObject({
      code: 'AccessDenied',
      message:
        'User: arn:aws:iam::111122223333:root is not authorized to perform: s3:PutObjectAcl on resource: "arn:aws:s3:::seeds-1/a" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.',
    });
    expect(sandbox.fail('s3:PutBucketAcl', { Bucket, ACL: 'authenticated-read' }).code).toBe('AccessDenied');
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'b', ACL: 'public-read' }).code).toBe('AccessDenied');
    sandbox.call('s3:PutObjectAcl', { Bucket, Key: 'a', ACL: 'private' });
  });

  it('grants to another account, and to a document’s grantees', () => {
    withAcls();
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, partnerRoot).code).toBe('AccessDenied');
    sandbox.call('s3:PutObjectAcl', { Bucket, Key: 'a', GrantRead: `id="${partner}"` });
    expect(sandbox.read({ Bucket, Key: 'a' }, partnerRoot)).toBe('tomato');
    const AccessControlPolicy = {
      Owner: { ID: owner },
      Grants: [{ Grantee: { Type: 'CanonicalUser', ID: partner }, Permission: 'READ_ACP' }],
    };
    sandbox.call('s3:PutObjectAcl', { Bucket, Key: 'a', AccessControlPolicy });
    expect(sandbox.call('s3:GetObjectAcl', { Bucket, Key: 'a' }, partnerRoot).Grants).toHaveLength(1);
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, partnerRoot).code).toBe('AccessDenied');
  });

  it('leaves what another account uploads to that account', () => {
    withAcls();
    const everything = allow('s3:*', [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`], {
      Principal: { AWS: partnerId },
    });
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy: policy(everything) });
    sandbox.call('s3:PutObject', { Bucket, Key: 'theirs', Body: text('x') }, partnerRoot);
    expect(sandbox.call('s3:GetObjectAcl', { Bucket, Key: 'theirs' }, partnerRoot).Owner.ID).toBe(partner);
    expect(sandbox.read({ Bucket, Key: 'theirs' }, partnerRoot)).toBe('x');
    const refused = { code: 'AccessDenied', message: 'Access Denied' };
    for (const call of ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging']) {
      expect(sandbox.fail(call, { Bucket, Key: 'theirs' })).toMatchObject(refused);
    }
    expect(sandbox.fail('s3:PutObjectAcl', { Bucket, Key: 'theirs', ACL: 'private' }).code).toBe('AccessDenied');
    sandbox.call('s3:PutObject', { Bucket, Key: 'theirs', ACL: 'private', Tagging: 'a=b' });
    sandbox.call('s3:GetObject', { Bucket, Key: 'theirs' });
    sandbox.call('s3:PutObject', { Bucket, Key: 'theirs' }, partnerRoot);
    sandbox.call('s3:DeleteObject', { Bucket, Key: 'theirs' });
    sandbox.call('s3:PutObject', { Bucket, Key: 'given', ACL: 'bucket-owner-full-control' }, partnerRoot);
    expect(sandbox.call('s3:GetObjectAcl', { Bucket, Key: 'given' }).Owner.ID).toBe(partner);
    const bea = sandbox.user('Bea', allow('s3:GetObject'));
    const max = sandbox.user('Max');
    sandbox.call('s3:GetObject', { Bucket, Key: 'given' }, bea);
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'given' }, max).code).toBe('AccessDenied');
    const nobody = { ...allow('s3:GetObject', `arn:aws:s3:::${Bucket}/*`), Effect: 'Deny', Principal: '*' };
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy: policy(everything, nobody) });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'given' }, bea).code).toBe('AccessDenied');
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy: policy(everything) });
    expect(sandbox.call('s3:GetObjectAcl', { Bucket, Key: 'given' }, partnerRoot).Grants).toHaveLength(2);
  });

  it('refuses ACLs that are none', () => {
    withAcls();
    const code = (more: object) => sandbox.fail('s3:PutObjectAcl', { Bucket, Key: 'a', ...more }).code;
    expect(code({})).toBe('MissingSecurityHeader');
    expect(code({ ACL: 'everything' })).toBe('InvalidArgument');
    expect(code({ ACL: 'private', GrantRead: `id="${partner}"` })).toBe('InvalidRequest');
    expect(code({ GrantRead: 'id="0123"' })).toBe('InvalidArgument');
    expect(code({ GrantRead: 'uri="http://example.com"' })).toBe('InvalidArgument');
    expect(code({ GrantRead: 'nonsense' })).toBe('InvalidArgument');
    expect(code({ AccessControlPolicy: { Grants: [] } })).toBe('MalformedXML');
    expect(code({ AccessControlPolicy: { Owner: { ID: partner }, Grants: [] } })).toBe('AccessDenied');
  });

  it('asks for PutObjectAcl where a write sets one', () => {
    withAcls();
    const on = `arn:aws:s3:::${Bucket}/b`;
    const input = { Bucket, Key: 'b', ACL: 'private', Tagging: 'team=web' };
    expect(sandbox.asked('s3:PutObject', input)).toEqual([
      `s3:PutObject ${on}`,
      `s3:PutObjectAcl ${on}`,
      `s3:PutObjectTagging ${on}`,
    ]);
    expect(sandbox.context('s3:PutObject', input)).toEqual({
      's3:ResourceAccount': '111122223333',
      's3:ObjectCreationOperation': 'true',
      's3:x-amz-acl': 'private',
      's3:RequestObjectTag/team': 'web',
      's3:RequestObjectTagKeys': ['team'],
    });
  });
});
