import type { Caller } from '../../iam/model.ts';
import { AwsError } from '../errors.ts';

const forbiddenToSessions: ReadonlySet<string> = new Set(['GetSessionToken', 'GetFederationToken']);
const allowedToUserSessions: ReadonlySet<string> = new Set(['AssumeRole', 'GetCallerIdentity']);

/**
 * What temporary credentials may never do, whatever the policies say (IAM User Guide, "Compare AWS STS credentials"): no new
 * session token from a session; with credentials of GetSessionToken no STS but AssumeRole and GetCallerIdentity, and without
 * MFA no IAM.
 */
export function sessionLimit(caller: Caller, service: string, operation: string): AwsError | undefined {
  if (caller.kind !== 'role-session' && !(caller.kind === 'user' && caller.session !== undefined)) return undefined;
  if (service === 'sts') {
    const forbidden =
      caller.kind === 'user' ? !allowedToUserSessions.has(operation) : forbiddenToSessions.has(operation);
    if (!forbidden) return undefined;
    return new AwsError('AccessDenied', `Cannot call ${operation} with session credentials`, { status: 403 });
  }
  if (service === 'iam' && caller.kind === 'user' && caller.session?.mfa === undefined) {
    return new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid', {
      status: 403,
    });
  }
  return undefined;
}
