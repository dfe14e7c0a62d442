/**
 * What the policy and the ACLs of a bucket say to one request: the bucket policy as Block Public Access leaves it, and
 * the grants of ACLs as statements (Amazon S3 User Guide, "Blocking public access", "Access control list overview").
 */
import type { AccessRequest, Caller } from '../../../iam/model.ts';
import type { Policy, PrincipalElement, Statement } from '../../../iam/policy.ts';
import { isPublicPolicy } from '../../../iam/public-policy.ts';
import { aclActions } from '../../../iam/s3-access.ts';
import { own } from '../../own.ts';
import { stateKey } from '../../state-key.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { allUsers, authenticatedUsers } from './acl.ts';
import { canonicalUserId, canonicalUserOf } from './canonical-user.ts';
import type { BucketState, GrantState, ObjectVersionState } from './state.ts';

/** The statements that can speak about a request on a bucket or an object in it; undefined where there are none. */
export function policyInForce(
  bucket: BucketState,
  bucketAccountId: string,
  request: AccessRequest,
): Policy | undefined {
  const stored = bucket.policy === undefined ? undefined : readStoredPolicy(bucket.policy, 'resource');
  const object = objectOf(bucket, request);
  const left = stored && restricted(stored, bucket, bucketAccountId, object, request.caller);
  const granted = aclStatements(bucket, object, request);
  if (granted.length === 0) return left;
  return { version: left?.version ?? '2012-10-17', statements: [...(left?.statements ?? []), ...granted] };
}

function objectOf(bucket: BucketState, { resource, context }: AccessRequest): ObjectVersionState | undefined {
  const key = resource.slice(`arn:aws:s3:::${bucket.name}/`.length);
  const versions = own(bucket.objects, stateKey(key)) ?? [];
  const versionId = context['s3:versionid'];
  return versionId === undefined ? versions[0] : versions.find((version) => version.versionId === versionId);
}

const publicPolicies = new WeakMap<Policy, boolean>();
const denials = new WeakMap<Policy, Policy>();

function restricted(
  policy: Policy,
  bucket: BucketState,
  bucketAccountId: string,
  object: ObjectVersionState | undefined,
  caller: Caller,
): Policy {
  const outside = caller.kind !== 'service' && !('accountId' in caller && caller.accountId === bucketAccountId);
  const cutDown = outside && bucket.publicAccessBlock?.RestrictPublicBuckets === true && isPublic(policy);
  // The bucket's owner gives nothing away of an object that another account owns.
  const foreign =
    bucket.ownership !== 'BucketOwnerEnforced' &&
    object !== undefined &&
    object.ownerId !== canonicalUserId(bucketAccountId);
  return cutDown || foreign ? denialsOf(policy) : policy;
}

function isPublic(policy: Policy): boolean {
  const known = publicPolicies.get(policy) ?? isPublicPolicy(policy);
  publicPolicies.set(policy, known);
  return known;
}

function denialsOf(policy: Policy): Policy {
  const known = denials.get(policy) ?? {
    ...policy,
    statements: policy.statements.filter(({ effect }) => effect === 'Deny'),
  };
  denials.set(policy, known);
  return known;
}

function aclStatements(
  bucket: BucketState,
  object: ObjectVersionState | undefined,
  { caller, resourceAccountId }: AccessRequest,
): readonly Statement[] {
  if (bucket.ownership === 'BucketOwnerEnforced') return [];
  const objectGrants = object && [...(object.acl ?? [ownersGrant(object.ownerId)])];
  return [
    ...statementsOf(bucket.acl ?? [], 'bucket', [`arn:aws:s3:::${bucket.name}`, `arn:aws:s3:::${bucket.name}/*`]),
    ...statementsOf(objectGrants ?? [], 'object', [`arn:aws:s3:::${bucket.name}/*`]),
  ];

  function statementsOf(
    grants: readonly GrantState[],
    on: 'bucket' | 'object',
    resources: readonly string[],
  ): readonly Statement[] {
    return grants.flatMap((grant) => {
      const principal = principalOf(grant, bucket, resourceAccountId, caller);
      const actions = aclActions(on, grant.permission);
      if (principal === undefined || actions.length === 0) return [];
      return [
        {
          sid: `ACL: ${grant.permission}`,
          effect: 'Allow' as const,
          principal,
          action: { not: false, values: actions },
          resource: { not: false, values: resources },
          conditions: [],
        },
      ];
    });
  }
}

function ownersGrant(ownerId: string): GrantState {
  return { grantee: { type: 'CanonicalUser', id: ownerId }, permission: 'FULL_CONTROL' };
}

const nobody: PrincipalElement = {
  not: false,
  everyone: false,
  aws: [],
  service: [],
  federated: [],
  canonicalUser: [],
};

/** Whom a grant means, as far as this caller goes. The owner's own account has its identity policies. */
function principalOf(
  { grantee }: GrantState,
  bucket: BucketState,
  ownerAccountId: string,
  caller: Caller,
): PrincipalElement | undefined {
  if (grantee.type === 'CanonicalUser') {
    const means = grantee.id === canonicalUserOf(caller) && grantee.id !== canonicalUserId(ownerAccountId);
    return means && 'accountId' in caller ? { ...nobody, aws: [`arn:aws:iam::${caller.accountId}:root`] } : undefined;
  }
  if (bucket.publicAccessBlock?.IgnorePublicAcls) return undefined;
  const means = grantee.uri === allUsers || (grantee.uri === authenticatedUsers && caller.kind !== 'anonymous');
  return means ? { ...nobody, everyone: true } : undefined;
}
