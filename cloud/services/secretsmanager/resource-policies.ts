import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { secretArn, secretOfArn } from './secret-names.ts';

/** The resource policy of a secret. */
export const secretsmanagerResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const secret = secretOfArn(world, resource);
  if (secret?.policy === undefined) return {};
  const policy = readStoredPolicy(secret.policy, 'resource');
  return { resource: { layer: 'resource', name: secret.name, kind: 'resource', attachedTo: resource, policy } };
};

/** Every secret. */
export const secretsmanagerPolicedResources: PolicedResourceList = ({ id, secretsmanager }) =>
  Object.values(secretsmanager.secrets).map((secret) => ({
    arns: [secretArn(id, secret)],
    action: 'secretsmanager:GetSecretValue',
  }));
