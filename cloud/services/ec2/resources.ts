/** Whether a region has a resource, whatever its kind. */
import { own } from '../../own.ts';
import { prefixOf } from './ids.ts';
import { publicImage } from './images.ts';
import type { RegionState } from './state.ts';

export function hasResource(region: RegionState, id: string): boolean {
  const { vpcs, subnets, securityGroups, instances, keyPairs, vpcEndpoints } = region;
  switch (prefixOf(id)) {
    case 'i':
      return own(instances, id) !== undefined;
    case 'vpc':
      return own(vpcs, id) !== undefined;
    case 'subnet':
      return own(subnets, id) !== undefined;
    case 'sg':
      return own(securityGroups, id) !== undefined;
    case 'vpce':
      return own(vpcEndpoints, id) !== undefined;
    case 'ami':
      return publicImage(id) !== undefined;
    case 'sgr':
      return Object.values(securityGroups).some(({ rules }) => rules.some((rule) => rule.id === id));
    case 'key':
      return own(keyPairs, id) !== undefined;
    case 'vol':
      return Object.values(instances).some(({ volume, state }) => volume.id === id && state !== 'terminated');
    case 'eni':
      return (
        Object.values(instances).some(
          ({ networkInterfaceId, state }) => networkInterfaceId === id && state !== 'terminated',
        ) || Object.values(vpcEndpoints).some(({ networkInterfaceIds }) => networkInterfaceIds.includes(id))
      );
    case 'rtb':
      return Object.values(vpcs).some((vpc) => vpc.routeTableId === id);
    case 'acl':
      return Object.values(vpcs).some((vpc) => vpc.networkAclId === id);
    case 'igw':
      return Object.values(vpcs).some((vpc) => vpc.internetGatewayId === id);
    default:
      return false;
  }
}
