/** VPC endpoints with their policies. */
import type {
  CreateVpcEndpointRequest,
  CreateVpcEndpointResult,
  DeleteVpcEndpointsRequest,
  DeleteVpcEndpointsResult,
  DescribePrefixListsRequest,
  DescribePrefixListsResult,
  DescribeVpcEndpointsRequest,
  DescribeVpcEndpointsResult,
  ModifyVpcEndpointRequest,
  ModifyVpcEndpointResult,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { parsePolicy } from '../../../iam/parse.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { gatewayServices, isEndpointService } from './endpoint-services.ts';
import { ec2Error, missingParameter, unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { makeId } from './ids.ts';
import { groupsOf, type Place, shownTime } from './instance-shape.ts';
import { ec2Limits } from './limits.ts';
import { pageOf } from './pages.ts';
import { creationTags } from './permissions.ts';
import { regionDraft, regionOf } from './regions.ts';
import { prefixListId } from './routing.ts';
import { groupNamed } from './security-groups.ts';
import type { RegionState, VpcEndpointState } from './state.ts';
import { subnetNamed } from './subnets.ts';
import { setTags, shownTags, tagsFor, tagsOf } from './tags.ts';
import { vpcNamed } from './vpcs.ts';

/** What lets everything through: the policy of an endpoint that was given none. */
const fullAccess =
  '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}';

function shownEndpoint(endpoint: VpcEndpointState, { accountId, region, state }: Place): VpcEndpoint {
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: endpoint.kind,
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
    State: 'available' as NonNullable<VpcEndpoint['State']>,
    PolicyDocument: endpoint.policy ?? fullAccess,
    RouteTableIds: [...endpoint.routeTableIds],
    SubnetIds: [...endpoint.subnetIds],
    Groups: groupsOf(endpoint, state),
    IpAddressType: 'ipv4',
    PrivateDnsEnabled: endpoint.privateDns,
    RequesterManaged: false,
    NetworkInterfaceIds: [...endpoint.networkInterfaceIds],
    DnsEntries: dnsEntries(endpoint, region),
    CreationTimestamp: shownTime(endpoint.createdAt),
    Tags: shownTags(state, endpoint.id),
    OwnerId: accountId,
    ServiceRegion: region,
  };
}

function dnsEntries(
  { id, kind, serviceName, privateDns }: VpcEndpointState,
  region: string,
): VpcEndpoint['DnsEntries'] {
  if (kind === 'Gateway') return [];
  const service = serviceName.split('.').at(-1) ?? '';
  const names = [
    `${id}.${service}.${region}.vpce.amazonaws.com`,
    ...(privateDns ? [`${service}.${region}.amazonaws.com`] : []),
  ];
  return names.map((DnsName) => ({ DnsName }));
}

/** @throws AwsError `InvalidPolicyDocument` */
function checkedPolicy(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const parsed = parsePolicy(text, 'resource');
  if (parsed.kind === 'malformed')
    throw ec2Error('InvalidPolicyDocument', `The policy document is invalid: ${parsed.awsMessage}`);
  return text;
}

function checkRouteTables(state: RegionState, vpcId: string, ids: readonly string[]): void {
  for (const id of ids) {
    if (own(state.vpcs, vpcId)?.routeTableId !== id) throw unknownId('rtb', id);
  }
}

function checkNetwork(
  state: RegionState,
  vpcId: string,
  subnetIds: readonly string[],
  groupIds: readonly string[],
): void {
  for (const id of subnetIds) {
    if (subnetNamed(state, id).vpcId !== vpcId) throw unknownId('subnet', id);
  }
  for (const id of groupIds) {
    if (groupNamed(state, id).vpcId !== vpcId) throw unknownId('sg', id);
  }
}

export const createVpcEndpoint: ChangeOperation<CreateVpcEndpointRequest, CreateVpcEndpointResult> = {
  kind: 'change',
  alsoNeeds: creationTags('CreateVpcEndpoint'),
  handle(account, input, call) {
    const { region } = call.request;
    const { ServiceName = '', VpcEndpointType: type = 'Gateway', VpcId } = input;
    if (VpcId === undefined) throw missingParameter('VpcId');
    const state = regionDraft(account, region);
    vpcNamed(state, VpcId);
    if (type !== 'Gateway' && type !== 'Interface') {
      throw ec2Error('InvalidParameter', `The VPC endpoint type '${type}' is not offered here.`);
    }
    if (!isEndpointService(ServiceName, region, type)) {
      throw ec2Error('InvalidServiceName', `The Vpc Endpoint Service '${ServiceName}' does not exist`);
    }
    const { RouteTableIds = [], SubnetIds = [], SecurityGroupIds = [] } = input;
    const policy = checkedPolicy(input.PolicyDocument);
    checkForKind(type, { RouteTableIds, SubnetIds });
    checkRouteTables(state, VpcId, RouteTableIds);
    checkNetwork(state, VpcId, SubnetIds, SecurityGroupIds);
    checkTaken(state, { vpcId: VpcId, kind: type, serviceName: ServiceName, routeTableIds: RouteTableIds });
    const groups = SecurityGroupIds.length > 0 || type === 'Gateway' ? SecurityGroupIds : defaultGroupsOf(state, VpcId);
    const endpoint: VpcEndpointState = {
      id: makeId('vpce', call.random),
      kind: type,
      vpcId: VpcId,
      serviceName: ServiceName,
      ...(policy !== undefined && { policy }),
      routeTableIds: [...RouteTableIds],
      subnetIds: [...SubnetIds],
      securityGroupIds: [...groups],
      networkInterfaceIds: SubnetIds.map(() => makeId('eni', call.random)),
      privateDns: input.PrivateDnsEnabled ?? type === 'Interface',
      createdAt: call.now,
    };
    state.vpcEndpoints[endpoint.id] = { ...endpoint } as (typeof state.vpcEndpoints)[string];
    setTags(state, endpoint.id, tagsFor(input.TagSpecifications, 'vpc-endpoint'));
    return { VpcEndpoint: shownEndpoint(endpoint, { accountId: account.id, region, state }) };
  },
};

function checkForKind(
  kind: 'Gateway' | 'Interface',
  { RouteTableIds, SubnetIds }: { readonly RouteTableIds: readonly string[]; readonly SubnetIds: readonly string[] },
): void {
  const wrong = kind === 'Gateway' ? SubnetIds.length > 0 : RouteTableIds.length > 0;
  if (!wrong) return;
  throw ec2Error(
    'InvalidParameter',
    kind === 'Gateway'
      ? 'Subnets are only supported for Interface type VPC Endpoints.'
      : 'Route table IDs are only supported for Gateway type VPC Endpoints.',
  );
}

function checkTaken(
  state: RegionState,
  wanted: Pick<VpcEndpointState, 'vpcId' | 'kind' | 'serviceName' | 'routeTableIds'>,
): void {
  const all = Object.values(state.vpcEndpoints);
  if (all.length >= ec2Limits.vpcEndpoints) {
    throw ec2Error('VpcEndpointLimitExceeded', 'The maximum number of VPC endpoints has been reached.');
  }
  const alike = all.filter(({ serviceName, kind }) => serviceName === wanted.serviceName && kind === wanted.kind);
  const shared = wanted.routeTableIds.find((id) => alike.some(({ routeTableIds }) => routeTableIds.includes(id)));
  if (shared !== undefined) {
    throw ec2Error(
      'RouteAlreadyExists',
      `route table ${shared} already has a route with destination-prefix-list-id ${prefixListId(wanted.serviceName)}`,
    );
  }
}

function defaultGroupsOf(state: RegionState, vpcId: string): readonly string[] {
  const group = Object.values(state.securityGroups).find((each) => each.vpcId === vpcId && each.name === 'default');
  return group === undefined ? [] : [group.id];
}

export const describeVpcEndpoints: ReadOperation<DescribeVpcEndpointsRequest, DescribeVpcEndpointsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const { VpcEndpointIds = [] } = input;
    const unknown = VpcEndpointIds.filter((id) => own(state.vpcEndpoints, id) === undefined);
    if (unknown.length > 0) throw unknownId('vpce', ...unknown);
    const found = filtered(
      Object.values(state.vpcEndpoints).filter(({ id }) => VpcEndpointIds.length === 0 || VpcEndpointIds.includes(id)),
      input.Filters,
      {
        'ip-address-type': () => 'ipv4',
        'service-name': ({ serviceName }) => serviceName,
        'vpc-endpoint-id': ({ id }) => id,
        'vpc-endpoint-state': () => 'available',
        'vpc-endpoint-type': ({ kind }) => kind,
        'vpc-id': ({ vpcId }) => vpcId,
      },
      ({ id }) => tagsOf(state, id),
    );
    const { items, NextToken } = pageOf(found, input, ({ id }) => id, { least: 1, most: 1000 });
    return {
      VpcEndpoints: items.map((endpoint) => shownEndpoint(endpoint, { accountId: account.id, region, state })),
      NextToken,
    };
  },
};

