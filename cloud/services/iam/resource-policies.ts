import { own } from '../../own.ts';
import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';

const trustActions = /^sts:(AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity)$/i;
const roleArn = /^arn:aws:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/;

/** The trust policy of a role that is to be assumed. */
export const iamResourcePolicies: ResourcePolicyReader = (world, { action, resource, resourceAccountId }) => {
  const account = own(world.accounts, resourceAccountId);
  const roleName = trustActions.test(action) ? roleArn.exec(resource)?.[1] : undefined;
  const role = account && roleName !== undefined ? own(account.iam.roles, roleName) : undefined;
  if (account === undefined || role === undefined) return {};
  if (resource !== `arn:aws:iam::${account.id}:role${role.path}${role.name}`) return {};
  const policy = readStoredPolicy(role.trustPolicy, 'trust');
  return { resource: { layer: 'trust', name: role.name, kind: 'trust', attachedTo: resource, policy } };
};

/** Every role: its trust policy speaks of becoming the role, and of nothing else. */
export const iamPolicedResources: PolicedResourceList = ({ id, iam }) =>
  Object.values(iam.roles).map(({ path, name }) => ({
    arns: [`arn:aws:iam::${id}:role${path}${name}`],
    action: 'sts:AssumeRole',
  }));
