/** How Principal and NotPrincipal name a caller (IAM User Guide, Principal element; NotPrincipal element). */
import type { AnyCaller, AttachedPolicy } from '../model.ts';
import type { PrincipalElement } from '../policy.ts';
import type { Answer } from './answer.ts';

/**
 * The ways in which a principal can be named: as everyone, by its account, as itself, and, for a session, by the role or
 * the user whose session it is.
 */
export type Naming = 'everyone' | 'account' | 'itself' | 'origin';

/** Whether a caller is an identity of IAM or a session of one, to which policies are attached. */
export function hasIdentity({ kind }: AnyCaller): boolean {
  return kind === 'user' || kind === 'role-session' || kind === 'federated-user';
}

/** All ways in which the element names the caller. */
export function namingsOf(element: PrincipalElement, caller: AnyCaller): ReadonlySet<Naming> {
  const namings = new Set<Naming>();
  if (element.everyone || element.aws.includes('*')) namings.add('everyone');
  if (caller.kind === 'anonymous') return namings;
  if (caller.kind === 'service') {
    if (element.service.includes(caller.service)) namings.add('itself');
    return namings;
  }
  if (caller.kind === 'federated-identity') {
    if (element.federated.includes(caller.provider)) namings.add('itself');
    return namings;
  }
  const names = (name: string) => element.aws.includes(name);
  if (names(caller.accountId) || names(`arn:aws:iam::${caller.accountId}:root`)) namings.add('account');
  if (caller.kind === 'user' && (names(caller.arn) || names(caller.id))) namings.add('itself');
  if (caller.kind === 'role-session') {
    if (names(caller.sessionArn)) namings.add('itself');
    if (names(caller.roleArn) || names(caller.roleId)) namings.add('origin');
  }
  if (caller.kind === 'federated-user') {
    if (names(caller.arn)) namings.add('itself');
    if (names(caller.parent.arn) || names(caller.parent.id)) namings.add('origin');
  }
  return namings;
}

/**
 * Whether a Deny with NotPrincipal spares the caller: it must be listed with its account, a session of
 * a role besides with the role. One that is listed only in part may be denied or not, depending on the service. With a permissions boundary nobody is
 * spared.
 */
export function spares(element: PrincipalElement, caller: AnyCaller, boundary: AttachedPolicy | undefined): Answer {
  const namings = namingsOf(element, caller);
  if (boundary !== undefined || namings.size === 0) return 'no';
  if (namings.has('everyone')) return 'yes';
  const needed = caller.kind === 'role-session' ? 'origin' : 'itself';
  if (!hasIdentity(caller)) return 'yes';
  return namings.has('account') && namings.has(needed) ? 'yes' : 'doubtful';
}
