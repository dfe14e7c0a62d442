/** Subnets as records. */
import type {
  CreateSubnetRequest,
  CreateSubnetResult,
  DeleteSubnetRequest,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  ModifySubnetAttributeRequest,
  Subnet,
} from '@aws-sdk/client-ec2';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { isWithin, overlap, readCidr, shownCidr, sizeOf } from './cidr.ts';
import { dependencyViolation, ec2Error, invalidValue, missingParameter, unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { ec2Arn, makeId } from './ids.ts';
import { ec2Limits } from './limits.ts';
import { pageOf } from './pages.ts';
import { creationTags } from './permissions.ts';
import { regionDraft, regionOf } from './regions.ts';
import type { RegionState, SubnetState } from './state.ts';
import { setTags, shownTags, tagsFor, tagsOf } from './tags.ts';
import { vpcNamed } from './vpcs.ts';
import { zoneIdOf, zonesOf } from './zones.ts';

/** Addresses that AWS keeps for itself in each subnet (Amazon VPC User Guide, "Subnet CIDR blocks"). */
const reserved = 5;

/** @throws AwsError `InvalidSubnetID.NotFound`, `InvalidSubnetID.Malformed` */
export function subnetNamed<Subnet extends SubnetState>(
  state: { readonly subnets: Readonly<Record<string, Subnet>> },
  id: string,
): Subnet {
  const subnet = own(state.subnets, id);
  if (subnet === undefined) throw unknownId('subnet', id);
  return subnet;
}

/** The addresses of a subnet that are in use. */
export function addressesIn(state: RegionState, subnetId: string): ReadonlySet<string> {
  return new Set(
    Object.values(state.instances)
      .filter((instance) => instance.subnetId === subnetId && instance.state !== 'terminated')
      .map(({ privateIp }) => privateIp),
  );
}

function freeAddresses(state: RegionState, subnet: SubnetState): number {
  const endpoints = Object.values(state.vpcEndpoints).filter(({ subnetIds }) => subnetIds.includes(subnet.id)).length;
  return sizeOf(readCidr(subnet.cidr)?.length ?? 32) - reserved - addressesIn(state, subnet.id).size - endpoints;
}

function shownSubnet(subnet: SubnetState, place: { accountId: string; region: string; state: RegionState }): Subnet {
  const { accountId, region, state } = place;
  return {
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: zoneIdOf(region, subnet.zone),
    AvailableIpAddressCount: freeAddresses(state, subnet),
    AssignIpv6AddressOnCreation: false,
    CidrBlock: subnet.cidr,
    DefaultForAz: subnet.isDefault,
    EnableDns64: false,
    Ipv6CidrBlockAssociationSet: [],
    Ipv6Native: false,
    MapCustomerOwnedIpOnLaunch: false,
    MapPublicIpOnLaunch: subnet.mapsPublicIp,
    OwnerId: accountId,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    State: 'available',
    SubnetArn: ec2Arn(region, accountId, 'subnet', subnet.id),
    SubnetId: subnet.id,
    Tags: shownTags(state, subnet.id),
    VpcId: subnet.vpcId,
  };
}

export const describeSubnets: ReadOperation<DescribeSubnetsRequest, DescribeSubnetsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const { SubnetIds = [] } = input;
    for (const id of SubnetIds) subnetNamed(state, id);
    const found = filtered(
      Object.values(state.subnets).filter(({ id }) => SubnetIds.length === 0 || SubnetIds.includes(id)),
      input.Filters,
      {
        'availability-zone': ({ zone }) => zone,
        availabilityZone: ({ zone }) => zone,
        'availability-zone-id': ({ zone }) => zoneIdOf(region, zone),
        'available-ip-address-count': (subnet) => freeAddresses(state, subnet),
        'cidr-block': ({ cidr }) => cidr,
        cidr: ({ cidr }) => cidr,
        'default-for-az': ({ isDefault }) => isDefault,
        defaultForAz: ({ isDefault }) => isDefault,
        'map-public-ip-on-launch': ({ mapsPublicIp }) => mapsPublicIp,
        'owner-id': () => account.id,
        state: () => 'available',
        'subnet-arn': ({ id }) => ec2Arn(region, account.id, 'subnet', id),
        'subnet-id': ({ id }) => id,
        'vpc-id': ({ vpcId }) => vpcId,
      },
      ({ id }) => tagsOf(state, id),
    );
    const { items, NextToken } = pageOf(found, input, ({ id }) => id);
    return { Subnets: items.map((subnet) => shownSubnet(subnet, { accountId: account.id, region, state })), NextToken };
  },
};

