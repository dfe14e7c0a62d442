import { denialText } from '../iam/denial-text.ts';
import { AwsError } from './errors.ts';
import type { DecidedPermission } from './permissions/ask.ts';
import type { Permission, Service } from './service.ts';

/** The answer to a call without the permission: AWS's text, under the code and the status of the service's protocol. */
export function denial(
  service: Service,
  permission: Permission,
  { request, ownerAccountId, decision }: DecidedPermission,
): AwsError {
  const message = denialText(
    { ...request, resourceAccountId: ownerAccountId },
    decision,
    permission.shownAs === undefined ? {} : { resource: permission.shownAs },
  );
  return service.model.protocol.startsWith('awsJson')
    ? new AwsError('AccessDeniedException', message, { status: 400 })
    : new AwsError('AccessDenied', message, { status: 403 });
}
