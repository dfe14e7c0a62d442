/**
 * What no policy decides (IAM User Guide, Compare AWS STS credentials; AWS STS API, AssumeRoot; Amazon S3 API, PutBucketPolicy;
 * IAM User Guide, Grant a user permissions to pass a role).
 */
import type { AnyRequest, Layer } from '../model.ts';

/** Calls for which nobody needs permission; sessions that may not make them aside. */
export function needsNoPermission(request: AnyRequest): boolean {
  if (request.caller.kind === 'anonymous') return false;
  const action = request.action.toLowerCase();
  if (action === 'sts:getcalleridentity') return true;
  return action === 'sts:getsessiontoken' && limitOfCredentials(request) === undefined;
}

/** The root user can always repair the policy of a bucket of its own. */
export function overridesBucketPolicy({ caller, action, resourceAccountId }: AnyRequest): boolean {
  if (caller.kind !== 'root' || caller.accountId !== resourceAccountId) return false;
  return ['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy'].includes(action.toLowerCase());
}

/** The layer that keeps credentials of a kind from an action, whatever policies allow. */
export function limitOfCredentials(request: AnyRequest): Layer | undefined {
  const action = request.action.toLowerCase();
  const [service, operation = ''] = action.split(':');
  return ofKind(request, service === 'sts' ? operation : '', service ?? '') ?? ofAccounts(request, action);
}

/** `operation` is STS's, else empty. */
function ofKind({ caller }: AnyRequest, operation: string, service: string): Layer | undefined {
  if (caller.kind === 'federated-user') {
    if (operation.startsWith('assumerole')) return 'trust';
    return service === 'iam' || (service === 'sts' && operation !== 'getcalleridentity') ? 'session' : undefined;
  }
  if (caller.kind === 'role-session') {
    return operation === 'getsessiontoken' || operation === 'getfederationtoken' ? 'session' : undefined;
  }
  if (caller.kind !== 'root' && caller.kind !== 'user') return undefined;
  if (caller.kind === 'root' && operation === 'assumerole') return 'trust';
  if (caller.kind === 'root' && operation === 'assumeroot') return 'session';
  // Of GetSessionToken: a session of AssumeRoot goes by its task policy.
  const { session } = caller;
  if (session === undefined || session.assumedRoot) return undefined;
  if (service === 'sts') {
    const open = ['assumerole', 'tagsession', 'setsourceidentity', 'getcalleridentity'];
    return open.includes(operation) ? undefined : 'session';
  }
  return service === 'iam' && session.mfa === undefined ? 'session' : undefined;
}

/** Roles are passed within one account. AssumeRoot is for the management account and the delegated administrators. */
function ofAccounts({ caller, resourceAccountId, organization }: AnyRequest, action: string): Layer | undefined {
  if (!('accountId' in caller)) return undefined;
  if (action === 'iam:passrole') return caller.accountId === resourceAccountId ? undefined : 'identity';
  if (action !== 'sts:assumeroot') return undefined;
  const privileged = [organization?.managementAccountId, ...(organization?.delegatedAdministrators ?? [])];
  return privileged.includes(caller.accountId) ? undefined : 'identity';
}
