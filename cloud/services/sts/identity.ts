/** Who a caller is, in AWS's words. */

import { callerArn } from '../../../iam/caller-arn.ts';
import type { AnyCaller } from '../../../iam/model.ts';
import { AwsError } from '../../errors.ts';

/** What GetCallerIdentity answers. */
export interface Identity {
  readonly Account: string;
  readonly UserId: string;
  readonly Arn: string;
}

/** @throws MissingAuthenticationToken for a caller without credentials */
export function identityOf(caller: AnyCaller): Identity {
  switch (caller.kind) {
    case 'root':
      return { Account: caller.accountId, UserId: caller.accountId, Arn: `arn:aws:iam::${caller.accountId}:root` };
    case 'user':
      return { Account: caller.accountId, UserId: caller.id, Arn: caller.arn };
    case 'role-session':
      return {
        Account: caller.accountId,
        UserId: `${caller.roleId}:${caller.sessionName}`,
        Arn: caller.sessionArn,
      };
    case 'federated-user':
      return { Account: caller.accountId, UserId: `${caller.accountId}:${caller.name}`, Arn: caller.arn };
    case 'anonymous':
    case 'service':
    case 'federated-identity':
      throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', { status: 403 });
  }
}

/**
 * A refusal that no policy has a word in: of what is in no account of the sandbox, of what belongs to AWS. AWS writes it as
 * it writes a denial.
 */
export function notAuthorized(caller: AnyCaller, action: string, resource: string): AwsError {
  const message = `User: ${callerArn(caller)} is not authorized to perform: ${action} on resource: ${resource}`;
  return new AwsError('AccessDenied', message, { status: 403 });
}
