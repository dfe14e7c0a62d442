/** AWS::EC2::Instance, SecurityGroup, VPC, Subnet, VPCEndpoint. */
import {
  answered,
  booleanOf,
  documentOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, document, list, number, oneOf, record, tags, text } from '../shape.ts';

/** `TagSpecifications` of a request, for a resource of this type. */
function tagged(properties: Properties, ResourceType: string): Readonly<Record<string, unknown>> {
  const Tags = recordsOf(properties, 'Tags').map((tag) => ({ Key: textOf(tag, 'Key'), Value: textOf(tag, 'Value') }));
  return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType, Tags }] };
}

/** A list that a request leaves out where it is empty. */
function someOf(properties: Properties, name: string): readonly string[] | undefined {
  const values = textsOf(properties, name);
  return values.length === 0 ? undefined : values;
}

/** A member of the first item of a list in an answer. */
function firstOf(output: unknown, name: string): unknown {
  const items: unknown = (output as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(items) ? items[0] : undefined;
}

const metadataOptions = record({
  HttpEndpoint: oneOf('enabled', 'disabled'),
  HttpPutResponseHopLimit: number,
  HttpTokens: oneOf('optional', 'required'),
  InstanceMetadataTags: oneOf('enabled', 'disabled'),
});

export const instance: ResourceType = {
  name: 'AWS::EC2::Instance',
  properties: record(
    {
      AvailabilityZone: text,
      DisableApiTermination: boolean,
      EbsOptimized: boolean,
      IamInstanceProfile: text,
      ImageId: text,
      InstanceInitiatedShutdownBehavior: oneOf('stop', 'terminate'),
      InstanceType: text,
      KeyName: text,
      MetadataOptions: metadataOptions,
      Monitoring: boolean,
      PrivateIpAddress: text,
      SecurityGroupIds: list(text),
      SecurityGroups: list(text),
      SubnetId: text,
      Tags: tags,
      UserData: text,
    },
    ['ImageId'],
  ),
  attributes: ['AvailabilityZone', 'InstanceId', 'PrivateDnsName', 'PrivateIp', 'PublicDnsName', 'PublicIp', 'VpcId'],
  *make(properties) {
    const launched = yield* send('ec2', 'RunInstances', launchOf(properties));
    const id = answered(firstOf(launched, 'Instances'), 'InstanceId');
    const output = yield* send('ec2', 'DescribeInstances', { InstanceIds: [id] });
    const made = firstOf(firstOf(output, 'Reservations'), 'Instances');
    return {
      ref: id,
      attributes: {
        AvailabilityZone: answered(made, 'Placement', 'AvailabilityZone'),
        InstanceId: id,
        PrivateDnsName: answered(made, 'PrivateDnsName'),
        PrivateIp: answered(made, 'PrivateIpAddress'),
        PublicDnsName: answered(made, 'PublicDnsName'),
        PublicIp: answered(made, 'PublicIpAddress'),
        VpcId: answered(made, 'VpcId'),
      },
    };
  },
};

function launchOf(properties: Properties): Readonly<Record<string, unknown>> {
  const zone = textOf(properties, 'AvailabilityZone');
  const profile = textOf(properties, 'IamInstanceProfile');
  const options = recordOf(properties, 'MetadataOptions');
  const monitoring = booleanOf(properties, 'Monitoring');
  return given({
    MinCount: 1,
    MaxCount: 1,
    ImageId: textOf(properties, 'ImageId'),
    InstanceType: textOf(properties, 'InstanceType'),
    KeyName: textOf(properties, 'KeyName'),
    SubnetId: textOf(properties, 'SubnetId'),
    SecurityGroupIds: someOf(properties, 'SecurityGroupIds'),
    SecurityGroups: someOf(properties, 'SecurityGroups'),
    PrivateIpAddress: textOf(properties, 'PrivateIpAddress'),
    UserData: textOf(properties, 'UserData'),
    EbsOptimized: booleanOf(properties, 'EbsOptimized'),
    DisableApiTermination: booleanOf(properties, 'DisableApiTermination'),
    InstanceInitiatedShutdownBehavior: textOf(properties, 'InstanceInitiatedShutdownBehavior'),
    Placement: zone === undefined ? undefined : { AvailabilityZone: zone },
    IamInstanceProfile: profile === undefined ? undefined : { Name: profile },
    Monitoring: monitoring === undefined ? undefined : { Enabled: monitoring },
    MetadataOptions:
      options &&
      given({
        HttpEndpoint: textOf(options, 'HttpEndpoint'),
        HttpPutResponseHopLimit: numberOf(options, 'HttpPutResponseHopLimit'),
        HttpTokens: textOf(options, 'HttpTokens'),
        InstanceMetadataTags: textOf(options, 'InstanceMetadataTags'),
      }),
    ...tagged(properties, 'instance'),
  });
}

const peer = { IpProtocol: text, FromPort: number, ToPort: number, CidrIp: text, CidrIpv6: text, Description: text };

export const securityGroup: ResourceType = {
  name: 'AWS::EC2::SecurityGroup',
  properties: record(
    {
      GroupDescription: text,
      GroupName: text,
      SecurityGroupEgress: list(record({ ...peer, DestinationSecurityGroupId: text }, ['IpProtocol'])),
      SecurityGroupIngress: list(record({ ...peer, SourceSecurityGroupId: text }, ['IpProtocol'])),
      Tags: tags,
      VpcId: text,
    },
    ['GroupDescription'],
  ),
  attributes: ['GroupId', 'VpcId'],
  *make(properties, making) {
    const { generatedName } = making;
    const output = yield* send(
      'ec2',
      'CreateSecurityGroup',
      given({
        GroupName: textOf(properties, 'GroupName') ?? generatedName(255),
        Description: textOf(properties, 'GroupDescription'),
        VpcId: textOf(properties, 'VpcId'),
        ...tagged(properties, 'security-group'),
      }),
    );
    const GroupId = answered(output, 'GroupId');
    yield* addRules(properties, GroupId);
    const described = yield* send('ec2', 'DescribeSecurityGroups', { GroupIds: [GroupId] });
    return { ref: GroupId, attributes: { GroupId, VpcId: answered(firstOf(described, 'SecurityGroups'), 'VpcId') } };
  },
};

/** Rules for what goes out take the place of the one that lets all out. */
function* addRules(properties: Properties, GroupId: string): Steps<void> {
  const ingress = recordsOf(properties, 'SecurityGroupIngress').map((rule) =>
    permissionOf(rule, 'SourceSecurityGroupId'),
  );
  if (ingress.length > 0) yield* send('ec2', 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: ingress });
  const egress = recordsOf(properties, 'SecurityGroupEgress').map((rule) =>
    permissionOf(rule, 'DestinationSecurityGroupId'),
  );
  if (egress.length === 0) return;
  const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  yield* send('ec2', 'RevokeSecurityGroupEgress', { GroupId, IpPermissions: everything });
  yield* send('ec2', 'AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: egress });
}

function permissionOf(rule: Properties, groupMember: string): Readonly<Record<string, unknown>> {
  const described = given({ Description: textOf(rule, 'Description') });
  const cidr = textOf(rule, 'CidrIp');
  const cidr6 = textOf(rule, 'CidrIpv6');
  const group = textOf(rule, groupMember);
  return given({
    IpProtocol: textOf(rule, 'IpProtocol'),
    FromPort: numberOf(rule, 'FromPort'),
    ToPort: numberOf(rule, 'ToPort'),
    IpRanges: cidr === undefined ? undefined : [{ CidrIp: cidr, ...described }],
    Ipv6Ranges: cidr6 === undefined ? undefined : [{ CidrIpv6: cidr6, ...described }],
    UserIdGroupPairs: group === undefined ? undefined : [{ GroupId: group, ...described }],
  });
}

export const vpc: ResourceType = {
  name: 'AWS::EC2::VPC',
  properties: record(
    { CidrBlock: text, EnableDnsHostnames: boolean, InstanceTenancy: oneOf('default', 'dedicated'), Tags: tags },
    ['CidrBlock'],
  ),
  attributes: ['CidrBlock', 'DefaultNetworkAcl', 'DefaultSecurityGroup', 'VpcId'],
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
    if (booleanOf(properties, 'EnableDnsHostnames') === true) {
      yield* send('ec2', 'ModifyVpcAttribute', { VpcId, EnableDnsHostnames: { Value: true } });
    }
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
};

export const subnet: ResourceType = {
  name: 'AWS::EC2::Subnet',
  properties: record(
    { AvailabilityZone: text, CidrBlock: text, MapPublicIpOnLaunch: boolean, Tags: tags, VpcId: text },
    ['CidrBlock', 'VpcId'],
  ),
  attributes: ['AvailabilityZone', 'SubnetId', 'VpcId'],
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
    if (booleanOf(properties, 'MapPublicIpOnLaunch') === true) {
      yield* send('ec2', 'ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value: true } });
    }
    return {
      ref: SubnetId,
      attributes: {
        AvailabilityZone: answered(output, 'Subnet', 'AvailabilityZone'),
        SubnetId,
        VpcId: answered(output, 'Subnet', 'VpcId'),
      },
    };
  },
};

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
};
