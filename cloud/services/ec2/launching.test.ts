import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, deny, Sandbox } from '../../testing/sandbox.ts';
import { described, launch, newImage, oldImage, profile } from './testing/launch.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const arn = (resource: string) => `arn:aws:ec2:us-east-1:${accountId}:${resource}`;
const request = { ImageId: oldImage, InstanceType: 't2.micro', MinCount: 1, MaxCount: 1 };
const refused = (more: object) => sandbox.fail('ec2:RunInstances', { ...request, ...more }).code;
const group = () => sandbox.call('ec2:DescribeSecurityGroups').SecurityGroups[0].GroupId;
const subnets = () => sandbox.call('ec2:DescribeSubnets').Subnets;

describe('RunInstances', () => {
  it('launches into the default subnet and group, with an address', () => {
    const launched = launch(sandbox);
    expect(launched.State).toEqual({ Code: 0, Name: 'pending' });
    expect(launched.InstanceId).toMatch(/^i-0[0-9a-f]{16}$/);
    const instance = described(sandbox, launched.InstanceId);
    expect(instance).toMatchObject({
      State: { Code: 16, Name: 'running' },
      PrivateIpAddress: '172.31.0.4',
      PrivateDnsName: 'ip-172-31-0-4.ec2.internal',
      SubnetId: subnets()[0].SubnetId,
      SecurityGroups: [{ GroupId: group(), GroupName: 'default' }],
      MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' },
      LaunchTime: new Date(sandbox.now),
    });
    expect(instance.PublicIpAddress).toMatch(/^(203\.0\.113|198\.51\.100)\.\d+$/);
  });

  it('launches several in one reservation, each with its own address', () => {
    const { Instances, ReservationId } = sandbox.call('ec2:RunInstances', { ...request, MinCount: 2, MaxCount: 3 });
    expect(Instances.map((each: { PrivateIpAddress: string }) => each.PrivateIpAddress)).toEqual([
      '172.31.0.4',
      '172.31.0.5',
      '172.31.0.6',
    ]);
    expect(sandbox.call('ec2:DescribeInstances').Reservations).toMatchObject([{ ReservationId }]);
  });

  it('is done once for one client token', () => {
    const { InstanceId } = launch(sandbox, { ClientToken: 'once' });
    expect(launch(sandbox, { ClientToken: 'once' }).InstanceId).toBe(InstanceId);
    expect(sandbox.call('ec2:DescribeInstances').Reservations).toHaveLength(1);
  });

  it('takes what an image says about tokens, unless the request says otherwise', () => {
    expect(launch(sandbox, { ImageId: newImage }).MetadataOptions).toMatchObject({
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
    });
    const MetadataOptions = { HttpTokens: 'optional', HttpPutResponseHopLimit: 5, InstanceMetadataTags: 'enabled' };
    expect(launch(sandbox, { ImageId: newImage, MetadataOptions }).MetadataOptions).toMatchObject(MetadataOptions);
  });

  it('tries a launch out without doing it', () => {
    const { code, status } = sandbox.fail('ec2:RunInstances', { ...request, DryRun: true });
    expect([code, status]).toEqual(['DryRunOperation', 412]);
    expect(sandbox.call('ec2:DescribeInstances').Reservations).toEqual([]);
    const bea = sandbox.user('Bea');
    expect(sandbox.fail('ec2:RunInstances', { ...request, DryRun: true }, bea).code).toBe('UnauthorizedOperation');
  });

  it.each([
    ['InvalidAMIID.NotFound', { ImageId: 'ami-0123456789abcdef0' }],
    ['InvalidAMIID.Malformed', { ImageId: 'image' }],
    ['InvalidParameterValue', { InstanceType: 't9.micro' }],
    ['InvalidParameterValue', { InstanceType: 't4g.micro' }],
    ['InvalidSubnetID.NotFound', { SubnetId: 'subnet-0123456789abcdef0' }],
    ['InvalidGroup.NotFound', { SecurityGroupIds: ['sg-0123456789abcdef0'] }],
    ['InvalidGroup.NotFound', { SecurityGroups: ['nobody'] }],
    ['InvalidKeyPair.NotFound', { KeyName: 'nobody' }],
    ['InvalidParameterValue', { UserData: '%' }],
    ['InvalidParameterValue', { UserData: Buffer.alloc(16 * 1024 + 1).toString('base64') }],
    ['InvalidParameterValue', { IamInstanceProfile: { Name: 'nobody' } }],
    ['InvalidParameterValue', { IamInstanceProfile: { Arn: `arn:aws:iam::${accountId}:instance-profile/nobody` } }],
    ['InvalidParameterValue', { PrivateIpAddress: '10.0.0.4' }],
    ['InvalidParameterValue', { MetadataOptions: { HttpPutResponseHopLimit: 65 } }],
    ['InvalidParameterValue', { MinCount: 0, MaxCount: 0 }],
    ['InvalidParameterCombination', { MinCount: 2, MaxCount: 1 }],
    ['VcpuLimitExceeded', { MinCount: 33, MaxCount: 33 }],
    ['InvalidParameterValue', { TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'a', Value: 'b' }] }] }],
  ])('refuses with %s: %j', (code, more) => {
    const before = sandbox.world;
    expect(refused(more)).toBe(code);
    expect(sandbox.world).toBe(before);
  });
});

