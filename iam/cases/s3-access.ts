/** S3 Block Public Access and access control lists. */
import type { AccessControl, AclGrant, PublicAccessBlock } from '../model.ts';
import type { DecisionCase } from './case.ts';
import { allow, anonymous, BUCKET, bea, deny, grant, lambda, OBJECT, OTHER, OWN, root, stranger } from './people.ts';

const BPA = 'Amazon S3: Blocking public access to your Amazon S3 storage';
const ACL = 'Amazon S3: Access control list (ACL) overview';
const OWNERSHIP = 'Amazon S3: Controlling ownership of objects and disabling ACLs for your bucket';

const get = { action: 's3:GetObject', resource: OBJECT, owner: OWN };
const readAll = [[allow('s3:Get*')]];
const open: PublicAccessBlock = { ignorePublicAcls: false, restrictPublicBuckets: false };
const restricted = { publicAccessBlocks: [open, { ...open, restrictPublicBuckets: true }] };
const publicToo = [grant('*', 's3:ListBucket'), grant({ AWS: OTHER }, 's3:GetObject')];
const byAcl = { verdict: 'allowed', layer: 'acl' } as const;
const cut = { verdict: 'implicitly-denied', layer: 'block-public-access', because: 'Block Public Access' } as const;
const silent = { verdict: 'implicitly-denied', layer: 'resource' } as const;
const documented = 'documented' as const;

function objectAcl(grantee: AclGrant['grantee'], more: Partial<AccessControl> = {}): { acl: AccessControl } {
  return { acl: { ownership: 'ObjectWriter', bucket: [], object: [{ grantee, permission: 'READ' }], ...more } };
}
const everybody = { kind: 'all-users' } as const;

