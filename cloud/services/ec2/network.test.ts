import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, Sandbox } from '../../testing/sandbox.ts';
import { launch } from './testing/launch.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const arn = (resource: string) => `arn:aws:ec2:us-east-1:${accountId}:${resource}`;
const vpcs = () => sandbox.call('ec2:DescribeVpcs').Vpcs;

describe('the default VPC', () => {
  it('is there in each region, with a subnet in each zone, and costs no state', () => {
    const before = sandbox.world;
    expect(vpcs()).toMatchObject([{ CidrBlock: '172.31.0.0/16', IsDefault: true, State: 'available' }]);
    expect(sandbox.call('ec2:DescribeSubnets').Subnets).toHaveLength(6);
    expect(sandbox.call('ec2:DescribeSubnets').Subnets[1]).toMatchObject({
      AvailabilityZone: 'us-east-1b',
      AvailabilityZoneId: 'use1-az2',
      CidrBlock: '172.31.16.0/20',
      AvailableIpAddressCount: 4091,
    });
    const here = vpcs()[0].VpcId;
    sandbox.region = 'eu-west-1';
    expect(vpcs()[0].VpcId).not.toBe(here);
    expect(sandbox.call('ec2:DescribeSubnets').Subnets).toHaveLength(3);
    expect(sandbox.world).toBe(before);
  });

  it('has a route table with a way out, a network ACL and an internet gateway', () => {
    const [{ VpcId }] = vpcs();
    const [table] = sandbox.call('ec2:DescribeRouteTables').RouteTables;
    expect(table).toMatchObject({ VpcId, Associations: [{ Main: true }] });
    const [gateway] = sandbox.call('ec2:DescribeInternetGateways').InternetGateways;
    expect(table.Routes.map((route: { GatewayId: string }) => route.GatewayId)).toEqual([
      'local',
      gateway.InternetGatewayId,
    ]);
    expect(sandbox.call('ec2:DescribeNetworkAcls').NetworkAcls[0].Associations).toHaveLength(6);
    expect(sandbox.call('ec2:DescribeVpcAttribute', { VpcId, Attribute: 'enableDnsHostnames' })).toEqual({
      VpcId,
      EnableDnsHostnames: { Value: true },
    });
    const attributes = sandbox.call('ec2:DescribeAccountAttributes', { AttributeNames: ['default-vpc'] });
    expect(attributes.AccountAttributes[0].AttributeValues).toEqual([{ AttributeValue: VpcId }]);
  });
});