describe('the permissions of RunInstances', () => {
  it('are on every resource that takes part, tagging and passing a role besides', () => {
    profile(sandbox, 'Web');
    const asked = sandbox.asked('ec2:RunInstances', {
      ...request,
      IamInstanceProfile: { Name: 'Web' },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'blue' }] }],
    });
    expect(asked).toEqual([
      `ec2:RunInstances arn:aws:ec2:us-east-1::image/${oldImage}`,
      `ec2:RunInstances ${arn('instance/*')}`,
      `ec2:RunInstances ${arn('network-interface/*')}`,
      `ec2:RunInstances ${arn(`security-group/${group()}`)}`,
      `ec2:RunInstances ${arn(`subnet/${subnets()[0].SubnetId}`)}`,
      `ec2:RunInstances ${arn('volume/*')}`,
      `ec2:CreateTags ${arn('instance/*')}`,
      `iam:PassRole arn:aws:iam::${accountId}:role/Web`,
    ]);
  });

  it('must all be allowed: an image alone is not enough', () => {
    const bea = sandbox.user('Bea', allow('ec2:RunInstances', 'arn:aws:ec2:*::image/*'));
    const { code, message } = sandbox.fail('ec2:RunInstances', request, bea);
    expect(code).toBe('UnauthorizedOperation');
    expect(message).toContain(`on resource: ${arn('instance/*')}`);
  });

  it.each<[string, object, object, object]>([
    ['the type', { StringEquals: { 'ec2:InstanceType': 't2.micro' } }, {}, { InstanceType: 't2.small' }],
    [
      'tokens, which must be asked for by name',
      { StringEquals: { 'ec2:MetadataHttpTokens': 'required' } },
      { MetadataOptions: { HttpTokens: 'required' } },
      { ImageId: newImage },
    ],
    [
      'the hop limit',
      { NumericLessThanEquals: { 'ec2:MetadataHttpPutResponseHopLimit': '1' } },
      { MetadataOptions: { HttpPutResponseHopLimit: 1 } },
      { MetadataOptions: { HttpPutResponseHopLimit: 2 } },
    ],
    [
      'the profile',
      { ArnLike: { 'ec2:InstanceProfile': `arn:aws:iam::${accountId}:instance-profile/Web` } },
      { IamInstanceProfile: { Name: 'Web' } },
      { IamInstanceProfile: { Name: 'Admin' } },
    ],
    [
      'a tag that must be given',
      { StringEquals: { 'aws:RequestTag/team': 'blue' } },
      { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'blue' }] }] },
      {},
    ],
    ['the region', { StringEquals: { 'ec2:Region': 'us-east-1' } }, {}, { region: 'eu-west-1' }],
  ])('can hang on %s', (_what, Condition, good, bad) => {
    profile(sandbox, 'Web');
    profile(sandbox, 'Admin');
    const bea = sandbox.user(
      'Bea',
      allow('ec2:RunInstances', [
        'arn:aws:ec2:*::image/*',
        ...['network-interface', 'security-group', 'subnet', 'volume'].map((type) => `arn:aws:ec2:*:*:${type}/*`),
      ]),
      allow('ec2:RunInstances', 'arn:aws:ec2:*:*:instance/*', { Condition }),
      allow(['ec2:CreateTags', 'iam:PassRole']),
    );
    launch(sandbox, good, bea);
    if ('region' in bad) sandbox.region = 'eu-west-1';
    expect(sandbox.fail('ec2:RunInstances', { ...request, ...bad }, bea).code).toBe('UnauthorizedOperation');
  });

  it('pass the role for EC2 only, and by its own ARN', () => {
    profile(sandbox, 'Web');
    profile(sandbox, 'Admin');
    const bea = sandbox.user(
      'Bea',
      allow('ec2:*'),
      allow('iam:PassRole', `arn:aws:iam::${accountId}:role/Web`, {
        Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      }),
    );
    launch(sandbox, { IamInstanceProfile: { Name: 'Web' } }, bea);
    const { message } = sandbox.fail('ec2:RunInstances', { ...request, IamInstanceProfile: { Name: 'Admin' } }, bea);
    expect(message).toContain('iam:PassRole');
  });

  it('tag only while creating, where CreateTags hangs on ec2:CreateAction', () => {
    const bea = sandbox.user(
      'Bea',
      allow('ec2:RunInstances'),
      allow('ec2:CreateTags', '*', { Condition: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } } }),
    );
    const TagSpecifications = [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'blue' }] }];
    const { InstanceId, Tags } = launch(sandbox, { TagSpecifications }, bea);
    expect(Tags).toEqual([{ Key: 'team', Value: 'blue' }]);
    const later = { Resources: [InstanceId], Tags: [{ Key: 'team', Value: 'red' }] };
    expect(sandbox.fail('ec2:CreateTags', later, bea).code).toBe('UnauthorizedOperation');
  });

  it('can be denied on a subnet with a tag', () => {
    const { SubnetId } = subnets()[0];
    sandbox.call('ec2:CreateTags', { Resources: [SubnetId], Tags: [{ Key: 'env', Value: 'prod' }] });
    const bea = sandbox.user(
      'Bea',
      allow('ec2:RunInstances'),
      deny('ec2:RunInstances', '*', { Condition: { StringEquals: { 'ec2:ResourceTag/env': 'prod' } } }),
    );
    expect(sandbox.fail('ec2:RunInstances', { ...request, SubnetId }, bea).code).toBe('UnauthorizedOperation');
    launch(sandbox, { SubnetId: subnets()[1].SubnetId }, bea);
  });
});
