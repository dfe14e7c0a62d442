import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import {
  accountId,
  allow,
  anonymous,
  deny,
  partnerId,
  partnerRoot,
  policy,
  Sandbox,
  text,
} from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
const SSE = { ServerSideEncryption: 'aws:kms' };
const objects = `arn:aws:s3:::${Bucket}/*`;
let sandbox: Sandbox;
let SSEKMSKeyId: string;
let bea: AnyCaller;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
  SSEKMSKeyId = sandbox.call('kms:CreateKey', {}).KeyMetadata.Arn;
  bea = sandbox.user('bea', allow(['s3:*'], ['arn:aws:s3:::*', objects]));
});

/** Gives bea what she may do with the key, under conditions. */
const letUse = (action: string | readonly string[], Condition: object = {}) =>
  sandbox.call('iam:PutUserPolicy', {
    UserName: 'bea',
    PolicyName: 'key',
    PolicyDocument: policy(allow(action, SSEKMSKeyId, { Condition })),
  });
const sealed = (Key = 'a', more: object = {}) => ({ Bucket, Key, Body: text('tomato'), ...SSE, SSEKMSKeyId, ...more });
const byKey = (more: object = {}) => ({
  Bucket,
  ServerSideEncryptionConfiguration: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: SSEKMSKeyId }, ...more }],
  },
});

