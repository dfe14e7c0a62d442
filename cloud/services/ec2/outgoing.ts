/**
 * How requests of an instance reach AWS: through an endpoint of its VPC where there is one for the service, else by the internet.
 * Amazon VPC PrivateLink Guide, "Control access to VPC endpoints using endpoint policies", "Gateway endpoints"; IAM User Guide, "AWS
 * global condition context keys".
 */
import type { AttachedPolicy } from '../../../iam/model.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import type { World } from '../../world.ts';
import { type HostPlace, hostAt } from './hosts.ts';
import { ec2Arn } from './ids.ts';
import { regionOf } from './regions.ts';
import type { RegionState, VpcEndpointState } from './state.ts';

/** A way through a VPC endpoint. */
export interface ThroughEndpoint {
  /** `aws:SourceVpc`, `aws:SourceVpce`, `aws:VpcSourceIp`. */
  readonly vpcId: string;
  readonly endpointId: string;
  readonly privateIp: string;
  /** Absent: the endpoint lets everything through. */
  readonly policy?: AttachedPolicy;
}

/** The address that requests of an instance come from by the internet; undefined where it has none of its own. */
export function publicAddressOf(world: World, place: HostPlace): string | undefined {
  return hostAt(world, place)?.publicIp;
}

/**
 * The endpoint that an instance's request to a service goes through: one of its VPC, for that service and in its region.
 * @param service the signing name: `s3`
 */
export function endpointFor(
  world: World,
  place: HostPlace,
  service: string,
  region: string,
): ThroughEndpoint | undefined {
  const account = world.accounts[place.accountId];
  const instance = hostAt(world, place);
  if (account === undefined || instance === undefined || region !== place.region) return undefined;
  const state = regionOf(account, region);
  const name = `com.amazonaws.${region}.${service}`;
  const endpoint = Object.values(state.vpcEndpoints).find(
    (each) => each.serviceName === name && each.vpcId === instance.vpcId && isOnTheWay(each, state),
  );
  if (endpoint === undefined) return undefined;
  const { id, policy } = endpoint;
  const attachedTo = ec2Arn(region, place.accountId, 'vpc-endpoint', id);
  const attached: AttachedPolicy | undefined =
    policy === undefined
      ? undefined
      : { layer: 'vpc-endpoint', name: id, kind: 'resource', attachedTo, policy: readStoredPolicy(policy, 'resource') };
  return {
    vpcId: instance.vpcId,
    endpointId: id,
    privateIp: instance.privateIp,
    ...(attached && { policy: attached }),
  };
}

/** A gateway endpoint by the route table, an interface endpoint by the service's name in the VPC's DNS. */
function isOnTheWay({ kind, vpcId, routeTableIds, subnetIds, privateDns }: VpcEndpointState, { vpcs }: RegionState) {
  if (kind === 'Interface') return privateDns && subnetIds.length > 0;
  const table = vpcs[vpcId]?.routeTableId;
  return table !== undefined && routeTableIds.includes(table);
}
