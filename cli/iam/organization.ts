/** The organization of a line. */
import type { AnyCaller, Organization } from '../../iam/index.ts';
import type { DecideLine } from './schemas.ts';

/** An organization whose paths are given by account. */
export function readNamedOrganization({
  id,
  management,
  paths,
}: Omit<NonNullable<DecideLine['organization']>, 'paths'> & { readonly paths?: Record<string, string> }): Organization {
  return { id, managementAccountId: management, ...(paths === undefined ? {} : { paths }) };
}

/** Paths that name no accounts are those of the caller's: `aws:PrincipalOrgPaths`. */
export function readOrganization(
  { id, management, paths }: NonNullable<DecideLine['organization']>,
  caller: AnyCaller,
): Organization {
  if (!Array.isArray(paths))
    return readNamedOrganization({ id, management, ...(paths === undefined ? {} : { paths }) });
  const organization = { id, managementAccountId: management };
  const [path] = paths;
  return path === undefined || !('accountId' in caller)
    ? organization
    : { ...organization, paths: { [caller.accountId]: path } };
}
