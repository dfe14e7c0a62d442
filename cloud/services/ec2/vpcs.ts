/** VPCs as records. */
import type {
  CreateVpcRequest,
  CreateVpcResult,
  DeleteVpcRequest,
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  ModifyVpcAttributeRequest,
  Vpc,
} from '@aws-sdk/client-ec2';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { readCidr, shownCidr } from './cidr.ts';
import { dependencyViolation, ec2Error, invalidValue, missingParameter, unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { makeId } from './ids.ts';
import { ec2Limits } from './limits.ts';
import { pageOf } from './pages.ts';
import { creationTags } from './permissions.ts';
import { defaultGroup, dhcpOptionsId, regionDraft, regionOf } from './regions.ts';
import type { RegionState, VpcState } from './state.ts';
import { setTags, shownTags, tagsFor, tagsOf } from './tags.ts';

interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly state: RegionState;
}

function shownVpc(vpc: VpcState, { accountId, region, state }: Place): Vpc {
  return {
    OwnerId: accountId,
    InstanceTenancy: vpc.tenancy,
    Ipv6CidrBlockAssociationSet: [],
    CidrBlockAssociationSet: [
      { AssociationId: vpc.cidrAssociationId, CidrBlock: vpc.cidr, CidrBlockState: { State: 'associated' } },
    ],
    IsDefault: vpc.isDefault,
    Tags: shownTags(state, vpc.id),
    VpcId: vpc.id,
    State: 'available',
    CidrBlock: vpc.cidr,
    DhcpOptionsId: dhcpOptionsId(accountId, region),
  };
}

/** @throws AwsError `InvalidVpcID.NotFound`, `InvalidVpcID.Malformed` */
export function vpcNamed<Vpc extends VpcState>(
  state: { readonly vpcs: Readonly<Record<string, Vpc>> },
  id: string,
): Vpc {
  const vpc = own(state.vpcs, id);
  if (vpc === undefined) throw unknownId('vpc', id);
  return vpc;
}

export const describeVpcs: ReadOperation<DescribeVpcsRequest, DescribeVpcsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const { VpcIds = [] } = input;
    for (const id of VpcIds) vpcNamed(state, id);
    const found = filtered(
      Object.values(state.vpcs).filter(({ id }) => VpcIds.length === 0 || VpcIds.includes(id)),
      input.Filters,
      {
        cidr: ({ cidr }) => cidr,
        'cidr-block-association.cidr-block': ({ cidr }) => cidr,
        'cidr-block-association.state': () => 'associated',
        'dhcp-options-id': () => dhcpOptionsId(account.id, region),
        'is-default': ({ isDefault }) => isDefault,
        isDefault: ({ isDefault }) => isDefault,
        'owner-id': () => account.id,
        state: () => 'available',
        'vpc-id': ({ id }) => id,
      },
      ({ id }) => tagsOf(state, id),
    );
    const { items, NextToken } = pageOf(found, input, ({ id }) => id);
    return { Vpcs: items.map((vpc) => shownVpc(vpc, { accountId: account.id, region, state })), NextToken };
  },
};

export const createVpc: ChangeOperation<CreateVpcRequest, CreateVpcResult> = {
  kind: 'change',
  alsoNeeds: creationTags('CreateVpc'),
  handle(account, input, call) {
    const { region } = call.request;
    const cidr = readCidr(input.CidrBlock ?? '');
    if (input.CidrBlock === undefined) throw missingParameter('cidrBlock');
    if (cidr === undefined) throw invalidValue(input.CidrBlock, 'cidrBlock', 'This is not a valid CIDR block.');
    if (cidr.length < 16 || cidr.length > 28) {
      throw ec2Error('InvalidVpc.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
    }
    const state = regionDraft(account, region);
    if (Object.keys(state.vpcs).length >= ec2Limits.vpcs) {
      throw ec2Error('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
    }
    const id = makeId('vpc', call.random);
    const vpc: VpcState = {
      id,
      cidr: shownCidr(cidr),
      isDefault: false,
      tenancy: input.InstanceTenancy === 'dedicated' ? 'dedicated' : 'default',
      routeTableId: makeId('rtb', call.random),
      networkAclId: makeId('acl', call.random),
      cidrAssociationId: makeId('vpc-cidr-assoc', call.random),
      dnsSupport: true,
      dnsHostnames: false,
    };
    state.vpcs[id] = vpc;
    const group = defaultGroup(id, {
      group: makeId('sg', call.random),
      ingress: makeId('sgr', call.random),
      egress: makeId('sgr', call.random),
    });
    state.securityGroups[group.id] = { ...group, rules: [...group.rules] };
    setTags(state, id, tagsFor(input.TagSpecifications, 'vpc'));
    return { Vpc: { ...shownVpc(vpc, { accountId: account.id, region, state }), State: 'pending' } };
  },
};

/** A VPC goes with what it came with, and only where nothing else is left in it. */
export const deleteVpc: ChangeOperation<DeleteVpcRequest, object> = {
  kind: 'change',
  handle(account, { VpcId = '' }, call) {
    const state = regionDraft(account, call.request.region);
    const vpc = vpcNamed(state, VpcId);
    const isInside = ({ vpcId }: { readonly vpcId: string }) => vpcId === vpc.id;
    const groups = Object.values(state.securityGroups).filter(isInside);
    if (
      Object.values(state.subnets).some(isInside) ||
      Object.values(state.vpcEndpoints).some(isInside) ||
      groups.some(({ name }) => name !== 'default') ||
      vpc.internetGatewayId !== undefined
    ) {
      throw dependencyViolation('vpc', vpc.id);
    }
    for (const { id } of groups) {
      delete state.securityGroups[id];
      delete state.tags[id];
    }
    for (const id of [vpc.id, vpc.routeTableId, vpc.networkAclId]) delete state.tags[id];
    delete state.vpcs[vpc.id];
    return {};
  },
};

export const describeVpcAttribute: ReadOperation<DescribeVpcAttributeRequest, DescribeVpcAttributeResult> = {
  kind: 'read',
  handle(account, { VpcId = '', Attribute }, call) {
    const vpc = vpcNamed(regionOf(account, call.request.region), VpcId);
    switch (Attribute) {
      case 'enableDnsSupport':
        return { VpcId, EnableDnsSupport: { Value: vpc.dnsSupport } };
      case 'enableDnsHostnames':
        return { VpcId, EnableDnsHostnames: { Value: vpc.dnsHostnames } };
      case 'enableNetworkAddressUsageMetrics':
        return { VpcId, EnableNetworkAddressUsageMetrics: { Value: false } };
      default:
        throw Attribute === undefined
          ? missingParameter('attribute')
          : invalidValue(Attribute, 'attribute', 'Unknown attribute.');
    }
  },
};

export const modifyVpcAttribute: ChangeOperation<ModifyVpcAttributeRequest, object> = {
  kind: 'change',
  handle(account, { VpcId = '', EnableDnsSupport, EnableDnsHostnames }, call) {
    if (EnableDnsSupport !== undefined && EnableDnsHostnames !== undefined) {
      throw ec2Error(
        'InvalidParameterCombination',
        'Fields for multiple attribute types specified: enableDnsSupport, enableDnsHostnames',
      );
    }
    const vpc = vpcNamed(regionDraft(account, call.request.region), VpcId);
    if (EnableDnsSupport?.Value !== undefined) vpc.dnsSupport = EnableDnsSupport.Value;
    if (EnableDnsHostnames?.Value !== undefined) vpc.dnsHostnames = EnableDnsHostnames.Value;
    return {};
  },
};
