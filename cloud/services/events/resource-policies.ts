import { own } from '../../own.ts';
import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { busArn, busKey, DEFAULT_BUS, placeOfBusArn, placeOfRuleArn } from './names.ts';

/** The policy of an event bus, which speaks of its rules too. */
export const eventsResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const rule = placeOfRuleArn(resource);
  const place = rule === undefined ? placeOfBusArn(resource) : { ...rule, name: rule.bus };
  const account = place && own(world.accounts, place.accountId);
  const bus = place && account && own(account.events.buses, busKey(place.region, place.name));
  if (bus?.policy === undefined) return {};
  const policy = readStoredPolicy(bus.policy, 'resource');
  return { resource: { layer: 'resource', name: 'Policy', kind: 'resource', attachedTo: resource, policy } };
};

/** Every bus, with its rules. */
export const eventsPolicedResources: PolicedResourceList = ({ id: accountId, events }) =>
  Object.values(events.buses).map(({ name, region }) => {
    const rules = `arn:aws:events:${region}:${accountId}:rule/${name === DEFAULT_BUS ? '' : `${name}/`}*`;
    return { arns: [busArn({ region, accountId, name }), rules], action: 'events:PutEvents' };
  });
