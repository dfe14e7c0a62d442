import { AwsError } from '../../errors.ts';
import type { RoleState } from './state.ts';

/**
 * Service-linked roles are AWS's to change.
 * @throws UnmodifiableEntity
 */
export function refuseProtectedRole(role: RoleState): void {
  if (!role.path.startsWith('/aws-service-role/')) return;
  throw new AwsError(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
  );
}
