/** Whether Lambda may act as the role of a function. */
import { parseArn } from '../../../iam/arn.ts';
import { accountModel } from '../../account-model.ts';
import type { Call } from '../../call.ts';
import { ask } from '../../permissions/ask.ts';
import type { World } from '../../world.ts';

export const LAMBDA = 'lambda.amazonaws.com';

/** Asks the role's trust policy; nothing is assumed, and a role that is not there trusts nobody. */
export function mayAssume(
  roleArn: string,
  source: { readonly arn: string; readonly accountId: string },
  world: World,
  call: Pick<Call, 'request' | 'now' | 'managedPolicies'>,
): boolean {
  const { decision } = ask(
    {
      action: 'sts:AssumeRole',
      resource: roleArn,
      resourceAccountId: parseArn(roleArn)?.accountId ?? source.accountId,
      context: {},
    },
    {
      caller: { kind: 'service', service: LAMBDA },
      by: { service: LAMBDA, calledVia: [], source },
      request: { ...call.request, sourceIp: LAMBDA, userAgent: LAMBDA },
      now: call.now,
      model: accountModel(world, call.managedPolicies),
    },
  );
  return decision.verdict === 'allowed';
}
