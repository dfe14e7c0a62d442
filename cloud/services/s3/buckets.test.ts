import { beforeEach, describe, expect, it } from 'vitest';
import { allow, anonymous, deny, partnerRoot, Sandbox } from '../../testing/sandbox.ts';
import { isBucketName } from './buckets-by-name.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

describe('names of buckets', () => {
  it.each(['abc', 'a1b', 'my.bucket-1', '1.2.3.4a', 'a'.repeat(63)])('takes %s', (name) => {
    expect(isBucketName(name)).toBe(true);
    sandbox.call('s3:CreateBucket', { Bucket: name });
    sandbox.call('s3:PutObject', { Bucket: name, Key: 'k' });
    expect(sandbox.call('s3:ListObjectsV2', { Bucket: name }).KeyCount).toBe(1);
  });

  it.each([
    'ab',
    'a'.repeat(64),
    'Upper',
    'under_score',
    '-a1',
    'a1-',
    'a..b',
    '192.168.5.4',
    'xn--abc',
    'sthree-abc',
    'amzn-s3-demo-abc',
    'abc-s3alias',
    'abc--ol-s3',
    'abc.mrap',
    'abc--x-s3',
    '__proto__',
  ])('refuses %s', (name) => {
    expect(sandbox.fail('s3:CreateBucket', { Bucket: name })).toMatchObject({
      code: 'InvalidBucketName',
      status: 400,
      details: { BucketName: name },
    });
  });
});

