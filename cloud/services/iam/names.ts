/** Look-ups by name. IAM's names are unique without regard to case, and are found so; records keep the name as created. */
import { own } from '../../own.ts';
import { noSuchEntity, validationError } from './errors.ts';
import type { GroupState, InstanceProfileState, RoleState, UserState } from './state.ts';

/** The entry whose name equals `name` but for case; undefined where there is none. */
export function findByName<T extends { readonly name: string }>(
  records: Readonly<Record<string, T>>,
  name: string,
): T | undefined {
  const exact = own(records, name);
  if (exact !== undefined) return exact;
  const folded = name.toLowerCase();
  for (const record of Object.values(records)) if (record.name.toLowerCase() === folded) return record;
  return undefined;
}

/** Names that a record cannot hold as a key, or that its changes could not be replayed under. */
const unkeepable: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

/**
 * Refuses the two names that AWS would take and this cloud cannot keep.
 * @param parameter as AWS names it: `userName`
 * @throws ValidationError in AWS's words for a name that is invalid
 */
export function requireKeepableName(parameter: string, name: string): void {
  if (!unkeepable.has(name)) return;
  throw validationError(
    `The specified value for ${parameter} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
}

/** A user by name. @throws NoSuchEntity */
export function userNamed<T extends UserState>(iam: { readonly users: Readonly<Record<string, T>> }, name: string): T {
  return findByName(iam.users, name) ?? fail(`The user with name ${name} cannot be found.`);
}

/** A group by name. @throws NoSuchEntity */
export function groupNamed<T extends GroupState>(
  iam: { readonly groups: Readonly<Record<string, T>> },
  name: string,
): T {
  return findByName(iam.groups, name) ?? fail(`The group with name ${name} cannot be found.`);
}

/** A role by name. @throws NoSuchEntity */
export function roleNamed<T extends RoleState>(iam: { readonly roles: Readonly<Record<string, T>> }, name: string): T {
  return findByName(iam.roles, name) ?? fail(`The role with name ${name} cannot be found.`);
}

/** An instance profile by name. @throws NoSuchEntity */
export function instanceProfileNamed<T extends InstanceProfileState>(
  iam: { readonly instanceProfiles: Readonly<Record<string, T>> },
  name: string,
): T {
  return findByName(iam.instanceProfiles, name) ?? fail(`Instance Profile ${name} cannot be found.`);
}

function fail(message: string): never {
  throw noSuchEntity(message);
}
