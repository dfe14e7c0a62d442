import type { ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { secretOfArn } from './secret-names.ts';

/** The resource policy of a secret. */
export const secretsmanagerResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const secret = secretOfArn(world, resource);
  if (secret?.policy === undefined) return {};
  const policy = readStoredPolicy(secret.policy, 'resource');
  return { resource: { layer: 'resource', name: secret.name, kind: 'resource', attachedTo: resource, policy } };
};