describe('an object under a customer’s key', () => {
  it('needs a data key to be written, and decryption to be read', () => {
    const wording = (action: string) =>
      `User: arn:aws:iam::${accountId}:user/bea is not authorized to perform: kms:${action} on resource: ${SSEKMSKeyId} because no identity-based policy allows the kms:${action} action`;
    expect(sandbox.fail('s3:PutObject', sealed(), bea)).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: wording('GenerateDataKey'),
    });
    letUse('kms:GenerateDataKey');
    const written = sandbox.call('s3:PutObject', sealed(), bea);
    expect(written).toMatchObject({ ...SSE, SSEKMSKeyId });
    expect(written.ETag).not.toContain('006f87892f47ef9aa60fa5ed01a440fb');
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, bea)).toMatchObject({
      code: 'AccessDenied',
      message: wording('Decrypt'),
    });
    letUse('kms:Decrypt');
    expect(sandbox.read({ Bucket, Key: 'a' }, bea)).toBe('tomato');
  });

  it('tells of itself without the key, but for its checksum', () => {
    sandbox.call('s3:PutObject', sealed());
    expect(sandbox.call('s3:HeadObject', { Bucket, Key: 'a' }, bea)).toMatchObject({ ...SSE, SSEKMSKeyId });
    const withChecksum = { Bucket, Key: 'a', ChecksumMode: 'ENABLED' };
    expect(sandbox.fail('s3:HeadObject', withChecksum, bea).code).toBe('AccessDenied');
    letUse('kms:Decrypt');
    sandbox.call('s3:HeadObject', withChecksum, bea);
  });

  it('is used through S3, under the object’s ARN or the bucket’s', () => {
    const through = (context: string) => ({
      StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': context },
    });
    letUse('kms:*', through(`arn:aws:s3:::${Bucket}/a`));
    sandbox.call('s3:PutObject', sealed(), bea);
    expect(sandbox.read({ Bucket, Key: 'a' }, bea)).toBe('tomato');
    expect(sandbox.fail('s3:PutObject', sealed('b'), bea).code).toBe('AccessDenied');
    expect(sandbox.fail('s3:PutObject', sealed('a', { BucketKeyEnabled: true }), bea).code).toBe('AccessDenied');
    letUse('kms:*', through(`arn:aws:s3:::${Bucket}`));
    expect(sandbox.call('s3:PutObject', sealed('b', { BucketKeyEnabled: true }), bea).BucketKeyEnabled).toBe(true);
    expect(sandbox.read({ Bucket, Key: 'b' }, bea)).toBe('tomato');
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, bea).code).toBe('AccessDenied');
    // Directly the key is not hers to use.
    expect(sandbox.fail('kms:GenerateDataKey', { KeyId: SSEKMSKeyId, KeySpec: 'AES_256' }, bea).code).toBe(
      'AccessDeniedException',
    );
  });

  it('takes a context of the request along', () => {
    const SSEKMSEncryptionContext = btoa('{"team":"web"}');
    letUse('kms:*', { StringEquals: { 'kms:EncryptionContext:team': 'web' } });
    expect(sandbox.fail('s3:PutObject', sealed(), bea).code).toBe('AccessDenied');
    sandbox.call('s3:PutObject', sealed('a', { SSEKMSEncryptionContext }), bea);
    expect(sandbox.read({ Bucket, Key: 'a' }, bea)).toBe('tomato');
    for (const wrong of ['?', btoa('[]'), btoa('{"a":1}'), btoa('no')]) {
      expect(sandbox.fail('s3:PutObject', sealed('a', { SSEKMSEncryptionContext: wrong })).code).toBe(
        'InvalidArgument',
      );
    }
  });

  it('is the bucket’s default, in force without a header', () => {
    sandbox.call('s3:PutBucketEncryption', byKey({ BucketKeyEnabled: true }));
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'a' }, bea).message).toContain('kms:GenerateDataKey');
    expect(sandbox.call('s3:PutObject', { Bucket, Key: 'a' })).toMatchObject({ SSEKMSKeyId, BucketKeyEnabled: true });
    expect(sandbox.call('s3:PutObject', { Bucket, Key: 'b', ServerSideEncryption: 'AES256' }, bea)).toMatchObject({
      ServerSideEncryption: 'AES256',
    });
    expect(sandbox.call('s3:PutObject', { Bucket, Key: 'c', ...SSE }).SSEKMSKeyId).toBe(SSEKMSKeyId);
    sandbox.call('s3:DeleteBucketEncryption', { Bucket });
    expect(sandbox.call('s3:PutObject', { Bucket, Key: 'a' }, bea).ServerSideEncryption).toBe('AES256');
  });

  it('is known to policies by the headers of the request', () => {
    const key = 's3:x-amz-server-side-encryption';
    sandbox.call('iam:PutUserPolicy', {
      UserName: 'bea',
      PolicyName: 'only-sealed',
      PolicyDocument: policy(
        deny('s3:PutObject', objects, { Condition: { StringNotEquals: { [key]: 'aws:kms' } } }),
        deny('s3:PutObject', objects, { Condition: { ArnNotEquals: { [`${key}-aws-kms-key-id`]: SSEKMSKeyId } } }),
        allow('kms:*'),
      ),
    });
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'a' }, bea).message).toContain('explicit deny');
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'a', ...SSE }, bea).message).toContain('explicit deny');
    sandbox.call('s3:PutObject', sealed(), bea);
  });

  it('gives KMS’s errors with a prefix, and changes nothing', () => {
    const error = (more: object) => sandbox.fail('s3:PutObject', sealed('x', more));
    expect(error({ SSEKMSKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' })).toMatchObject({
      code: 'KMS.NotFoundException',
      status: 400,
    });
    sandbox.call('kms:DisableKey', { KeyId: SSEKMSKeyId });
    expect(error({}).code).toBe('KMS.DisabledException');
    sandbox.call('kms:ScheduleKeyDeletion', { KeyId: SSEKMSKeyId });
    expect(error({}).code).toBe('KMS.KMSInvalidStateException');
    expect(error({ ServerSideEncryption: undefined }).code).toBe('InvalidArgument');
    expect(error({ ServerSideEncryption: 'AES256' }).code).toBe('InvalidArgument');
    expect(sandbox.fail('s3:HeadObject', { Bucket, Key: 'x' }).code).toBe('NoSuchKey');
  });
});

