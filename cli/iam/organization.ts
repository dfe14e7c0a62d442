/** The organization of a line. */
import type { AnyCaller, Organization } from '../../iam/index.ts';
import type { DecideLine } from './schemas.ts';

/** Paths that name no accounts are those of the caller's: `aws:PrincipalOrgPaths`. */
export function readOrganization(
  { id, management, paths }: NonNullable<DecideLine['organization']>,
  caller: AnyCaller,
): Organization {
  const organization = { id, managementAccountId: management };
  if (paths === undefined) return organization;
  if (!Array.isArray(paths)) return { ...organization, paths };
  const [path] = paths;
  return path === undefined || !('accountId' in caller)
    ? organization
    : { ...organization, paths: { [caller.accountId]: path } };
}
