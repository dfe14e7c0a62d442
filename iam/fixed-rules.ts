/**
 * What no policy decides: operations that need no permission, and those that a kind of credentials can never call.
 * Follows the IAM User Guide, "Compare AWS STS credentials", and the STS API reference.
 */
import { callerArn } from './caller-arn.ts';
import { lowerCase } from './lower-case.ts';
import type { AnyCaller, AnyRequest, Layer } from './model.ts';
import { mayAssumeRoot } from './organization.ts';

export type FixedRule = { readonly kind: 'needs-no-permission' } | NeverAllowed;

/** What no policy can allow to these credentials. */
export interface NeverAllowed {
  readonly kind: 'never-allowed';
  /** Ends the sentence "… may not call …:". */
  readonly because: string;
  /** AWS's own answer. */
  readonly message: string;
  /** Where the rule stands: it is no policy's. */
  readonly layer: Layer;
}

const NEEDS_NO_PERMISSION: ReadonlySet<string> = new Set(['sts:getcalleridentity', 'sts:getsessiontoken']);
const FOR_GET_SESSION_TOKEN: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:getcalleridentity',
  'sts:setsourceidentity',
  'sts:tagsession',
]);
const NOT_FOR_ROLES: ReadonlySet<string> = new Set(['sts:getsessiontoken', 'sts:getfederationtoken']);
/** No policy on the member account's side allows it: being an account of the organization is enough. */
export const ASSUME_ROOT = 'sts:assumeroot';
const NOT_FOR_ROOT: ReadonlySet<string> = new Set(['sts:assumerole', ASSUME_ROOT]);

/** The rule that settles a request before any policy is read, if there is one. `action` in lower case. */
export function fixedRule(request: AnyRequest, action: string): FixedRule | undefined {
  // Only these two services have such rules.
  if (!action.startsWith('sts:') && !action.startsWith('iam:')) return undefined;
  const never = neverAllowed(request.caller, request.action) ?? neverHere(request, action);
  if (never !== undefined) return never;
  if (NEEDS_NO_PERMISSION.has(action) && request.caller.kind !== 'anonymous') return { kind: 'needs-no-permission' };
  return undefined;
}

/** Why these credentials can never call an action, whatever the policies say; undefined where they can. */
export function neverAllowed(caller: AnyCaller, action: string): NeverAllowed | undefined {
  const lower = lowerCase(action);
  const because = impossible(caller, lower);
  if (because === undefined) return undefined;
  const layer = TRUSTED.has(lower) ? 'trust' : 'session';
  return { kind: 'never-allowed', because, message: answerTo(caller, action), layer };
}

/** What goes by the accounts of a request: roles are passed within one account, and AssumeRoot is called by few. */
function neverHere(request: AnyRequest, action: string): NeverAllowed | undefined {
  const { caller, resourceAccountId } = request;
  if (!('accountId' in caller)) return undefined;
  if (action === 'iam:passrole' && caller.accountId !== resourceAccountId) {
    const because = "roles can be passed within the caller's own account only";
    return { kind: 'never-allowed', because, message: 'Cross-account pass role is not allowed.', layer: 'identity' };
  }
  if (action !== ASSUME_ROOT || mayAssumeRoot(request)) return undefined;
  const because = "it is for the management account and the delegated administrators of the resource's organization";
  const message = `User: ${callerArn(caller)} is not authorized to perform: ${request.action} on resource: ${request.resource}`;
  return { kind: 'never-allowed', because, message, layer: 'identity' };
}

function answerTo(caller: AnyCaller, action: string): string {
  if (caller.kind === 'root' && NOT_FOR_ROOT.has(action.toLowerCase())) {
    return 'Roles may not be assumed by root accounts.';
  }
  const [service = '', operation = ''] = action.split(':');
  if (service.toLowerCase() === 'sts') return `Cannot call ${operation} with session credentials`;
  return 'The security token included in the request is invalid';
}

/** `action` in lower case. */
function impossible(caller: AnyCaller, action: string): string | undefined {
  if (caller.kind === 'root' && NOT_FOR_ROOT.has(action)) return 'roles may not be assumed by root users';
  if (caller.kind === 'role-session' && NOT_FOR_ROLES.has(action)) return 'role sessions cannot call it';
  if (caller.kind === 'federated-user' && (action.startsWith('iam:') || action.startsWith('sts:'))) {
    const allowed = action === 'sts:getcalleridentity';
    return allowed
      ? undefined
      : 'credentials of GetFederationToken can call neither IAM nor STS, save GetCallerIdentity';
  }
  if ((caller.kind !== 'user' && caller.kind !== 'root') || caller.session === undefined) return undefined;
  if (caller.session.assumedRoot) return undefined;
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