export const createSubnet: ChangeOperation<CreateSubnetRequest, CreateSubnetResult> = {
  kind: 'change',
  alsoNeeds: creationTags('CreateSubnet'),
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionDraft(account, region);
    const { VpcId = '', CidrBlock } = input;
    const vpc = vpcNamed(state, VpcId);
    const cidr = readCidr(CidrBlock ?? '');
    if (CidrBlock === undefined) throw missingParameter('cidrBlock');
    if (cidr === undefined) throw invalidValue(CidrBlock, 'cidrBlock', 'This is not a valid CIDR block.');
    const range = readCidr(vpc.cidr);
    if (range === undefined || !isWithin(cidr, range) || cidr.length > 28) {
      throw ec2Error('InvalidSubnet.Range', `The CIDR '${CidrBlock}' is invalid.`);
    }
    const siblings = Object.values(state.subnets).filter(({ vpcId }) => vpcId === vpc.id);
    const taken = siblings.map((subnet) => readCidr(subnet.cidr));
    if (taken.some((other) => other !== undefined && overlap(other, cidr))) {
      throw ec2Error('InvalidSubnet.Conflict', `The CIDR '${CidrBlock}' conflicts with another subnet`);
    }
    if (siblings.length >= ec2Limits.subnetsPerVpc) {
      throw ec2Error('SubnetLimitExceeded', 'The maximum number of subnets has been reached.');
    }
    const zones = zonesOf(region);
    const zone =
      input.AvailabilityZone ?? zones.find(({ id }) => id === input.AvailabilityZoneId)?.name ?? `${region}a`;
    if (!zones.some(({ name }) => name === zone)) {
      throw invalidValue(
        zone,
        'availabilityZone',
        `Subnets can currently only be created in the following availability zones: ${zones.map(({ name }) => name).join(', ')}.`,
      );
    }
    const id = makeId('subnet', call.random);
    const subnet: SubnetState = {
      id,
      vpcId: vpc.id,
      cidr: shownCidr(cidr),
      zone,
      isDefault: false,
      mapsPublicIp: false,
    };
    state.subnets[id] = subnet;
    setTags(state, id, tagsFor(input.TagSpecifications, 'subnet'));
    return { Subnet: shownSubnet(subnet, { accountId: account.id, region, state }) };
  },
};

export const modifySubnetAttribute: ChangeOperation<ModifySubnetAttributeRequest, object> = {
  kind: 'change',
  handle(account, { SubnetId = '', MapPublicIpOnLaunch }, call) {
    const subnet = subnetNamed(regionDraft(account, call.request.region), SubnetId);
    if (MapPublicIpOnLaunch?.Value === undefined) throw missingParameter('MapPublicIpOnLaunch');
    subnet.mapsPublicIp = MapPublicIpOnLaunch.Value;
    return {};
  },
};

export const deleteSubnet: ChangeOperation<DeleteSubnetRequest, object> = {
  kind: 'change',
  handle(account, { SubnetId = '' }, call) {
    const state = regionDraft(account, call.request.region);
    const { id } = subnetNamed(state, SubnetId);
    const isUsed =
      addressesIn(state, id).size > 0 ||
      Object.values(state.vpcEndpoints).some(({ subnetIds }) => subnetIds.includes(id));
    if (isUsed) throw dependencyViolation('subnet', id);
    delete state.subnets[id];
    delete state.tags[id];
    return {};
  },
};
