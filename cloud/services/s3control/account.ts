/** The account that a request of S3 Control names, in `x-amz-account-id`. */
import type { Permission, PermissionFacts } from '../../service.ts';
import { accessDenied } from '../s3/errors.ts';

/** What every operation of S3 Control is given. */
export interface AccountInput {
  readonly AccountId?: string | undefined;
}

/** Nobody works on another account than their own. @throws AccessDenied */
export function callersAccount({ AccountId }: AccountInput, { callerAccountId }: PermissionFacts): string {
  if (AccountId !== callerAccountId) throw accessDenied();
  return callerAccountId;
}

/** The rule of an operation that needs one permission, which is about no resource. */
export function onAccount(action: string): (input: AccountInput, facts: PermissionFacts) => readonly Permission[] {
  return (_input, { callerAccountId }) => [
    {
      action,
      resource: '*',
      resourceAccountId: callerAccountId,
      context: { 's3:ResourceAccount': callerAccountId },
    },
  ];
}
