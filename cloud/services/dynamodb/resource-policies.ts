import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { tableArn, tableOfArn } from './tables.ts';

/** The policy of a table; it speaks of the table's indexes too. Policies of streams are not offered. */
export const dynamodbResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const table = resource.includes('/stream/') ? undefined : tableOfArn(world, resource);
  if (table?.policy === undefined) return {};
  const policy = readStoredPolicy(table.policy.text, 'resource');
  return { resource: { layer: 'resource', name: 'Policy', kind: 'resource', attachedTo: resource, policy } };
};

/** Every table, with its indexes. */
export const dynamodbPolicedResources: PolicedResourceList = ({ id, dynamodb }) =>
  Object.values(dynamodb.tables).map(({ region, name }) => {
    const table = tableArn(region, id, name);
    return { arns: [table, `${table}/index/*`], action: 'dynamodb:GetItem' };
  });