export const s3AccessCases: readonly DecisionCase[] = [
  {
    rule: 22,
    name: 'RestrictPublicBuckets cuts off other accounts, in statements that are not public too',
    source: BPA,
    given: { caller: stranger, ...get, identity: readAll, resourcePolicy: publicToo, ...restricted },
    expect: cut,
    basis: documented,
  },
  {
    rule: 22,
    name: 'without a public statement it cuts off nobody',
    source: BPA,
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      resourcePolicy: [grant({ AWS: OTHER }, 's3:GetObject')],
      ...restricted,
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 22,
    name: 'it cuts off anonymous callers',
    source: BPA,
    given: { caller: anonymous, ...get, resourcePolicy: [grant('*', 's3:GetObject')], ...restricted },
    expect: cut,
    basis: documented,
  },
  {
    rule: 22,
    name: "it leaves the principals of the owner's account in",
    source: BPA,
    given: { caller: bea, ...get, resourcePolicy: [grant('*', 's3:GetObject')], ...restricted },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 22,
    name: 'it leaves AWS services in',
    source: BPA,
    given: {
      caller: lambda,
      ...get,
      resourcePolicy: [grant('*', 's3:ListBucket'), grant({ Service: lambda.service }, 's3:GetObject')],
      ...restricted,
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 22,
    name: "a public policy's Deny still denies",
    source: BPA,
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      resourcePolicy: [...publicToo, { ...grant('*', 's3:GetObject'), Effect: 'Deny' }],
      ...restricted,
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 24,
    name: 'an ACL for all users lets anonymous callers in',
    source: ACL,
    given: { caller: anonymous, ...get, ...objectAcl(everybody) },
    expect: byAcl,
    basis: documented,
  },
  {
    rule: 24,
    name: 'an ACL for authenticated users does not let anonymous callers in',
    source: ACL,
    given: { caller: anonymous, ...get, ...objectAcl({ kind: 'authenticated-users' }) },
    expect: silent,
    basis: documented,
  },
  {
    rule: 24,
    name: 'nor services, which are of no account',
    source: ACL,
    given: { caller: lambda, ...get, ...objectAcl({ kind: 'authenticated-users' }) },
    expect: { ...silent, because: 'aws:PrincipalAccount is not in the request' },
    basis: documented,
  },
  {
    rule: 24,
    name: 'an ACL for authenticated users lets in whoever may by its own account',
    source: ACL,
    given: { caller: stranger, ...get, identity: readAll, ...objectAcl({ kind: 'authenticated-users' }) },
    expect: byAcl,
    basis: documented,
  },
  {
    rule: 24,
    name: 'READ of an object is not READ_ACP',
    source: ACL,
    given: { caller: anonymous, ...get, action: 's3:GetObjectAcl', ...objectAcl(everybody) },
    expect: silent,
    basis: documented,
  },
  {
    rule: 24,
    name: 'READ of a bucket lists it and reads no object',
    source: ACL,
    given: {
      caller: anonymous,
      ...get,
      acl: { ownership: 'ObjectWriter', bucket: [{ grantee: everybody, permission: 'READ' }] },
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 24,
    name: 'FULL_CONTROL of a bucket is all that the others are',
    source: ACL,
    given: {
      caller: anonymous,
      ...get,
      action: 's3:ListBucket',
      resource: BUCKET,
      acl: { ownership: 'ObjectWriter', bucket: [{ grantee: everybody, permission: 'FULL_CONTROL' }] },
    },
    expect: byAcl,
    basis: documented,
  },
  {
    rule: 24,
    name: 'IgnorePublicAcls drops what ACLs give to everybody',
    source: BPA,
    given: {
      caller: anonymous,
      ...get,
      ...objectAcl(everybody),
      publicAccessBlocks: [{ ...open, ignorePublicAcls: true }],
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 24,
    name: 'IgnorePublicAcls leaves what ACLs give to accounts',
    source: BPA,
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      ...objectAcl({ kind: 'account', accountId: OTHER }),
      publicAccessBlocks: [{ ...open, ignorePublicAcls: true }],
    },
    expect: byAcl,
    basis: documented,
  },
  {
    rule: 24,
    name: 'an ACL for an account needs that account to allow',
    source: ACL,
    given: { caller: stranger, ...get, ...objectAcl({ kind: 'account', accountId: OTHER }) },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 24,
    name: 'under BucketOwnerEnforced ACLs are off',
    source: OWNERSHIP,
    given: { caller: anonymous, ...get, ...objectAcl(everybody, { ownership: 'BucketOwnerEnforced' }) },
    expect: silent,
    basis: documented,
  },
  {
    rule: 24,
    name: 'a Deny of the bucket policy wins over an ACL',
    source: 'Amazon S3: How Amazon S3 authorizes a request for an object operation',
    given: {
      caller: anonymous,
      ...get,
      ...objectAcl(everybody),
      resourcePolicy: [{ ...grant('*', 's3:GetObject'), Effect: 'Deny' }],
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 24,
    name: "the bucket policy gives away nothing of another account's object",
    source: OWNERSHIP,
    given: {
      caller: anonymous,
      ...get,
      resourcePolicy: [grant('*', 's3:GetObject')],
      acl: { ownership: 'ObjectWriter', bucket: [], objectOwnerAccountId: OTHER },
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 24,
    name: "the bucket's owner does not read another account's object either, not even its root user",
    source: OWNERSHIP,
    given: { caller: root, ...get, acl: { ownership: 'ObjectWriter', bucket: [], objectOwnerAccountId: OTHER } },
    expect: silent,
    basis: documented,
  },
  {
    rule: 24,
    name: "the bucket's owner deletes another account's object all the same",
    source: OWNERSHIP,
    given: {
      caller: bea,
      ...get,
      action: 's3:DeleteObject',
      identity: [[allow('s3:DeleteObject')]],
      acl: { ownership: 'ObjectWriter', bucket: [], objectOwnerAccountId: OTHER },
    },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 24,
    name: "an object's owner reads it by its own policies, in another's bucket",
    source: OWNERSHIP,
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      acl: { ownership: 'ObjectWriter', bucket: [], objectOwnerAccountId: OTHER },
    },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 24,
    name: 'a Deny of the caller wins over an ACL',
    source: 'Policy evaluation logic',
    given: { caller: bea, ...get, identity: [[deny('s3:*')]], ...objectAcl(everybody) },
    expect: { verdict: 'explicitly-denied', layer: 'identity' },
    basis: documented,
  },
];