describe('VPCs and subnets', () => {
  it('are made, found and deleted', () => {
    const { Vpc } = sandbox.call('ec2:CreateVpc', {
      CidrBlock: '10.0.1.0/16',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'lab' }] }],
    });
    expect(Vpc).toMatchObject({ CidrBlock: '10.0.0.0/16', IsDefault: false, Tags: [{ Key: 'Name', Value: 'lab' }] });
    const { VpcId } = Vpc;
    const { Subnet } = sandbox.call('ec2:CreateSubnet', { VpcId, CidrBlock: '10.0.1.0/24' });
    sandbox.call('ec2:ModifySubnetAttribute', { SubnetId: Subnet.SubnetId, MapPublicIpOnLaunch: { Value: true } });
    sandbox.call('ec2:ModifyVpcAttribute', { VpcId, EnableDnsHostnames: { Value: true } });
    const filter = { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] };
    expect(sandbox.call('ec2:DescribeSubnets', filter).Subnets).toMatchObject([{ MapPublicIpOnLaunch: true }]);
    expect(sandbox.call('ec2:DescribeSecurityGroups', filter).SecurityGroups).toMatchObject([{ GroupName: 'default' }]);
    expect(sandbox.fail('ec2:DeleteVpc', { VpcId }).code).toBe('DependencyViolation');
    const { InstanceId } = launch(sandbox, { SubnetId: Subnet.SubnetId });
    expect(sandbox.fail('ec2:DeleteSubnet', { SubnetId: Subnet.SubnetId }).code).toBe('DependencyViolation');
    sandbox.call('ec2:TerminateInstances', { InstanceIds: [InstanceId] });
    sandbox.call('ec2:DeleteSubnet', { SubnetId: Subnet.SubnetId });
    sandbox.call('ec2:DeleteVpc', { VpcId });
    expect(sandbox.fail('ec2:DescribeVpcs', { VpcIds: [VpcId] }).code).toBe('InvalidVpcID.NotFound');
    expect(sandbox.call('ec2:DescribeSecurityGroups').SecurityGroups).toHaveLength(1);
  });

  it.each([
    ['CreateVpc', {}, 'MissingParameter'],
    ['CreateVpc', { CidrBlock: '10.0.0.0' }, 'InvalidParameterValue'],
    ['CreateVpc', { CidrBlock: '10.0.0.0/8' }, 'InvalidVpc.Range'],
    ['CreateSubnet', { VpcId: 'vpc-0123456789abcdef0', CidrBlock: '10.0.0.0/24' }, 'InvalidVpcID.NotFound'],
  ])('%s %j is refused with %s', (name, input, code) => {
    expect(sandbox.fail(`ec2:${name}`, input).code).toBe(code);
  });

  it('keep subnets within their VPC, and apart', () => {
    const [{ VpcId }] = vpcs();
    const fail = (more: object) => sandbox.fail('ec2:CreateSubnet', { VpcId, ...more }).code;
    expect(fail({ CidrBlock: '10.0.0.0/24' })).toBe('InvalidSubnet.Range');
    expect(fail({ CidrBlock: '172.31.0.0/24' })).toBe('InvalidSubnet.Conflict');
    expect(fail({ CidrBlock: '172.31.128.0/24', AvailabilityZone: 'eu-west-1a' })).toBe('InvalidParameterValue');
  });

  it('are bounded', () => {
    for (let i = 0; i < 4; i++) sandbox.call('ec2:CreateVpc', { CidrBlock: '10.0.0.0/16' });
    expect(sandbox.fail('ec2:CreateVpc', { CidrBlock: '10.0.0.0/16' }).code).toBe('VpcLimitExceeded');
  });
});

