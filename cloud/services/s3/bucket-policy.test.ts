import { beforeEach, describe, expect, it } from 'vitest';
import { allow, anonymous, deny, partnerId, partnerRoot, policy, root, Sandbox, text } from '../../testing/sandbox.ts';
import { canonicalUserId } from './canonical-user.ts';

const Bucket = 'seeds-1';
const bucket = `arn:aws:s3:::${Bucket}`;
const objects = `${bucket}/*`;
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
  sandbox.call('s3:PutObject', { Bucket, Key: 'a', Body: text('tomato') });
});

const put = (Policy: string, caller = root) => sandbox.call('s3:PutBucketPolicy', { Bucket, Policy }, caller);
const refused = (Policy: string) => {
  const { code, message } = sandbox.fail('s3:PutBucketPolicy', { Bucket, Policy });
  return `${code}: ${message}`;
};
const toAccount = { Principal: { AWS: partnerId } };

describe('PutBucketPolicy', () => {
  it('lets the policy speak from then on', () => {
    const bea = sandbox.user('Bea');
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, bea).code).toBe('AccessDenied');
    put(policy(allow('s3:GetObject', objects, { Principal: { AWS: 'arn:aws:iam::111122223333:user/Bea' } })));
    expect(sandbox.read({ Bucket, Key: 'a' }, bea)).toBe('tomato');
    put(policy(deny('s3:GetObject', objects, { Principal: '*' })));
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, bea).message).toContain(
      'with an explicit deny in a resource-based policy',
    );
  });

  it('gives the policy back without its white space, and says where there is none', () => {
    expect(sandbox.fail('s3:GetBucketPolicy', { Bucket })).toMatchObject({
      code: 'NoSuchBucketPolicy',
      status: 404,
      message: 'The bucket policy does not exist',
      details: { BucketName: Bucket },
    });
    const document = { Version: '2012-10-17', Statement: [{ Sid: 'S', ...allow('s3:GetObject', objects, toAccount) }] };
    put(JSON.stringify(document, null, 4));
    const { Policy } = sandbox.call('s3:GetBucketPolicy', { Bucket });
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Sid: 'S', Action: 's3:GetObject' }] });
    expect(Policy).not.toContain('\n');
    sandbox.call('s3:DeleteBucketPolicy', { Bucket });
    sandbox.call('s3:DeleteBucketPolicy', { Bucket });
    expect(sandbox.fail('s3:GetBucketPolicyStatus', { Bucket }).code).toBe('NoSuchBucketPolicy');
  });

  it('trusts whoever is named, not a successor of the same name', () => {
    const arn = 'arn:aws:iam::111122223333:user/Bea';
    const bea = sandbox.user('Bea');
    put(policy(allow('s3:GetObject', objects, { Principal: { AWS: arn } })));
    expect(sandbox.call('s3:GetBucketPolicy', { Bucket }).Policy).toContain(arn);
    sandbox.call('iam:DeleteUser', { UserName: 'Bea' });
    expect(sandbox.call('s3:GetBucketPolicy', { Bucket }).Policy).toMatch(/"AIDA[A-Z2-7]{17}"/);
    const successor = sandbox.user('Bea');
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, successor).code).toBe('AccessDenied');
    expect(bea).not.toEqual(successor);
  });

  it.each([
    ['no JSON', 'Policies', "MalformedPolicy: Policies must be valid JSON and the first byte must be '{'"],
    ['broken JSON', '{"Version":', 'MalformedPolicy: This policy contains invalid Json'],
    ['nothing', '', 'MissingRequestBodyError: Request Body is empty'],
    [
      'another bucket',
      policy(allow('s3:GetObject', 'arn:aws:s3:::other/*', toAccount)),
      'MalformedPolicy: Policy has invalid resource',
    ],
    [
      'a longer name',
      policy(allow('s3:GetObject', 'arn:aws:s3:::seeds-10/*', toAccount)),
      'MalformedPolicy: Policy has invalid resource',
    ],
    [
      'another service',
      policy(allow('sqs:SendMessage', objects, toAccount)),
      'MalformedPolicy: Policy has invalid action',
    ],
    [
      'no action of S3',
      policy(allow('s3:GetObjekt', objects, toAccount)),
      'MalformedPolicy: Policy has invalid action',
    ],
    [
      'an action of objects on the bucket',
      policy(allow('s3:GetObject', bucket, toAccount)),
      'MalformedPolicy: Action does not apply to any resource(s) in statement',
    ],
    [
      'an action of buckets on objects',
      policy(allow(['s3:GetObject', 's3:ListBucket'], objects, toAccount)),
      'MalformedPolicy: Action does not apply to any resource(s) in statement',
    ],
    [
      'nobody',
      policy(allow('s3:GetObject', objects, { Principal: { AWS: 'arn:aws:iam::111122223333:user/Nobody' } })),
      'MalformedPolicy: Invalid principal in policy',
    ],
    [
      'too long',
      policy({ Sid: 'x'.repeat(21_000), ...allow('s3:GetObject', objects, toAccount) }),
      'MalformedPolicy: Policy exceeds the maximum allowed document size.',
    ],
  ])('refuses %s', (_what, Policy, expected) => {
    expect(refused(Policy)).toBe(expected);
    expect(sandbox.fail('s3:GetBucketPolicy', { Bucket }).code).toBe('NoSuchBucketPolicy');
  });

  const whenPrefix = { ...toAccount, Condition: { StringEquals: { 's3:prefix': 'a/' } } };

  it.each([
    [
      'a key that S3 has not',
      allow('s3:GetObject', objects, { ...toAccount, Condition: { StringEquals: { 's3:x-acl': 'private' } } }),
      'Policy has an invalid condition key',
    ],
    [
      'a key of nobody',
      allow('s3:GetObject', objects, { ...toAccount, Condition: { StringEquals: { prefix: 'a' } } }),
      'Policy has an invalid condition key',
    ],
    [
      'a key that one action does not know',
      allow(['s3:ListBucket', 's3:GetObject'], [bucket, objects], whenPrefix),
      'Conditions do not apply to combination of actions and resources in statement',
    ],
  ])('refuses %s', (_what, statement, message) => {
    expect(refused(policy(statement))).toBe(`MalformedPolicy: ${message}`);
  });

  it.each([
    policy(allow('s3:ListBucket', bucket, whenPrefix)),
    policy(allow('s3:*', [bucket, objects], whenPrefix)),
    policy(
      allow('s3:GetObject', objects, { ...toAccount, Condition: { StringEquals: { 's3:ExistingObjectTag/a': 'b' } } }),
    ),
    policy(
      deny('s3:PutObject', objects, {
        Principal: '*',
        Condition: { StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    ),
    policy(
      deny('s3:*', [bucket, objects], {
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' }, NumericLessThan: { 's3:TlsVersion': 1.2 } },
      }),
    ),
    policy(allow('s3:*', [bucket, objects], toAccount)),
    policy(allow(['s3:GetObject', 's3:ListBucket'], [bucket, objects], toAccount)),
    policy(allow('s3:Get*', objects, toAccount)),
    policy(allow('s3:*', `${bucket}*`, toAccount)),
    policy(deny('s3:GETOBJECT', objects, { Principal: '*' })),
  ])('takes %s', (Policy) => {
    put(Policy);
  });

  it('puts the account in for a canonical user', () => {
    const CanonicalUser = canonicalUserId(partnerId);
    put(policy(allow('s3:GetObject', objects, { Principal: { CanonicalUser } })));
    expect(sandbox.call('s3:GetBucketPolicy', { Bucket }).Policy).toContain(`arn:aws:iam::${partnerId}:root`);
    expect(sandbox.read({ Bucket, Key: 'a' }, partnerRoot)).toBe('tomato');
    expect(refused(policy(allow('s3:GetObject', objects, { Principal: { CanonicalUser: '0'.repeat(64) } })))).toBe(
      'MalformedPolicy: Invalid principal in policy',
    );
  });

  it('is for the bucket’s own account', () => {
    put(policy(allow('s3:*', [bucket, objects], toAccount)));
    expect(sandbox.fail('s3:GetBucketPolicy', { Bucket }, partnerRoot)).toMatchObject({
      code: 'MethodNotAllowed',
      status: 405,
    });
  });

  it('leaves the root user a way out of a policy that denies everything', () => {
    put(policy(deny('s3:*', [bucket, objects], { Principal: '*' })));
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }).code).toBe('AccessDenied');
    sandbox.call('s3:GetBucketPolicy', { Bucket });
    sandbox.call('s3:DeleteBucketPolicy', { Bucket });
    expect(sandbox.read({ Bucket, Key: 'a' })).toBe('tomato');
  });
});

