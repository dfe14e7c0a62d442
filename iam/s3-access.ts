/**
 * What S3 has beside its bucket policies: access control lists and Block Public Access.
 * Follows the Amazon S3 User Guide, "Access control list (ACL) overview", "Blocking public access to your Amazon S3 storage" and
 * "Controlling ownership of objects".
 */
import type { AccessControl, AclGrant, AnyRequest, ApplicablePolicies, AttachedPolicy } from './model.ts';
import type { ConditionClause, Policy, PrincipalElement, Statement } from './policy.ts';
import { isPublicPolicy } from './public-policy.ts';

/** What each permission of an ACL means, on a bucket and on an object. `FULL_CONTROL` is all of them. */
const ACL_ACTIONS: Readonly<Record<'bucket' | 'object', Readonly<Record<string, readonly string[]>>>> = {
  bucket: {
    READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
    WRITE: ['s3:PutObject'],
    READ_ACP: ['s3:GetBucketAcl'],
    WRITE_ACP: ['s3:PutBucketAcl'],
  },
  object: {
    READ: ['s3:GetObject', 's3:GetObjectVersion'],
    READ_ACP: ['s3:GetObjectAcl', 's3:GetObjectVersionAcl'],
    WRITE_ACP: ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'],
  },
};

/** The actions of one ACL permission on a bucket or an object. */
function aclActions(on: 'bucket' | 'object', permission: string): readonly string[] {
  const actions = ACL_ACTIONS[on];
  return permission === 'FULL_CONTROL' ? Object.values(actions).flat() : (actions[permission] ?? []);
}

/** What is the owner's of an object to give. Writing and deleting objects is for the bucket to give, whoever owns them. */
export const OF_OBJECTS: readonly string[] = ['Object', 'ObjectVersion'].flatMap((object) => [
  `Get${object}`,
  ...['Get', 'Put'].map((verb) => `${verb}${object}Acl`),
  ...['Get', 'Put', 'Delete'].map((verb) => `${verb}${object}Tagging`),
]);
const ofObjects: ReadonlySet<string> = new Set(OF_OBJECTS.map((name) => `s3:${name.toLowerCase()}`));

/** Whether what is done to an object, `s3:GetObject`, is for the object's owner to allow. */
export function isOfObjects(action: string): boolean {
  return ofObjects.has(action.toLowerCase());
}

/** The account that owns the objects, where that may be another than their bucket's owner. */
export function objectOwner(acl: AccessControl | undefined): string | undefined {
  return acl?.ownership === 'BucketOwnerEnforced' ? undefined : acl?.objectOwnerAccountId;
}

/** The account that the object or bucket asked for belongs to: an object's may be another than its bucket's. */
export function ownerOf({ action, resource, resourceAccountId }: AnyRequest, { acl }: ApplicablePolicies): string {
  const owner = objectOwner(acl);
  const isObject = owner !== undefined && resource.startsWith('arn:aws:s3:::') && resource.includes('/');
  return isObject && isOfObjects(action) ? owner : resourceAccountId;
}

const publicPolicies = new WeakMap<Policy, boolean>();

/**
 * Whether RestrictPublicBuckets cuts off what the bucket's policy allows this caller: all of it, where the policy is public, for
 * everybody but AWS services and the owner's own account.
 */
export function isCutOff({ caller, resourceAccountId }: AnyRequest, policies: ApplicablePolicies): boolean {
  const { publicAccessBlocks, resource } = policies;
  if (resource === undefined || !publicAccessBlocks?.some((block) => block.restrictPublicBuckets)) return false;
  if (caller.kind === 'service') return false;
  if ('accountId' in caller && caller.accountId === resourceAccountId) return false;
  const known = publicPolicies.get(resource.policy) ?? isPublicPolicy(resource.policy);
  publicPolicies.set(resource.policy, known);
  return known;
}

const aclPolicies = new WeakMap<AccessControl, { readonly whole: AttachedPolicy; readonly private: AttachedPolicy }>();

/** The access control lists as a policy of layer `acl`; undefined where they are off. */
export function aclPolicy({ acl, publicAccessBlocks }: ApplicablePolicies): AttachedPolicy | undefined {
  if (acl === undefined || acl.ownership === 'BucketOwnerEnforced') return undefined;
  let known = aclPolicies.get(acl);
  if (known === undefined) {
    known = { whole: policyOf(acl, () => true), private: policyOf(acl, ({ grantee }) => grantee.kind === 'account') };
    aclPolicies.set(acl, known);
  }
  return publicAccessBlocks?.some((block) => block.ignorePublicAcls) ? known.private : known.whole;
}

function policyOf(acl: AccessControl, counts: (grant: AclGrant) => boolean): AttachedPolicy {
  const statements = (['bucket', 'object'] as const).flatMap((on) =>
    (acl[on] ?? []).filter(counts).map((grant) => statementOf(on, grant)),
  );
  const policy: Policy = { version: '2012-10-17', statements };
  return { layer: 'acl', name: 'ACL', kind: 'resource', attachedTo: 'access control list', policy };
}

function statementOf(on: 'bucket' | 'object', { grantee, permission }: AclGrant): Statement {
  return {
    sid: `${on} ${permission}`,
    effect: 'Allow',
    principal: principalOf(grantee),
    action: { not: false, values: aclActions(on, permission) },
    resource: { not: false, values: ['*'] },
    conditions: grantee.kind === 'authenticated-users' ? [OF_AN_ACCOUNT] : [],
  };
}

function principalOf(grantee: AclGrant['grantee']): PrincipalElement {
  const isAccount = grantee.kind === 'account';
  const aws = isAccount ? [grantee.accountId] : [];
  return { not: false, everyone: !isAccount, aws, service: [], federated: [], canonicalUser: [] };
}

/** The group of authenticated users is every AWS account: neither anonymous callers nor AWS's services. */
const OF_AN_ACCOUNT: ConditionClause = {
  operator: 'Null',
  ifExists: false,
  key: 'aws:PrincipalAccount',
  values: ['false'],
};
