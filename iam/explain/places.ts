/** Where statements stand among the policies of a request. */
import type { ApplicablePolicies, AttachedPolicy, DecisiveStatement } from '../model.ts';
import type { StatementPlace } from './explanation.ts';

/** The place of a statement that a decision names. */
export function placeOf(statement: DecisiveStatement, policies: ApplicablePolicies): StatementPlace {
  const { policy, index, sid, effect } = statement;
  const { layer, name } = policy;
  const place = policyPlace(policy, policies);
  return sid === undefined
    ? { layer, policy: place, name, statement: index, effect }
    : { layer, policy: place, name, statement: index, sid, effect };
}

/** The number of a policy in its layer, from 0; of service and resource control policies it counts on through the levels. */
export function policyPlace(policy: AttachedPolicy, policies: ApplicablePolicies): number {
  switch (policy.layer) {
    case 'identity':
      return Math.max(0, policies.identity.indexOf(policy));
    case 'session':
      return Math.max(0, policies.session?.indexOf(policy) ?? 0);
    case 'vpc-endpoint':
      return Math.max(0, policies.vpcEndpoint?.indexOf(policy) ?? 0);
    case 'service-control':
      return placeInLevels(policy, policies.serviceControl);
    case 'resource-control':
      return placeInLevels(policy, policies.resourceControl);
    default:
      return 0;
  }
}

function placeInLevels(policy: AttachedPolicy, levels: ApplicablePolicies['serviceControl'] = []): number {
  let from = 0;
  for (const level of levels) {
    const at = level.indexOf(policy);
    if (at >= 0) return from + at;
    from += level.length;
  }
  return 0;
}
