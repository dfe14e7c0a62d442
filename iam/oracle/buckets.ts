/**
 * What S3 has beside bucket policies (Amazon S3 User Guide, Access control list overview; Controlling ownership of objects; Blocking
 * public access; How Amazon S3 authorizes a request).
 */
import type { AclGrant, AnyRequest, ApplicablePolicies } from '../model.ts';
import { keyValue } from './keys.ts';
import type { Naming } from './naming.ts';
import { isPublic } from './public-policy.ts';

/** The permissions of a list, by what each is about: the mapping of ACL permissions to actions. */
const MEANING: Readonly<Record<'bucket' | 'object', Readonly<Record<string, readonly string[]>>>> = {
  bucket: {
    READ: ['ListBucket', 'ListBucketVersions', 'ListBucketMultipartUploads'],
    WRITE: ['PutObject'],
    READ_ACP: ['GetBucketAcl'],
    WRITE_ACP: ['PutBucketAcl'],
  },
  object: {
    READ: ['GetObject', 'GetObjectVersion'],
    WRITE: [],
    READ_ACP: ['GetObjectAcl', 'GetObjectVersionAcl'],
    WRITE_ACP: ['PutObjectAcl', 'PutObjectVersionAcl'],
  },
};

/** What may be done to an object by its owner alone, whoever has the bucket. Writing and deleting are the bucket's. */
const OF_THE_OBJECT = ['', 'version'].flatMap((version) => [
  `s3:getobject${version}`,
  ...['get', 'put'].map((verb) => `s3:${verb}object${version}acl`),
  ...['get', 'put', 'delete'].map((verb) => `s3:${verb}object${version}tagging`),
]);

/** The account whose property is asked for: of an object that another account uploaded, and still owns, that account. */
export function propertyOf({ action, resource, resourceAccountId }: AnyRequest, { acl }: ApplicablePolicies): string {
  if (acl === undefined || acl.ownership === 'BucketOwnerEnforced') return resourceAccountId;
  const isObject = resource.startsWith('arn:aws:s3:::') && resource.includes('/');
  if (!isObject || !OF_THE_OBJECT.includes(action.toLowerCase())) return resourceAccountId;
  return acl.objectOwnerAccountId ?? resourceAccountId;
}

/** Whether RestrictPublicBuckets shuts the caller out: from a public policy, all but services and the owner's own account. */
export function isShutOut({ caller, resourceAccountId }: AnyRequest, policies: ApplicablePolicies): boolean {
  const { publicAccessBlocks = [], resource } = policies;
  const isRestricted = publicAccessBlocks.some(({ restrictPublicBuckets }) => restrictPublicBuckets);
  if (!isRestricted || resource === undefined || caller.kind === 'service') return false;
  const isOwners = 'accountId' in caller && caller.accountId === resourceAccountId;
  return !isOwners && isPublic(resource.policy);
}

/** How the access control lists give the caller what it asks for, for each grant that does. */
export function listed(request: AnyRequest, { acl, publicAccessBlocks = [] }: ApplicablePolicies): readonly Naming[] {
  if (acl === undefined || acl.ownership === 'BucketOwnerEnforced') return [];
  const areIgnored = publicAccessBlocks.some(({ ignorePublicAcls }) => ignorePublicAcls);
  return (['bucket', 'object'] as const).flatMap((on) =>
    (acl[on] ?? [])
      .filter(({ grantee }) => !areIgnored || grantee.kind === 'account')
      .filter(({ permission }) => means(on, permission, request.action))
      .flatMap(({ grantee }) => {
        const naming = namingOf(grantee, request);
        return naming === undefined ? [] : [naming];
      }),
  );
}

function means(on: 'bucket' | 'object', permission: string, action: string): boolean {
  const names = permission === 'FULL_CONTROL' ? Object.values(MEANING[on]).flat() : (MEANING[on][permission] ?? []);
  return names.some((name) => `s3:${name}`.toLowerCase() === action.toLowerCase());
}

/** Authenticated is who is of an account, by the key that says so. */
function namingOf(grantee: AclGrant['grantee'], request: AnyRequest): Naming | undefined {
  const { caller } = request;
  if (grantee.kind === 'all-users') return 'everyone';
  if (grantee.kind === 'account') {
    return 'accountId' in caller && grantee.accountId === caller.accountId ? 'account' : undefined;
  }
  const accounts = [keyValue(request, 'aws:PrincipalAccount') ?? []].flat();
  return accounts.some((account) => account !== '') ? 'everyone' : undefined;
}
