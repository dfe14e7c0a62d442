/**
 * What no policy decides: operations that need no permission, and those that a kind of credentials can never call.
 * Follows the IAM User Guide, "Compare AWS STS credentials", and the STS API reference.
 */
import type { AnyCaller, AnyRequest } from './model.ts';

export type FixedRule =
  | { readonly kind: 'needs-no-permission' }
  /** `because` ends the sentence "… may not call …:". */
  | { readonly kind: 'never-allowed'; readonly because: string };

const NEEDS_NO_PERMISSION: ReadonlySet<string> = new Set(['sts:getcalleridentity', 'sts:getsessiontoken']);
const FOR_GET_SESSION_TOKEN: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:getcalleridentity',
  'sts:setsourceidentity',
  'sts:tagsession',
]);
const NOT_FOR_ROLES: ReadonlySet<string> = new Set(['sts:getsessiontoken', 'sts:getfederationtoken']);
const NOT_FOR_ROOT: ReadonlySet<string> = new Set(['sts:assumerole', 'sts:assumeroot']);

/** The rule that settles a request before any policy is read, if there is one. `action` in lower case. */
export function fixedRule({ caller }: AnyRequest, action: string): FixedRule | undefined {
  const because = impossible(caller, action);
  if (because !== undefined) return { kind: 'never-allowed', because };
  if (NEEDS_NO_PERMISSION.has(action) && caller.kind !== 'anonymous') return { kind: 'needs-no-permission' };
  return undefined;
}

function impossible(caller: AnyCaller, action: string): string | undefined {
  if (caller.kind === 'root' && NOT_FOR_ROOT.has(action)) return 'roles may not be assumed by root users';
  if (caller.kind === 'role-session' && NOT_FOR_ROLES.has(action)) return 'role sessions cannot call it';
  if (caller.kind === 'federated-user' && (action.startsWith('iam:') || action.startsWith('sts:'))) {
    const allowed = action === 'sts:getcalleridentity';
    return allowed
      ? undefined
      : 'credentials of GetFederationToken can call neither IAM nor STS, save GetCallerIdentity';
  }
  if (caller.kind !== 'user' || caller.session === undefined) return undefined;
  if (action.startsWith('sts:') && !FOR_GET_SESSION_TOKEN.has(action)) {
    return 'credentials of GetSessionToken can only call AssumeRole and GetCallerIdentity in STS';
  }
  if (action.startsWith('iam:') && caller.session.mfa === undefined) {
    return 'credentials of GetSessionToken without MFA cannot call IAM';
  }
  return undefined;
}

const OWN_BUCKET_POLICY: ReadonlySet<string> = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
]);

/** Whether root gets through to its own account's bucket policy, whatever that policy denies (Amazon S3 API, PutBucketPolicy). */
export function rootKeepsBucketPolicy({ caller, resourceAccountId }: AnyRequest, action: string): boolean {
  return caller.kind === 'root' && caller.accountId === resourceAccountId && OWN_BUCKET_POLICY.has(action);
}

const TRUSTED: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
]);
const TRUSTED_ON_ROLES: ReadonlySet<string> = new Set(['sts:tagsession', 'sts:setsourceidentity']);

/** Whether the action is one that a role's trust policy must allow. `action` in lower case. */
export function needsTrust(action: string, resource: string): boolean {
  return TRUSTED.has(action) || (TRUSTED_ON_ROLES.has(action) && resource.includes(':role/'));
}
