import { beforeEach, expect, it } from 'vitest';
import { accountId, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import { readTemplate } from '../template.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

async function deploy(Resources: Readonly<Record<string, object>>) {
  const read = readTemplate(JSON.stringify({ Resources }));
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  return deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
}

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

it('makes instances with what they stand in', async () => {
  await deploy({
    Lab: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true } },
    Part: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: { Ref: 'Lab' }, CidrBlock: '10.0.1.0/24', MapPublicIpOnLaunch: true },
    },
    Web: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupName: 'web',
        GroupDescription: 'web',
        VpcId: { 'Fn::GetAtt': ['Lab', 'VpcId'] },
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
        SecurityGroupEgress: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            DestinationSecurityGroupId: { 'Fn::GetAtt': ['Lab', 'DefaultSecurityGroup'] },
          },
        ],
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Box', AssumeRolePolicyDocument: trust } },
    Profile: {
      Type: 'AWS::IAM::InstanceProfile',
      Properties: { InstanceProfileName: 'Box', Roles: [{ Ref: 'Role' }] },
    },
    Box: {
      Type: 'AWS::EC2::Instance',
      Properties: {
        ImageId: 'ami-0abcdef1234567892',
        InstanceType: 't2.micro',
        IamInstanceProfile: { Ref: 'Profile' },
        SubnetId: { Ref: 'Part' },
        SecurityGroupIds: [{ 'Fn::GetAtt': ['Web', 'GroupId'] }],
        UserData: 'IyEvYmluL3NoCg==',
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        Tags: [{ Key: 'Name', Value: 'box' }],
      },
    },
    Address: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: 'address', Type: 'String', Value: { 'Fn::GetAtt': ['Box', 'PrivateIp'] } },
    },
    Way: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        ServiceName: 'com.amazonaws.us-east-1.sts',
        VpcEndpointType: 'Interface',
        VpcId: { Ref: 'Lab' },
        SubnetIds: [{ Ref: 'Part' }],
        PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
      },
    },
  });
  const [{ Instances }] = sandbox.call('ec2:DescribeInstances').Reservations;
  expect(Instances[0]).toMatchObject({
    State: { Name: 'running' },
    PrivateIpAddress: '10.0.1.4',
    PublicIpAddress: expect.any(String),
    SecurityGroups: [{ GroupName: 'web' }],
    IamInstanceProfile: { Arn: `arn:aws:iam::${accountId}:instance-profile/Box` },
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    Tags: [{ Key: 'Name', Value: 'box' }],
  });
  expect(sandbox.call('ssm:GetParameter', { Name: 'address' }).Parameter.Value).toBe('10.0.1.4');
  const [web] = sandbox.call('ec2:DescribeSecurityGroups', {
    Filters: [{ Name: 'group-name', Values: ['web'] }],
  }).SecurityGroups;
  expect(web.IpPermissions).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
  expect(web.IpPermissionsEgress).toMatchObject([{ IpProtocol: 'tcp', UserIdGroupPairs: [{}] }]);
  expect(sandbox.call('ec2:DescribeVpcEndpoints').VpcEndpoints).toMatchObject([{ VpcEndpointType: 'Interface' }]);
});
