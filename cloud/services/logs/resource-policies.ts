/**
 * The resource policies of an account's logs. They are the account's, not a group's: each says in its statements which groups it speaks
 * of, and all of them count together.
 */
import type { AttachedPolicy } from '../../../iam/model.ts';
import { own } from '../../own.ts';
import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { groupArn, placeOfArn } from './names.ts';
import type { LogsState } from './state.ts';

const together = new WeakMap<LogsState['resourcePolicies'], Map<string, AttachedPolicy | undefined>>();

/** The resource policies of a region's log groups. */
export const logsResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  // What is in a group, whatever it is, belongs to it.
  const place = placeOfArn(resource.split(':').slice(0, 7).join(':'));
  const account = place?.accountId === undefined ? undefined : own(world.accounts, place.accountId);
  if (place === undefined || account === undefined) return {};
  const { resourcePolicies } = account.logs;
  const byRegion = together.get(resourcePolicies) ?? new Map<string, AttachedPolicy | undefined>();
  together.set(resourcePolicies, byRegion);
  if (!byRegion.has(place.region)) byRegion.set(place.region, policyOf(resourcePolicies, place.region));
  const policy = byRegion.get(place.region);
  return policy === undefined ? {} : { resource: { ...policy, attachedTo: resource } };
};

function policyOf(policies: LogsState['resourcePolicies'], region: string): AttachedPolicy | undefined {
  const here = Object.values(policies).filter((policy) => policy.region === region);
  if (here.length === 0) return undefined;
  const statements = here.flatMap(({ document }) => [JSON.parse(document).Statement].flat());
  return {
    layer: 'resource',
    name: here.map(({ name }) => name).join(', '),
    kind: 'resource',
    attachedTo: `log groups of ${region}`,
    policy: readStoredPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'resource'),
  };
}

/** Every log group, with its streams. */
export const logsPolicedResources: PolicedResourceList = ({ id, logs }) =>
  Object.values(logs.groups).map((group) => {
    const arn = groupArn(id, group);
    return { arns: [arn, `${arn}:*`], action: 'logs:PutLogEvents' };
  });
