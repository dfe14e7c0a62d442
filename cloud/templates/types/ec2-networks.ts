/** AWS::EC2::VPC, Subnet and VPCEndpoint. */
import { differ, listDifference } from '../differences.ts';
import {
  answered,
  booleanOf,
  documentOf,
  given,
  type Properties,
  type ResourceType,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { boolean, document, list, oneOf, record, tags, text } from '../shape.ts';
import { firstOf, retagResource, someOf, tagged } from './ec2-requests.ts';

export const vpc: ResourceType = {
  name: 'AWS::EC2::VPC',
  properties: record(
    { CidrBlock: text, EnableDnsHostnames: boolean, InstanceTenancy: oneOf('default', 'dedicated'), Tags: tags },
    ['CidrBlock'],
  ),
  attributes: ['CidrBlock', 'DefaultNetworkAcl', 'DefaultSecurityGroup', 'VpcId'],
  fixed: ['CidrBlock', 'InstanceTenancy'],
  *make(properties) {
    const output = yield* send(
      'ec2',
      'CreateVpc',
      given({
        CidrBlock: textOf(properties, 'CidrBlock'),
        InstanceTenancy: textOf(properties, 'InstanceTenancy'),
        ...tagged(properties, 'vpc'),
      }),
    );
    const VpcId = answered(output, 'Vpc', 'VpcId');
    const inside = { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] };
    const groups = yield* send('ec2', 'DescribeSecurityGroups', inside);
    const acls = yield* send('ec2', 'DescribeNetworkAcls', inside);
    return {
      ref: VpcId,
      attributes: {
        CidrBlock: answered(output, 'Vpc', 'CidrBlock'),
        DefaultNetworkAcl: answered(firstOf(acls, 'NetworkAcls'), 'NetworkAclId'),
        DefaultSecurityGroup: answered(firstOf(groups, 'SecurityGroups'), 'GroupId'),
        VpcId,
      },
    };
  },
  settle: ({ ref }, properties) => nameHosts(ref, {}, properties),
  *update({ ref, attributes, properties: before }, properties) {
    yield* nameHosts(ref, before, properties);
    yield* retagResource(ref, before, properties);
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('ec2', 'DeleteVpc', { VpcId: ref });
  },
};

function* nameHosts(VpcId: string, before: Properties, after: Properties): Steps<void> {
  if (!differ(before, after, 'EnableDnsHostnames')) return;
  const EnableDnsHostnames = { Value: booleanOf(after, 'EnableDnsHostnames') ?? false };
  yield* send('ec2', 'ModifyVpcAttribute', { VpcId, EnableDnsHostnames });
}

export const subnet: ResourceType = {
  name: 'AWS::EC2::Subnet',
  properties: record(
    { AvailabilityZone: text, CidrBlock: text, MapPublicIpOnLaunch: boolean, Tags: tags, VpcId: text },
    ['CidrBlock', 'VpcId'],
  ),
  attributes: ['AvailabilityZone', 'SubnetId', 'VpcId'],
  fixed: ['AvailabilityZone', 'CidrBlock', 'VpcId'],
  *make(properties) {
    const output = yield* send(
      'ec2',
      'CreateSubnet',
      given({
        VpcId: textOf(properties, 'VpcId'),
        CidrBlock: textOf(properties, 'CidrBlock'),
        AvailabilityZone: textOf(properties, 'AvailabilityZone'),
        ...tagged(properties, 'subnet'),
      }),
    );
    const SubnetId = answered(output, 'Subnet', 'SubnetId');
    return {
      ref: SubnetId,
      attributes: {
        AvailabilityZone: answered(output, 'Subnet', 'AvailabilityZone'),
        SubnetId,
        VpcId: answered(output, 'Subnet', 'VpcId'),
      },
    };
  },
  settle: ({ ref }, properties) => mapAddresses(ref, {}, properties),
  *update({ ref, attributes, properties: before }, properties) {
    yield* mapAddresses(ref, before, properties);
    yield* retagResource(ref, before, properties);
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('ec2', 'DeleteSubnet', { SubnetId: ref });
  },
};

function* mapAddresses(SubnetId: string, before: Properties, after: Properties): Steps<void> {
  if (!differ(before, after, 'MapPublicIpOnLaunch')) return;
  const MapPublicIpOnLaunch = { Value: booleanOf(after, 'MapPublicIpOnLaunch') ?? false };
  yield* send('ec2', 'ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch });
}

export const vpcEndpoint: ResourceType = {
  name: 'AWS::EC2::VPCEndpoint',
  properties: record(
    {
      PolicyDocument: document,
      PrivateDnsEnabled: boolean,
      RouteTableIds: list(text),
      SecurityGroupIds: list(text),
      ServiceName: text,
      SubnetIds: list(text),
      Tags: tags,
      VpcEndpointType: oneOf('Gateway', 'Interface'),
      VpcId: text,
    },
    ['ServiceName', 'VpcId'],
  ),
  attributes: ['Id'],
  fixed: ['ServiceName', 'VpcEndpointType', 'VpcId'],
  *make(properties) {
    const output = yield* send(
      'ec2',
      'CreateVpcEndpoint',
      given({
        ServiceName: textOf(properties, 'ServiceName'),
        VpcId: textOf(properties, 'VpcId'),
        VpcEndpointType: textOf(properties, 'VpcEndpointType'),
        PrivateDnsEnabled: booleanOf(properties, 'PrivateDnsEnabled'),
        RouteTableIds: someOf(properties, 'RouteTableIds'),
        SecurityGroupIds: someOf(properties, 'SecurityGroupIds'),
        SubnetIds: someOf(properties, 'SubnetIds'),
        PolicyDocument: 'PolicyDocument' in properties ? documentOf(properties, 'PolicyDocument') : undefined,
        ...tagged(properties, 'vpc-endpoint'),
      }),
    );
    const Id = answered(output, 'VpcEndpoint', 'VpcEndpointId');
    return { ref: Id, attributes: { Id } };
  },
  *update({ ref: VpcEndpointId, attributes, properties: before }, properties) {
    const change = (name: string, added: string, removed: string) => {
      const difference = listDifference(before, properties, name);
      return {
        [added]: difference.added.length > 0 ? difference.added : undefined,
        [removed]: difference.removed.length > 0 ? difference.removed : undefined,
      };
    };
    const hasPolicy = properties['PolicyDocument'] !== undefined;
    const input = given({
      ...(differ(before, properties, 'PolicyDocument') &&
        (hasPolicy ? { PolicyDocument: documentOf(properties, 'PolicyDocument') } : { ResetPolicy: true })),
      ...(differ(before, properties, 'PrivateDnsEnabled') && {
        PrivateDnsEnabled: booleanOf(properties, 'PrivateDnsEnabled') ?? false,
      }),
      ...change('RouteTableIds', 'AddRouteTableIds', 'RemoveRouteTableIds'),
      ...change('SecurityGroupIds', 'AddSecurityGroupIds', 'RemoveSecurityGroupIds'),
      ...change('SubnetIds', 'AddSubnetIds', 'RemoveSubnetIds'),
    });
    if (Object.keys(input).length > 0) yield* send('ec2', 'ModifyVpcEndpoint', { VpcEndpointId, ...input });
    yield* retagResource(VpcEndpointId, before, properties);
    return { ref: VpcEndpointId, attributes };
  },
  *remove({ ref }) {
    yield* send('ec2', 'DeleteVpcEndpoints', { VpcEndpointIds: [ref] });
  },
};