export const modifyVpcEndpoint: ChangeOperation<ModifyVpcEndpointRequest, ModifyVpcEndpointResult> = {
  kind: 'change',
  handle(account, input, call) {
    const state = regionDraft(account, call.request.region);
    const endpoint = own(state.vpcEndpoints, input.VpcEndpointId ?? '');
    if (endpoint === undefined) throw unknownId('vpce', input.VpcEndpointId ?? '');
    const { AddRouteTableIds = [], AddSubnetIds = [], AddSecurityGroupIds = [] } = input;
    checkForKind(endpoint.kind, { RouteTableIds: AddRouteTableIds, SubnetIds: AddSubnetIds });
    checkRouteTables(state, endpoint.vpcId, AddRouteTableIds);
    checkNetwork(state, endpoint.vpcId, AddSubnetIds, AddSecurityGroupIds);
    const policy = checkedPolicy(input.PolicyDocument);
    if (policy !== undefined) endpoint.policy = policy;
    if (input.ResetPolicy === true) delete endpoint.policy;
    endpoint.routeTableIds = altered(endpoint.routeTableIds, AddRouteTableIds, input.RemoveRouteTableIds);
    endpoint.securityGroupIds = altered(endpoint.securityGroupIds, AddSecurityGroupIds, input.RemoveSecurityGroupIds);
    const cards = new Map(endpoint.subnetIds.map((id, i) => [id, endpoint.networkInterfaceIds[i]]));
    endpoint.subnetIds = altered(endpoint.subnetIds, AddSubnetIds, input.RemoveSubnetIds);
    endpoint.networkInterfaceIds = endpoint.subnetIds.map((id) => cards.get(id) ?? makeId('eni', call.random));
    if (input.PrivateDnsEnabled !== undefined) endpoint.privateDns = input.PrivateDnsEnabled;
    return { Return: true };
  },
};

