/** Route tables, network ACLs and internet gateways: each VPC has those that it came with. */
import type {
  DescribeInternetGatewaysRequest,
  DescribeInternetGatewaysResult,
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResult,
  DescribeRouteTablesRequest,
  DescribeRouteTablesResult,
  NetworkAclEntry,
  Route,
} from '@aws-sdk/client-ec2';
import type { ReadOperation } from '../../service.ts';
import { unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { derivedId } from './ids.ts';
import { pageOf } from './pages.ts';
import { regionOf } from './regions.ts';
import type { RegionState, VpcState } from './state.ts';
import { shownTags, tagsOf } from './tags.ts';

/** Those that are asked for by id, all where none is. */
function chosen(
  state: RegionState,
  ids: readonly string[],
  prefix: string,
  idOf: (vpc: VpcState) => string | undefined,
): readonly VpcState[] {
  const vpcs = Object.values(state.vpcs).filter((vpc) => idOf(vpc) !== undefined);
  const unknown = ids.filter((id) => !vpcs.some((vpc) => idOf(vpc) === id));
  if (unknown.length > 0) throw unknownId(prefix, ...unknown);
  return ids.length === 0 ? vpcs : vpcs.filter((vpc) => ids.includes(idOf(vpc) ?? ''));
}

function subnetsOf(state: RegionState, vpc: VpcState): readonly string[] {
  return Object.values(state.subnets).flatMap(({ id, vpcId }) => (vpcId === vpc.id ? [id] : []));
}

/** The prefix list of a service behind a gateway endpoint. */
export function prefixListId(serviceName: string): string {
  return derivedId('pl', serviceName);
}

function routesOf(state: RegionState, vpc: VpcState): Route[] {
  const endpoints = Object.values(state.vpcEndpoints).filter(({ routeTableIds }) =>
    routeTableIds.includes(vpc.routeTableId),
  );
  return [
    { DestinationCidrBlock: vpc.cidr, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
    ...(vpc.internetGatewayId === undefined
      ? []
      : [
          {
            DestinationCidrBlock: '0.0.0.0/0',
            GatewayId: vpc.internetGatewayId,
            Origin: 'CreateRoute' as const,
            State: 'active' as const,
          },
        ]),
    ...endpoints.map(({ id, serviceName }) => ({
      DestinationPrefixListId: prefixListId(serviceName),
      GatewayId: id,
      Origin: 'CreateRoute' as const,
      State: 'active' as const,
    })),
  ];
}

export const describeRouteTables: ReadOperation<DescribeRouteTablesRequest, DescribeRouteTablesResult> = {
  kind: 'read',
  handle(account, input, call) {
    const state = regionOf(account, call.request.region);
    const found = filtered(
      chosen(state, input.RouteTableIds ?? [], 'rtb', ({ routeTableId }) => routeTableId),
      input.Filters,
      {
        'association.main': () => true,
        'association.route-table-id': ({ routeTableId }) => routeTableId,
        // Subnets use the main table without being associated with it.
        'association.subnet-id': () => undefined,
        'owner-id': () => account.id,
        'route-table-id': ({ routeTableId }) => routeTableId,
        'route.gateway-id': (vpc) => routesOf(state, vpc).map(({ GatewayId = '' }) => GatewayId),
        'route.destination-cidr-block': (vpc) =>
          routesOf(state, vpc).flatMap(({ DestinationCidrBlock }) => DestinationCidrBlock ?? []),
        'vpc-id': ({ id }) => id,
      },
      ({ routeTableId }) => tagsOf(state, routeTableId),
    );
    const { items, NextToken } = pageOf(found, input, ({ routeTableId }) => routeTableId, { least: 5, most: 100 });
    return {
      RouteTables: items.map((vpc) => ({
        Associations: [
          {
            Main: true,
            RouteTableAssociationId: vpc.routeTableId.replace('rtb-', 'rtbassoc-'),
            RouteTableId: vpc.routeTableId,
            AssociationState: { State: 'associated' },
          },
        ],
        PropagatingVgws: [],
        RouteTableId: vpc.routeTableId,
        Routes: routesOf(state, vpc),
        Tags: shownTags(state, vpc.routeTableId),
        VpcId: vpc.id,
        OwnerId: account.id,
      })),
      NextToken,
    };
  },
};

/** The first rule of each direction lets all through; the last, which every ACL has, lets through nothing. */
const entries: NetworkAclEntry[] = [true, false].flatMap((Egress) => [
  { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction: 'allow', RuleNumber: 100 },
  { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction: 'deny', RuleNumber: 32_767 },
]);

export const describeNetworkAcls: ReadOperation<DescribeNetworkAclsRequest, DescribeNetworkAclsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const state = regionOf(account, call.request.region);
    const found = filtered(
      chosen(state, input.NetworkAclIds ?? [], 'acl', ({ networkAclId }) => networkAclId),
      input.Filters,
      {
        'association.subnet-id': (vpc) => subnetsOf(state, vpc),
        default: () => true,
        'network-acl-id': ({ networkAclId }) => networkAclId,
        'association.network-acl-id': ({ networkAclId }) => networkAclId,
        'owner-id': () => account.id,
        'vpc-id': ({ id }) => id,
      },
      ({ networkAclId }) => tagsOf(state, networkAclId),
    );
    const { items, NextToken } = pageOf(found, input, ({ networkAclId }) => networkAclId);
    return {
      NetworkAcls: items.map((vpc) => ({
        Associations: subnetsOf(state, vpc).map((SubnetId) => ({
          NetworkAclAssociationId: SubnetId.replace('subnet-', 'aclassoc-'),
          NetworkAclId: vpc.networkAclId,
          SubnetId,
        })),
        Entries: entries,
        IsDefault: true,
        NetworkAclId: vpc.networkAclId,
        Tags: shownTags(state, vpc.networkAclId),
        VpcId: vpc.id,
        OwnerId: account.id,
      })),
      NextToken,
    };
  },
};

export const describeInternetGateways: ReadOperation<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult> =
  {
    kind: 'read',
    handle(account, input, call) {
      const state = regionOf(account, call.request.region);
      const found = filtered(
        chosen(state, input.InternetGatewayIds ?? [], 'igw', ({ internetGatewayId }) => internetGatewayId),
        input.Filters,
        {
          'attachment.state': () => 'available',
          'attachment.vpc-id': ({ id }) => id,
          'internet-gateway-id': ({ internetGatewayId }) => internetGatewayId,
          'owner-id': () => account.id,
        },
        ({ internetGatewayId = '' }) => tagsOf(state, internetGatewayId),
      );
      const { items, NextToken } = pageOf(found, input, ({ id }) => id);
      return {
        InternetGateways: items.map((vpc) => ({
          // Of a gateway, which is attached or not, the API says `available` where its documentation says `attached`.
          Attachments: [{ State: 'available' as 'attached', VpcId: vpc.id }],
          InternetGatewayId: vpc.internetGatewayId,
          OwnerId: account.id,
          Tags: shownTags(state, vpc.internetGatewayId ?? ''),
        })),
        NextToken,
      };
    },
  };