describe('security groups', () => {
  const make = (more: object = {}) =>
    sandbox.call('ec2:CreateSecurityGroup', { GroupName: 'web', Description: 'web', ...more }).GroupId;
  const https = {
    IpProtocol: 'tcp',
    FromPort: 443,
    ToPort: 443,
    IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'all' }],
  };
  const ingress = (GroupId: string, more: object = { IpPermissions: [https] }) =>
    sandbox.call('ec2:AuthorizeSecurityGroupIngress', { GroupId, ...more });

  it('take rules in and give them back', () => {
    const GroupId = make();
    const added = ingress(GroupId);
    expect(added.SecurityGroupRules).toMatchObject([
      { GroupId, IsEgress: false, IpProtocol: 'tcp', FromPort: 443, CidrIpv4: '0.0.0.0/0', Description: 'all' },
    ]);
    const [group] = sandbox.call('ec2:DescribeSecurityGroups', { GroupIds: [GroupId] }).SecurityGroups;
    expect(group.IpPermissions).toEqual([{ ...https, UserIdGroupPairs: [], Ipv6Ranges: [], PrefixListIds: [] }]);
    expect(group.IpPermissionsEgress).toMatchObject([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
    const rules = sandbox.call('ec2:DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [GroupId] }],
    });
    expect(rules.SecurityGroupRules).toHaveLength(2);
    const again = sandbox.fail('ec2:AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [https] });
    expect([again.code, again.message]).toEqual([
      'InvalidPermission.Duplicate',
      'the specified rule "peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW" already exists',
    ]);
    sandbox.call('ec2:RevokeSecurityGroupIngress', { GroupId, IpPermissions: [https] });
    const gone = sandbox.fail('ec2:RevokeSecurityGroupIngress', { GroupId, IpPermissions: [https] });
    expect(gone.code).toBe('InvalidPermission.NotFound');
    const [{ SecurityGroupRuleId }] = sandbox.call('ec2:DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [GroupId] }],
    }).SecurityGroupRules;
    const revoked = sandbox.call('ec2:RevokeSecurityGroupEgress', {
      GroupId,
      SecurityGroupRuleIds: [SecurityGroupRuleId],
    });
    expect(revoked.RevokedSecurityGroupRules).toMatchObject([{ SecurityGroupRuleId, IsEgress: true }]);
  });

  it('may name each other, and are then kept', () => {
    const web = make();
    const db = make({ GroupName: 'db' });
    const fromWeb = { IpProtocol: '6', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: web }] };
    ingress(db, { IpPermissions: [fromWeb] });
    expect(sandbox.fail('ec2:DeleteSecurityGroup', { GroupId: web }).code).toBe('DependencyViolation');
    const { InstanceId } = launch(sandbox, { SecurityGroupIds: [db] });
    expect(sandbox.fail('ec2:DeleteSecurityGroup', { GroupId: db }).code).toBe('DependencyViolation');
    sandbox.call('ec2:TerminateInstances', { InstanceIds: [InstanceId] });
    sandbox.call('ec2:DeleteSecurityGroup', { GroupId: db });
    sandbox.call('ec2:DeleteSecurityGroup', { GroupName: 'web' });
    expect(sandbox.call('ec2:DescribeSecurityGroups').SecurityGroups).toHaveLength(1);
  });

  it.each([
    ['CreateSecurityGroup', { GroupName: 'default', Description: 'x' }, 'InvalidParameterValue'],
    ['CreateSecurityGroup', { GroupName: 'sg-x', Description: 'x' }, 'InvalidParameterValue'],
    ['CreateSecurityGroup', { GroupName: 'x', Description: 'ü' }, 'InvalidParameterValue'],
    ['CreateSecurityGroup', { GroupName: 'x' }, 'MissingParameter'],
    ['AuthorizeSecurityGroupIngress', { GroupName: 'default' }, 'MissingParameter'],
    ['AuthorizeSecurityGroupIngress', { GroupName: 'none', IpPermissions: [https] }, 'InvalidGroup.NotFound'],
    [
      'AuthorizeSecurityGroupIngress',
      { GroupName: 'default', IpPermissions: [{ ...https, ToPort: 70_000 }] },
      'InvalidParameterValue',
    ],
    [
      'AuthorizeSecurityGroupIngress',
      { GroupName: 'default', IpPermissions: [{ ...https, ToPort: undefined }] },
      'InvalidParameterValue',
    ],
    [
      'AuthorizeSecurityGroupIngress',
      { GroupName: 'default', IpPermissions: [{ ...https, IpRanges: [{ CidrIp: 'all' }] }] },
      'InvalidParameterValue',
    ],
    ['DeleteSecurityGroup', { GroupName: 'default' }, 'CannotDelete'],
  ])('%s %j is refused with %s', (name, input, code) => {
    const before = sandbox.world;
    expect(sandbox.fail(`ec2:${name}`, input).code).toBe(code);
    expect(sandbox.world).toBe(before);
  });

  it('refuse a second of the same name in one VPC', () => {
    make();
    expect(sandbox.fail('ec2:CreateSecurityGroup', { GroupName: 'web', Description: 'w' }).code).toBe(
      'InvalidGroup.Duplicate',
    );
  });

  it('are asked for with their VPC; rules by their group alone', () => {
    const [{ VpcId }] = vpcs();
    expect(sandbox.asked('ec2:CreateSecurityGroup', { GroupName: 'web', Description: 'web' })).toEqual([
      `ec2:CreateSecurityGroup ${arn('security-group/*')}`,
      `ec2:CreateSecurityGroup ${arn(`vpc/${VpcId}`)}`,
    ]);
    const [, { GroupId }] = sandbox.call('ec2:DescribeSecurityGroups').SecurityGroups;
    expect(sandbox.asked('ec2:AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [https] })).toEqual([
      `ec2:AuthorizeSecurityGroupIngress ${arn(`security-group/${GroupId}`)}`,
    ]);
    const bea = sandbox.user('Bea', allow('ec2:*', arn(`security-group/${GroupId}`)));
    sandbox.call('ec2:RevokeSecurityGroupIngress', { GroupId, IpPermissions: [https] }, bea);
    expect(sandbox.fail('ec2:DeleteSecurityGroup', { GroupName: 'default' }, bea).code).toBe('UnauthorizedOperation');
  });
});