describe('Block Public Access', () => {
  const open = policy(allow('s3:GetObject', objects, { Principal: '*' }));

  it('refuses a public policy, with AWS’s words', () => {
    expect(sandbox.fail('s3:PutBucketPolicy', { Bucket, Policy: open })).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:iam::111122223333:root is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::seeds-1" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    });
  });

  it('lets everybody in where it is off', () => {
    sandbox.call('s3:DeletePublicAccessBlock', { Bucket });
    expect(sandbox.fail('s3:GetPublicAccessBlock', { Bucket }).code).toBe('NoSuchPublicAccessBlockConfiguration');
    put(open);
    expect(sandbox.call('s3:GetBucketPolicyStatus', { Bucket })).toEqual({ PolicyStatus: { IsPublic: true } });
    expect(sandbox.read({ Bucket, Key: 'a' }, anonymous)).toBe('tomato');
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'b' }, anonymous)).toMatchObject({ message: 'Access Denied' });
  });

  it('cuts a public policy down where RestrictPublicBuckets is on', () => {
    sandbox.call('s3:DeletePublicAccessBlock', { Bucket });
    const partner = allow('s3:GetObject', objects, { Principal: { AWS: `arn:aws:iam::${partnerId}:root` } });
    put(policy(allow('s3:GetObject', objects, { Principal: '*' }), partner));
    const bea = sandbox.user('Bea');
    sandbox.read({ Bucket, Key: 'a' }, partnerRoot);
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
    sandbox.call('s3:PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration });
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, anonymous).code).toBe('AccessDenied');
    expect(sandbox.fail('s3:GetObject', { Bucket, Key: 'a' }, partnerRoot).code).toBe('AccessDenied');
    expect(sandbox.read({ Bucket, Key: 'a' }, bea)).toBe('tomato');
    put(policy(partner));
    expect(sandbox.read({ Bucket, Key: 'a' }, partnerRoot)).toBe('tomato');
  });
});