function altered(ids: readonly string[], added: readonly string[], removed: readonly string[] = []): string[] {
  return [...new Set([...ids, ...added])].filter((id) => !removed.includes(id));
}

export const deleteVpcEndpoints: ChangeOperation<DeleteVpcEndpointsRequest, DeleteVpcEndpointsResult> = {
  kind: 'change',
  handle(account, { VpcEndpointIds = [] }, call) {
    const state = regionDraft(account, call.request.region);
    const unknown = VpcEndpointIds.filter((id) => own(state.vpcEndpoints, id) === undefined);
    for (const id of VpcEndpointIds) {
      delete state.vpcEndpoints[id];
      delete state.tags[id];
    }
    return {
      Unsuccessful: unknown.map((id) => ({
        ResourceId: id,
        Error: { Code: 'InvalidVpcEndpoint.NotFound', Message: `The Vpc Endpoint Id '${id}' does not exist` },
      })),
    };
  },
};

export const describePrefixLists: ReadOperation<DescribePrefixListsRequest, DescribePrefixListsResult> = {
  kind: 'read',
  handle(_account, input, call) {
    const all = gatewayServices(call.request.region).map((name) => ({ id: prefixListId(name), name }));
    const { PrefixListIds = [] } = input;
    const unknown = PrefixListIds.filter((id) => !all.some((list) => list.id === id));
    if (unknown.length > 0) {
      throw ec2Error('InvalidPrefixListId.NotFound', `The prefix list ID '${unknown.join(', ')}' does not exist`);
    }
    const found = filtered(
      all.filter(({ id }) => PrefixListIds.length === 0 || PrefixListIds.includes(id)),
      input.Filters,
      { 'prefix-list-id': ({ id }) => id, 'prefix-list-name': ({ name }) => name },
    );
    const { items, NextToken } = pageOf(found, input, ({ id }) => id, { least: 1, most: 1000 });
    return {
      PrefixLists: items.map(({ id, name }) => ({
        // Ranges that are set aside for documents (RFC 5737): no sandbox leads anywhere.
        Cidrs: [name.endsWith('.s3') ? '192.0.2.0/25' : '192.0.2.128/25'],
        PrefixListId: id,
        PrefixListName: name,
      })),
      NextToken,
    };
  },
};
