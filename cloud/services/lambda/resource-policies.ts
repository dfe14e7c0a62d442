/** The policies of functions, versions, aliases and layer versions. */
import { own } from '../../own.ts';
import type { ResourcePolicyReader } from '../../resource-policies.ts';
import { stateKey } from '../../state-key.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import type { World } from '../../world.ts';
import { readLayerName, regionalKey } from './names.ts';
import { functionOfArn } from './permissions.ts';

/** The policy of a function, a version, an alias or a layer. */
export const lambdaResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const document = documentOf(world, resource);
  if (document === undefined) return {};
  const policy = readStoredPolicy(document, 'resource');
  return { resource: { layer: 'resource', name: 'default', kind: 'resource', attachedTo: resource, policy } };
};

function documentOf(world: World, arn: string): string | undefined {
  if (arn.includes(':layer:')) {
    const { accountId = '', region = '', name, version = '' } = readLayerName(arn);
    const layer = own(own(world.accounts, accountId)?.lambda.layers ?? {}, regionalKey(region, name));
    return layer && own(layer.versions, version)?.policy;
  }
  const { found, qualifier } = functionOfArn(world, arn) ?? {};
  return found && own(found.policies, stateKey(qualifier ?? ''));
}
