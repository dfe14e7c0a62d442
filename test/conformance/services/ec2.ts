import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const ec2 = (command: string, ...more: readonly string[]) => ['ec2', command, ...more];
const image = 'ami-0abcdef1234567892';
const launch = ['--image-id', image, '--instance-type', 't2.micro', '--count', '1'];
const box = (answers: Answers): string => answers['launched'].Instances[0].InstanceId;
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const result = (expected: object) => (answer: unknown) => expect(answer).toMatchObject(expected);
const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB2lWRPRP7L65D/IQHzEf34iqiMOWcsfOLnPdOPS5kti bea@library';

/** Looking around, a security group, an instance from its launch to its end, its role, an endpoint. */
export const scenario: Scenario = {
  service: 'ec2',
  files: { 'boot.sh': '#!/bin/sh\necho hello\n', 'key.pub': publicKey },
  steps: [
    { run: ec2('describe-regions', '--region-names', 'eu-west-1') },
    {
      run: ec2('describe-availability-zones'),
      shows: ({ AvailabilityZones }) => expect(AvailabilityZones).toHaveLength(6),
    },
    { run: ec2('describe-account-attributes') },
    { run: ec2('describe-vpcs', '--filters', 'Name=is-default,Values=true'), name: 'vpcs' },
    { run: ec2('describe-subnets'), name: 'subnets' },
    { run: ec2('describe-route-tables'), name: 'tables' },
    { run: ec2('describe-network-acls') },
    { run: ec2('describe-internet-gateways') },
    {
      run: ec2('describe-images', '--owners', 'amazon', '--filters', 'Name=name,Values=amzn2-ami-hvm-*'),
      shows: result({ Images: [{ ImageId: image }] }),
    },
    { run: ec2('describe-instance-types', '--instance-types', 't2.micro', 'm5.large') },
    { run: ec2('import-key-pair', '--key-name', 'bea', '--public-key-material', 'fileb://key.pub') },
    { run: ec2('describe-key-pairs', '--key-names', 'bea', '--include-public-key') },
    {
      run: ec2('create-security-group', '--group-name', 'web', '--description', 'web'),
      name: 'group',
    },
    {
      run: ({ group }) =>
        ec2(
          'authorize-security-group-ingress',
          '--group-id',
          group.GroupId,
          '--protocol',
          'tcp',
          '--port',
          '443',
          '--cidr',
          '0.0.0.0/0',
        ),
      shows: result({ Return: true, SecurityGroupRules: [{ FromPort: 443 }] }),
    },
    { run: ({ group }) => ec2('describe-security-groups', '--group-ids', group.GroupId) },
    { run: ({ group }) => ec2('describe-security-group-rules', '--filters', `Name=group-id,Values=${group.GroupId}`) },
    { run: ['iam', 'create-role', '--role-name', 'Box', '--assume-role-policy-document', trust] },
    { run: ['iam', 'create-instance-profile', '--instance-profile-name', 'Box'] },
    { run: ['iam', 'add-role-to-instance-profile', '--instance-profile-name', 'Box', '--role-name', 'Box'] },
    { run: ec2('run-instances', ...launch, '--dry-run'), ends: 'DryRunOperation' },
    { run: ec2('run-instances', '--image-id', 'ami-0123456789abcdef0'), ends: 'InvalidAMIID.NotFound' },
    {
      run: ({ group }) =>
        ec2(
          'run-instances',
          ...launch,
          '--key-name',
          'bea',
          '--security-group-ids',
          group.GroupId,
          '--user-data',
          'file://boot.sh',
          '--tag-specifications',
          'ResourceType=instance,Tags=[{Key=Name,Value=box}]',
        ),
      name: 'launched',
    },
    { run: (answers) => ec2('describe-instances', '--instance-ids', box(answers)) },
    {
      run: ec2('describe-instances', '--filters', 'Name=tag:Name,Values=b*'),
      shows: result({ Reservations: [{ Instances: [{ State: { Name: 'running' } }] }] }),
    },
    { run: (answers) => ec2('describe-instance-status', '--instance-ids', box(answers)) },
    {
      run: (answers) => ec2('describe-instance-attribute', '--instance-id', box(answers), '--attribute', 'userData'),
      shows: result({ UserData: { Value: Buffer.from('#!/bin/sh\necho hello\n').toString('base64') } }),
    },
    { run: ec2('describe-volumes') },
    { run: ec2('describe-network-interfaces') },
    {
      run: (answers) =>
        ec2('associate-iam-instance-profile', '--instance-id', box(answers), '--iam-instance-profile', 'Name=Box'),
    },
    { run: ec2('describe-iam-instance-profile-associations'), name: 'associations' },
    {
      run: ({ associations }) =>
        ec2(
          'disassociate-iam-instance-profile',
          '--association-id',
          associations.IamInstanceProfileAssociations[0].AssociationId,
        ),
    },
    {
      run: (answers) =>
        ec2('modify-instance-metadata-options', '--instance-id', box(answers), '--http-tokens', 'required'),
      shows: result({ InstanceMetadataOptions: { HttpTokens: 'required' } }),
    },
    {
      run: (answers) => ec2('modify-instance-attribute', '--instance-id', box(answers), '--no-source-dest-check'),
    },
    {
      run: (answers) => ec2('create-tags', '--resources', box(answers), '--tags', 'Key=team,Value=web'),
    },
    { run: ec2('describe-tags', '--filters', 'Name=key,Values=team'), shows: result({ Tags: [{ Value: 'web' }] }) },
    {
      run: ({ vpcs, tables }) =>
        ec2(
          'create-vpc-endpoint',
          '--vpc-id',
          vpcs.Vpcs[0].VpcId,
          '--service-name',
          'com.amazonaws.us-east-1.s3',
          '--route-table-ids',
          tables.RouteTables[0].RouteTableId,
        ),
      name: 'endpoint',
    },
    { run: ec2('describe-vpc-endpoints') },
    {
      run: ({ endpoint }) => ec2('delete-vpc-endpoints', '--vpc-endpoint-ids', endpoint.VpcEndpoint.VpcEndpointId),
      shows: result({ Unsuccessful: [] }),
    },
    { run: (answers) => ec2('stop-instances', '--instance-ids', box(answers)) },
    { run: (answers) => ec2('start-instances', '--instance-ids', box(answers)) },
    { run: (answers) => ec2('reboot-instances', '--instance-ids', box(answers)) },
    { run: (answers) => ec2('get-console-output', '--instance-id', box(answers)) },
    { run: (answers) => ec2('terminate-instances', '--instance-ids', box(answers)) },
    {
      run: (answers) => ec2('describe-instances', '--instance-ids', box(answers)),
      shows: result({ Reservations: [{ Instances: [{ State: { Name: 'terminated' } }] }] }),
    },
    { run: ({ group }) => ec2('delete-security-group', '--group-id', group.GroupId) },
    { run: ec2('delete-key-pair', '--key-name', 'bea') },
    { run: ec2('create-vpc', '--cidr-block', '10.0.0.0/16'), name: 'lab' },
    {
      run: ({ lab }) => ec2('create-subnet', '--vpc-id', lab.Vpc.VpcId, '--cidr-block', '10.0.1.0/24'),
      name: 'part',
    },
    { run: ({ part }) => ec2('delete-subnet', '--subnet-id', part.Subnet.SubnetId) },
    { run: ({ lab }) => ec2('delete-vpc', '--vpc-id', lab.Vpc.VpcId) },
  ],
};
