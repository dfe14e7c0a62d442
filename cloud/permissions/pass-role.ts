import { parseArn } from '../../iam/arn.ts';
import type { Permission, PermissionFacts } from '../service.ts';

/**
 * The permission to hand a role to a service, which a call needs besides its own wherever a role is a parameter. IAM User Guide,
 * "Grant a user permissions to pass a role to an AWS service". Tags of the role are no condition keys of it ("… does not have
 * reliable results"); a role of another account is refused by the engine, whatever the policies say.
 * @param service who gets the role: `lambda.amazonaws.com`
 * @param associatedResourceArn what the role will be used for, where the service tells IAM: an instance, a function
 */
export function passRole(
  roleArn: string,
  service: string,
  facts: Pick<PermissionFacts, 'callerAccountId'>,
  options: { readonly associatedResourceArn?: string } = {},
): Permission {
  const { associatedResourceArn } = options;
  return {
    action: 'iam:PassRole',
    resource: roleArn,
    resourceAccountId: parseArn(roleArn)?.accountId || facts.callerAccountId,
    context: {
      'iam:PassedToService': service,
      ...(associatedResourceArn !== undefined && { 'iam:AssociatedResourceArn': associatedResourceArn }),
    },
  };
}
