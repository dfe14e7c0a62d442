/** Whether a service may act as a role, asked before it does. */
import { parseArn } from '../../../iam/arn.ts';
import { accountModel } from '../../account-model.ts';
import type { Call } from '../../call.ts';
import { ask } from '../../permissions/ask.ts';
import type { World } from '../../world.ts';

/**
 * Asks the role's trust policy; nothing is assumed, and a role that is not there trusts nobody.
 * @param service `lambda.amazonaws.com`
 * @param source what it would act for: `aws:SourceArn`, `aws:SourceAccount`
 */
export function mayAssume(
  service: string,
  roleArn: string,
  source: { readonly arn: string; readonly accountId: string },
  world: World,
  { request, now, managedPolicies }: Pick<Call, 'request' | 'now' | 'managedPolicies'>,
): boolean {
  const { decision } = ask(
    {
      action: 'sts:AssumeRole',
      resource: roleArn,
      resourceAccountId: parseArn(roleArn)?.accountId ?? source.accountId,
      context: {},
    },
    {
      caller: { kind: 'service', service },
      by: { service, calledVia: [], source },
      request: { ...request, sourceIp: service, userAgent: service },
      now,
      model: accountModel(world, managedPolicies),
    },
  );
  return decision.verdict === 'allowed';
}
