/** What no policy decides (AWS STS, Compare AWS STS credentials; Amazon S3 API, PutBucketPolicy). */
import type { AnyRequest, Layer } from '../model.ts';

/** Calls for which nobody needs permission; sessions that may not make them aside. */
export function needsNoPermission(request: AnyRequest): boolean {
  if (request.caller.kind === 'anonymous') return false;
  if (request.action === 'sts:GetCallerIdentity') return true;
  return request.action === 'sts:GetSessionToken' && limitOfCredentials(request) === undefined;
}

/** The root user can always repair the policy of a bucket of its own. */
export function overridesBucketPolicy({ caller, action, resourceAccountId }: AnyRequest): boolean {
  if (caller.kind !== 'root' || caller.accountId !== resourceAccountId) return false;
  return ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'].includes(action);
}

/** The layer that keeps credentials of a kind from an action, whatever policies allow. */
export function limitOfCredentials({ caller, action }: AnyRequest): Layer | undefined {
  const ofIam = action.startsWith('iam:');
  const ofSts = action.startsWith('sts:');
  const assumes = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'].includes(action);
  if (caller.kind === 'root') return assumes ? 'trust' : undefined;
  if (caller.kind === 'federated-user') {
    if (action === 'sts:AssumeRole') return 'trust';
    return ofIam || ofSts ? 'session' : undefined;
  }
  if (caller.kind === 'role-session') {
    return ['sts:GetSessionToken', 'sts:GetFederationToken'].includes(action) ? 'session' : undefined;
  }
  if (caller.kind !== 'user' || caller.session === undefined) return undefined;
  if (ofSts) return assumes ? undefined : 'session';
  return ofIam && caller.session.mfa === undefined ? 'session' : undefined;
}
