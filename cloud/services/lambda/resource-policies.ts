/** The policies of functions, versions, aliases and layer versions. */
import { own } from '../../own.ts';
import type { PolicedResource, PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { nameOfKey, stateKey } from '../../state-key.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import type { World } from '../../world.ts';
import { functionArn, LATEST, layerArn, readLayerName, regionalKey } from './names.ts';
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

/** Every function, its versions and aliases that have a policy, and every version of a layer. */
export const lambdaPolicedResources: PolicedResourceList = ({ id: accountId, lambda }) => [
  ...Object.values(lambda.functions).flatMap(({ name, region, policies }): readonly PolicedResource[] => {
    const place = { region, accountId };
    const qualifiers = Object.keys(policies)
      .map(nameOfKey)
      .filter((qualifier) => qualifier !== LATEST);
    return [
      { arns: [functionArn(place, name), functionArn(place, name, LATEST)], action: 'lambda:InvokeFunction' },
      ...qualifiers.map(
        (qualifier): PolicedResource => ({
          arns: [functionArn(place, name, qualifier)],
          action: 'lambda:InvokeFunction',
        }),
      ),
    ];
  }),
  ...Object.values(lambda.layers).flatMap(({ name, region, versions }) =>
    Object.values(versions).map(
      ({ version }): PolicedResource => ({
        arns: [layerArn({ region, accountId }, name, version)],
        action: 'lambda:GetLayerVersion',
      }),
    ),
  ),
];