describe('CreateBucket', () => {
  it('makes a bucket as AWS does since 2023: public access blocked, ACLs off, encrypted', () => {
    expect(sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1' })).toMatchObject({ Location: '/seeds-1' });
    expect(sandbox.call('s3:GetPublicAccessBlock', { Bucket: 'seeds-1' })).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(sandbox.call('s3:GetBucketOwnershipControls', { Bucket: 'seeds-1' })).toEqual({
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(sandbox.call('s3:GetBucketEncryption', { Bucket: 'seeds-1' })).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    expect(sandbox.call('s3:GetBucketLocation', { Bucket: 'seeds-1' })).toEqual({});
    expect(sandbox.call('s3:GetBucketVersioning', { Bucket: 'seeds-1' })).toEqual({});
  });

  it('answers again in us-east-1, and keeps what is in the bucket', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1' });
    sandbox.call('s3:PutObject', { Bucket: 'seeds-1', Key: 'a' });
    sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1' });
    expect(sandbox.call('s3:ListObjectsV2', { Bucket: 'seeds-1' }).KeyCount).toBe(1);
  });

  it('refuses a name that is taken: by the caller outside us-east-1, by another account', () => {
    sandbox.region = 'eu-west-1';
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' };
    sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1', CreateBucketConfiguration });
    expect(sandbox.call('s3:GetBucketLocation', { Bucket: 'seeds-1' })).toEqual({ LocationConstraint: 'eu-west-1' });
    expect(sandbox.fail('s3:CreateBucket', { Bucket: 'seeds-1', CreateBucketConfiguration })).toMatchObject({
      code: 'BucketAlreadyOwnedByYou',
      status: 409,
    });
    expect(
      sandbox.fail('s3:CreateBucket', { Bucket: 'seeds-1', CreateBucketConfiguration }, partnerRoot),
    ).toMatchObject({
      code: 'BucketAlreadyExists',
      status: 409,
      details: { BucketName: 'seeds-1' },
    });
  });

  it('refuses a location that the endpoint is not in', () => {
    const create = (constraint?: string) =>
      sandbox.fail('s3:CreateBucket', {
        Bucket: 'seeds-1',
        ...(constraint !== undefined && { CreateBucketConfiguration: { LocationConstraint: constraint } }),
      });
    expect(create('eu-west-1')).toMatchObject({
      code: 'IllegalLocationConstraintException',
      message:
        'The eu-west-1 location constraint is incompatible for the region specific endpoint this request was sent to.',
    });
    expect(create('us-east-1').code).toBe('InvalidLocationConstraint');
    expect(create('nowhere-1').code).toBe('InvalidLocationConstraint');
    sandbox.region = 'eu-west-1';
    expect(create().message).toMatch(/^The unspecified location constraint is incompatible/);
  });

  it('answers a signature for another region with the bucket’s, services and unsigned requests excepted', () => {
    sandbox.region = 'eu-west-1';
    const Bucket = 'seeds-1';
    sandbox.call('s3:CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
    sandbox.call('s3:PutObject', { Bucket, Key: 'a' });
    sandbox.region = 'us-east-1';
    for (const operation of ['HeadBucket', 'ListObjectsV2', 'DeleteBucket', 'GetBucketPolicy']) {
      expect(sandbox.fail(`s3:${operation}`, { Bucket })).toMatchObject({
        code: 'AuthorizationHeaderMalformed',
        status: 400,
        message: "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
        details: { Region: 'eu-west-1', BucketRegion: 'eu-west-1' },
      });
    }
    expect(sandbox.call('s3:GetBucketLocation', { Bucket })).toEqual({ LocationConstraint: 'eu-west-1' });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, anonymous).code).toBe('AccessDenied');
    sandbox.call('s3:CreateBucket', { Bucket: 'copies-1' });
    sandbox.call('s3:CopyObject', { Bucket: 'copies-1', Key: 'a', CopySource: `${Bucket}/a` });
    expect(sandbox.fail('s3:CreateBucket', { Bucket }).code).toBe('BucketAlreadyOwnedByYou');
  });

  it('asks for the permissions of what the headers do', () => {
    const input = { Bucket: 'seeds-1', ACL: 'private', ObjectOwnership: 'ObjectWriter' };
    expect(sandbox.asked('s3:CreateBucket', input)).toEqual([
      's3:CreateBucket arn:aws:s3:::seeds-1',
      's3:PutBucketAcl arn:aws:s3:::seeds-1',
      's3:PutBucketOwnershipControls arn:aws:s3:::seeds-1',
    ]);
    expect(sandbox.context('s3:CreateBucket', { ...input, Bucket: 'seeds-2' })).toEqual({
      's3:ResourceAccount': '111122223333',
      's3:x-amz-acl': 'private',
      's3:x-amz-object-ownership': 'ObjectWriter',
    });
  });

  it('refuses ACLs that would open it up', () => {
    expect(sandbox.fail('s3:CreateBucket', { Bucket: 'seeds-1', ACL: 'public-read' }).code).toBe(
      'InvalidBucketAclWithObjectOwnership',
    );
    expect(
      sandbox.fail('s3:CreateBucket', { Bucket: 'seeds-1', ACL: 'public-read', ObjectOwnership: 'ObjectWriter' }).code,
    ).toBe('InvalidBucketAclWithBlockPublicAccessError');
  });
});

describe('finding and removing buckets', () => {
  it('tells a missing bucket from one that is denied', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1' });
    const nobody = sandbox.user('Nobody');
    expect(sandbox.fail('s3:HeadBucket', { Bucket: 'seeds-2' }, nobody)).toMatchObject({
      code: 'NoSuchBucket',
      status: 404,
      details: { BucketName: 'seeds-2' },
    });
    expect(sandbox.fail('s3:HeadBucket', { Bucket: 'seeds-1' }, nobody)).toMatchObject({
      code: 'AccessDenied',
      status: 403,
    });
    expect(sandbox.asked('s3:HeadBucket', { Bucket: 'seeds-1' })).toEqual(['s3:ListBucket arn:aws:s3:::seeds-1']);
  });

  it('gives the denial as S3 words it', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1' });
    const bea = sandbox.user('Bea', allow('s3:*'), deny('s3:DeleteBucket'));
    expect(sandbox.fail('s3:DeleteBucket', { Bucket: 'seeds-1' }, bea).message).toBe(
      'User: arn:aws:iam::111122223333:user/Bea is not authorized to perform: s3:DeleteBucket on resource: "arn:aws:s3:::seeds-1" with an explicit deny in an identity-based policy',
    );
  });

  it('checks the expected owner', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1' });
    expect(sandbox.fail('s3:HeadBucket', { Bucket: 'seeds-1', ExpectedBucketOwner: '444455556666' }).status).toBe(403);
    sandbox.call('s3:HeadBucket', { Bucket: 'seeds-1', ExpectedBucketOwner: '111122223333' });
  });

  it('removes only an empty bucket', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1' });
    sandbox.call('s3:PutObject', { Bucket: 'seeds-1', Key: 'a' });
    expect(sandbox.fail('s3:DeleteBucket', { Bucket: 'seeds-1' })).toMatchObject({
      code: 'BucketNotEmpty',
      status: 409,
      details: { BucketName: 'seeds-1' },
    });
    sandbox.call('s3:DeleteObject', { Bucket: 'seeds-1', Key: 'a' });
    sandbox.call('s3:DeleteBucket', { Bucket: 'seeds-1' });
    expect(sandbox.fail('s3:DeleteBucket', { Bucket: 'seeds-1' }).code).toBe('NoSuchBucket');
  });

  it('lists the account’s own buckets, by name and by page', () => {
    for (const Bucket of ['zinnia', 'aster', 'dahlia']) sandbox.call('s3:CreateBucket', { Bucket });
    sandbox.call('s3:CreateBucket', { Bucket: 'partners' }, partnerRoot);
    const names = (input: object) => {
      const { Buckets, ContinuationToken } = sandbox.call('s3:ListBuckets', input);
      return [Buckets.map((bucket: { Name: string }) => bucket.Name), ContinuationToken];
    };
    expect(names({})).toEqual([['aster', 'dahlia', 'zinnia'], undefined]);
    const [page, token] = names({ MaxBuckets: 2 });
    expect(page).toEqual(['aster', 'dahlia']);
    expect(names({ ContinuationToken: token })).toEqual([['zinnia'], undefined]);
    expect(names({ Prefix: 'd' })[0]).toEqual(['dahlia']);
    expect(sandbox.call('s3:ListBuckets', { Prefix: 'd' }).Buckets[0].BucketRegion).toBe('us-east-1');
    expect(sandbox.asked('s3:ListBuckets')).toEqual(['s3:ListAllMyBuckets arn:aws:s3:::*']);
    expect(sandbox.call('s3:ListBuckets').Owner.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(sandbox.fail('s3:ListBuckets', { ContinuationToken: 'x' }).code).toBe('InvalidArgument');
  });
});
