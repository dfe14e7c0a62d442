/** The principals of an account as those who ask. */
import type { Caller } from '../model.ts';
import type { AccountPrincipal, AccountRole, AccountUser } from './account.ts';

/** The session of a role that is thought of where none is named. */
const SOME_SESSION = 'session';

/** A user with its long-term credentials; of a role a session without session policies, tags, MFA and source identity, issued at the epoch. */
export function callerOf(principal: AccountPrincipal): Caller {
  return principal.kind === 'user' ? userCaller(principal) : roleSession(principal, SOME_SESSION);
}

function userCaller({ accountId, arn, name, id, tags }: AccountUser): Caller {
  return { kind: 'user', accountId, arn, name, id, tags };
}

/** A session of that name, issued at `issuedAt` (epoch milliseconds), without session policies, tags, MFA and source identity. */
export function roleSession(role: AccountRole, sessionName: string, issuedAt = 0): Caller {
  const { accountId, arn: roleArn, name: roleName, id: roleId, tags } = role;
  const partition = roleArn.split(':')[1] ?? 'aws';
  return {
    kind: 'role-session',
    accountId,
    roleArn,
    roleName,
    roleId,
    sessionName,
    sessionArn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    tags,
    session: { issuedAt },
  };
}