describe('copies and parts', () => {
  const copy = (more: object = {}) => ({ Bucket, Key: 'copy', CopySource: `${Bucket}/a`, ...more });

  it('a copy opens its source and is encrypted as asked', () => {
    sandbox.call('s3:PutObject', sealed());
    letUse('kms:GenerateDataKey');
    expect(sandbox.fail('s3:CopyObject', copy(), bea).message).toContain('kms:Decrypt');
    letUse('kms:Decrypt');
    expect(sandbox.call('s3:CopyObject', copy(), bea).ServerSideEncryption).toBe('AES256');
    expect(sandbox.fail('s3:CopyObject', copy({ ...SSE, SSEKMSKeyId }), bea).message).toContain('kms:GenerateDataKey');
    letUse(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(sandbox.call('s3:CopyObject', copy({ ...SSE, SSEKMSKeyId }), bea).SSEKMSKeyId).toBe(SSEKMSKeyId);
  });

  it('a copy opens its source where that is', () => {
    sandbox.region = 'eu-west-1';
    const KeyId = sandbox.call('kms:CreateKey', {}).KeyMetadata.Arn;
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' };
    sandbox.call('s3:CreateBucket', { Bucket: 'far-1', CreateBucketConfiguration });
    sandbox.call('s3:PutObject', { ...sealed(), Bucket: 'far-1', SSEKMSKeyId: KeyId });
    sandbox.region = 'us-east-1';
    sandbox.call('s3:CopyObject', { ...copy(), CopySource: 'far-1/a' });
    expect(sandbox.read({ Bucket, Key: 'copy' })).toBe('tomato');
  });

  it('an upload in parts needs both, and its object is under the key', () => {
    letUse('kms:GenerateDataKey');
    const { UploadId, ...begun } = sandbox.call(
      's3:CreateMultipartUpload',
      { Bucket, Key: 'm', ...SSE, SSEKMSKeyId },
      bea,
    );
    expect(begun.SSEKMSKeyId).toBe(SSEKMSKeyId);
    const part = { Bucket, Key: 'm', UploadId, PartNumber: 1, Body: text('pepper') };
    expect(sandbox.fail('s3:UploadPart', part, bea).message).toContain('kms:Decrypt');
    letUse(['kms:Decrypt', 'kms:GenerateDataKey']);
    const { ETag } = sandbox.call('s3:UploadPart', part, bea);
    const done = { Bucket, Key: 'm', UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } };
    expect(sandbox.call('s3:CompleteMultipartUpload', done, bea).SSEKMSKeyId).toBe(SSEKMSKeyId);
    expect(sandbox.read({ Bucket, Key: 'm' }, bea)).toBe('pepper');
    letUse('kms:DescribeKey');
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'm' }, bea).message).toContain('kms:Decrypt');
  });
});

describe('S3’s managed key', () => {
  const everyone = policy(allow(['s3:GetObject', 's3:PutObject'], objects, { Principal: { AWS: partnerId } }));

  it('is everybody’s in the account, and nobody else’s', () => {
    const written = sandbox.call('s3:PutObject', { Bucket, Key: 'a', Body: text('leek'), ...SSE }, bea);
    const { KeyMetadata } = sandbox.call('kms:DescribeKey', { KeyId: 'alias/aws/s3' });
    expect([written.SSEKMSKeyId, KeyMetadata.KeyManager]).toEqual([KeyMetadata.Arn, 'AWS']);
    expect(sandbox.read({ Bucket, Key: 'a' }, bea)).toBe('leek');
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy: everyone });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, partnerRoot).code).toBe('AccessDenied');
  });

  it('opens nothing to the public that is under a key', () => {
    sandbox.call('s3:DeletePublicAccessBlock', { Bucket });
    sandbox.call('s3:PutBucketPolicy', { Bucket, Policy: policy(allow('s3:*', objects, { Principal: '*' })) });
    sandbox.call('s3:PutObject', { Bucket, Key: 'managed', ...SSE });
    sandbox.call('s3:PutObject', sealed('customer'));
    for (const Key of ['managed', 'customer']) {
      expect(sandbox.fail('s3:GetObject', { Bucket, Key }, anonymous).code).toBe('AccessDenied');
    }
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'x', ...SSE }, anonymous).code).toBe('AccessDenied');
  });
});
