/** A region of an account: what is kept of it, or what every account finds there. */
import type { Draft } from '../../call.ts';
import { own } from '../../own.ts';
import { derivedId } from './ids.ts';
import type { Ec2State, RegionState, SecurityGroupState, SubnetState, VpcState } from './state.ts';
import { zonesOf } from './zones.ts';

interface HasEc2 {
  readonly id: string;
  readonly ec2: Ec2State;
}

const defaults = new Map<string, RegionState>();
const capacity = 500;

/** The region as it is. */
export function regionOf(account: HasEc2, region: string): RegionState {
  return own(account.ec2.regions, region) ?? defaultRegion(account.id, region);
}

/** The region, to be changed: from now on it is kept. */
export function regionDraft(account: { id: string; ec2: Draft<Ec2State> }, region: string): Draft<RegionState> {
  const known = own(account.ec2.regions, region);
  if (known !== undefined) return known;
  account.ec2.regions[region] = structured(defaultRegion(account.id, region));
  // Read again: what is put into a draft is not drafted itself.
  return account.ec2.regions[region] as Draft<RegionState>;
}

function structured(region: RegionState): Draft<RegionState> {
  return JSON.parse(JSON.stringify(region)) as Draft<RegionState>;
}

/**
 * The default VPC with a subnet in each zone, its default security group, route table and network ACL (Amazon VPC User Guide, "Default
 * VPCs").
 */
function defaultRegion(accountId: string, region: string): RegionState {
  const key = `${accountId} ${region}`;
  const known = defaults.get(key);
  if (known !== undefined) return known;
  const id = (prefix: string, ...names: readonly string[]) => derivedId(prefix, accountId, region, ...names);
  const vpc: VpcState = {
    id: id('vpc'),
    cidr: '172.31.0.0/16',
    isDefault: true,
    tenancy: 'default',
    routeTableId: id('rtb'),
    networkAclId: id('acl'),
    cidrAssociationId: id('vpc-cidr-assoc'),
    internetGatewayId: id('igw'),
    dnsSupport: true,
    dnsHostnames: true,
  };
  const subnets = zonesOf(region).map(
    ({ name }, i): SubnetState => ({
      id: id('subnet', name),
      vpcId: vpc.id,
      cidr: `172.31.${i * 16}.0/20`,
      zone: name,
      isDefault: true,
      mapsPublicIp: true,
    }),
  );
  const group = defaultGroup(vpc.id, { group: id('sg'), ingress: id('sgr', 'ingress'), egress: id('sgr', 'egress') });
  const made: RegionState = {
    vpcs: { [vpc.id]: vpc },
    subnets: Object.fromEntries(subnets.map((subnet) => [subnet.id, subnet])),
    securityGroups: { [group.id]: group },
    instances: {},
    keyPairs: {},
    vpcEndpoints: {},
    tags: {},
  };
  if (defaults.size >= capacity) defaults.clear();
  defaults.set(key, made);
  return made;
}

/** The security group that a VPC comes with: everything among its members, and everything out. */
export function defaultGroup(
  vpcId: string,
  ids: { readonly group: string; readonly ingress: string; readonly egress: string },
): SecurityGroupState {
  const all = { protocol: '-1', fromPort: -1, toPort: -1 } as const;
  return {
    id: ids.group,
    name: 'default',
    description: 'default VPC security group',
    vpcId,
    rules: [
      { id: ids.ingress, isEgress: false, ...all, peer: { kind: 'group', value: ids.group } },
      { id: ids.egress, isEgress: true, ...all, peer: { kind: 'ipv4', value: '0.0.0.0/0' } },
    ],
  };
}

/** The DHCP options of every VPC. */
export function dhcpOptionsId(accountId: string, region: string): string {
  return derivedId('dopt', accountId, region);
}

/** The VPC that is meant where none is named; undefined where it was deleted. */
export function defaultVpcOf(region: RegionState): VpcState | undefined {
  return Object.values(region.vpcs).find((vpc) => vpc.isDefault);
}
