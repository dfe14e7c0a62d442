/** The operations that, without a name, mean "me". */
import type { AnyCaller } from '../../../iam/model.ts';
import { validationError } from './errors.ts';
import { userNamed } from './names.ts';
import type { UserState } from './state.ts';

/** Whom a call without a user's name is about. */
export type Self = { readonly kind: 'user'; readonly name: string } | { readonly kind: 'root' };

/**
 * The user that a call names, or its caller.
 * @throws ValidationError where none is named and the caller is a role's session
 */
export function subjectOf(userName: string | undefined, caller: AnyCaller): Self {
  if (userName !== undefined) return { kind: 'user', name: userName };
  if (caller.kind === 'user') return { kind: 'user', name: caller.name };
  if (caller.kind === 'root') return { kind: 'root' };
  throw validationError('Must specify userName when calling with non-User credentials');
}

/**
 * The user that is named, or the caller, of what root has none of.
 * @throws ValidationError for root, and where `subjectOf` does; NoSuchEntity
 */
export function ownerOf<User extends UserState>(
  iam: { readonly users: Readonly<Record<string, User>> },
  userName: string | undefined,
  caller: AnyCaller,
): User {
  const subject = subjectOf(userName, caller);
  if (subject.kind === 'root') throw validationError('Must specify userName when calling with non-User credentials');
  return userNamed(iam, subject.name);
}
