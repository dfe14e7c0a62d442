/** Access control lists of a line: as the engine takes them, or as Amazon S3 answers GetBucketAcl and GetObjectAcl. */
import type { AccessControl, AclGrant } from '../../iam/index.ts';
import type { DecideLine } from './schemas.ts';

const GROUPS: ReadonlyMap<string, AclGrant['grantee']> = new Map([
  ['http://acs.amazonaws.com/groups/global/AllUsers', { kind: 'all-users' }],
  ['http://acs.amazonaws.com/groups/global/AuthenticatedUsers', { kind: 'authenticated-users' }],
]);

/**
 * Reads `acl`. A list as S3 answers it is the one of the resource, where lists count. Whose account a canonical user is, such a list
 * does not tell: its grants are left out, and so is what S3's own log delivery gets.
 */
export function readAcl(acl: NonNullable<DecideLine['acl']>, resource: string): AccessControl {
  if ('ownership' in acl) return acl;
  const grants = acl.Grants.flatMap(({ Grantee, Permission }): readonly AclGrant[] => {
    const grantee = GROUPS.get(Grantee.URI ?? '');
    return grantee === undefined ? [] : [{ grantee, permission: Permission }];
  });
  const isObject = resource.includes('/');
  return { ownership: 'ObjectWriter', bucket: isObject ? [] : grants, ...(isObject ? { object: grants } : {}) };
}
