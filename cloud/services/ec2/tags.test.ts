import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, Sandbox } from '../../testing/sandbox.ts';
import { launch } from './testing/launch.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const tag = (Key: string, Value = '') => ({ Key, Value });
const rsa =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC' + // Half a line by itself is no key.
  'x';

describe('tags', () => {
  it('are set, changed, found and taken away', () => {
    const { InstanceId } = launch(sandbox);
    const Resources = [InstanceId];
    sandbox.call('ec2:CreateTags', { Resources, Tags: [tag('env', 'dev'), tag('team')] });
    sandbox.call('ec2:CreateTags', { Resources, Tags: [tag('env', 'prod')] });
    expect(sandbox.call('ec2:DescribeTags', { Filters: [{ Name: 'resource-id', Values: [InstanceId] }] }).Tags).toEqual(
      [
        { Key: 'env', Value: 'prod', ResourceId: InstanceId, ResourceType: 'instance' },
        { Key: 'team', Value: '', ResourceId: InstanceId, ResourceType: 'instance' },
      ],
    );
    sandbox.call('ec2:DeleteTags', { Resources, Tags: [tag('env', 'dev'), { Key: 'team' }] });
    expect(sandbox.call('ec2:DescribeTags').Tags).toHaveLength(1);
    sandbox.call('ec2:DeleteTags', { Resources });
    expect(sandbox.call('ec2:DescribeTags').Tags).toEqual([]);
  });

  it('are of whatever there is', () => {
    launch(sandbox);
    const [{ VpcId }] = sandbox.call('ec2:DescribeVpcs').Vpcs;
    const [{ VolumeId }] = sandbox.call('ec2:DescribeVolumes').Volumes;
    const [{ NetworkInterfaceId }] = sandbox.call('ec2:DescribeNetworkInterfaces').NetworkInterfaces;
    const [{ RouteTableId }] = sandbox.call('ec2:DescribeRouteTables').RouteTables;
    const [{ NetworkAclId }] = sandbox.call('ec2:DescribeNetworkAcls').NetworkAcls;
    const [{ InternetGatewayId }] = sandbox.call('ec2:DescribeInternetGateways').InternetGateways;
    const [{ SecurityGroupRuleId }] = sandbox.call('ec2:DescribeSecurityGroupRules').SecurityGroupRules;
    const Resources = [
      VpcId,
      VolumeId,
      NetworkInterfaceId,
      RouteTableId,
      NetworkAclId,
      InternetGatewayId,
      SecurityGroupRuleId,
    ];
    expect(sandbox.asked('ec2:CreateTags', { Resources, Tags: [tag('a')] })).toHaveLength(Resources.length);
    const types = sandbox
      .call('ec2:DescribeTags')
      .Tags.map(({ ResourceType }: { ResourceType: string }) => ResourceType);
    expect(types).toEqual([
      'vpc',
      'volume',
      'network-interface',
      'route-table',
      'network-acl',
      'internet-gateway',
      'security-group-rule',
    ]);
  });

  it.each([
    ['InvalidInstanceID.NotFound', ['i-0123456789abcdef0'], [tag('a')]],
    ['InvalidID', ['thing'], [tag('a')]],
    ['MissingParameter', [], [tag('a')]],
    ['MissingParameter', ['vpc'], []],
    ['InvalidParameterValue', ['vpc'], [tag('aws:a')]],
    ['InvalidParameterValue', ['vpc'], [tag('a'.repeat(128))]],
    ['InvalidParameterValue', ['vpc'], [tag('a', 'b'.repeat(256))]],
    ['TagLimitExceeded', ['vpc'], Array.from({ length: 51 }, (_, i) => tag(`k${i}`))],
  ])('are refused with %s', (code, ids, Tags) => {
    const [{ VpcId }] = sandbox.call('ec2:DescribeVpcs').Vpcs;
    const Resources = ids.map((id) => (id === 'vpc' ? VpcId : id));
    const before = sandbox.world;
    expect(sandbox.fail('ec2:CreateTags', { Resources, Tags }).code).toBe(code);
    expect(sandbox.world).toBe(before);
  });

  it('can be allowed by their keys', () => {
    const { InstanceId } = launch(sandbox);
    const bea = sandbox.user(
      'Bea',
      allow(['ec2:CreateTags', 'ec2:DeleteTags'], '*', {
        Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['env'] } },
      }),
    );
    const Resources = [InstanceId];
    sandbox.call('ec2:CreateTags', { Resources, Tags: [tag('env', 'x')] }, bea);
    expect(sandbox.fail('ec2:CreateTags', { Resources, Tags: [tag('owner')] }, bea).code).toBe('UnauthorizedOperation');
    sandbox.call('ec2:DeleteTags', { Resources, Tags: [{ Key: 'env' }] }, bea);
  });
});

describe('key pairs', () => {
  const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUmlrNnzyl1QFhWoHP8XQ38Q0nmpwWhRmhoqWBEQxHr bea@library';
  const material = (text: string) => new TextEncoder().encode(text);

  it('are imported, listed and deleted', () => {
    const { KeyPairId, KeyFingerprint } = sandbox.call('ec2:ImportKeyPair', {
      KeyName: 'constructor',
      PublicKeyMaterial: material(ed25519),
      TagSpecifications: [{ ResourceType: 'key-pair', Tags: [tag('env', 'dev')] }],
    });
    expect(KeyPairId).toMatch(/^key-0[0-9a-f]{16}$/);
    expect(
      sandbox.call('ec2:DescribeKeyPairs', { KeyNames: ['constructor'], IncludePublicKey: true }).KeyPairs,
    ).toEqual([
      {
        KeyPairId,
        KeyFingerprint,
        KeyName: 'constructor',
        KeyType: 'ed25519',
        Tags: [tag('env', 'dev')],
        CreateTime: new Date(sandbox.now),
        PublicKey: `${ed25519.split(' ').slice(0, 2).join(' ')} constructor\n`,
      },
    ]);
    const again = { KeyName: 'constructor', PublicKeyMaterial: material(ed25519) };
    expect(sandbox.fail('ec2:ImportKeyPair', again).code).toBe('InvalidKeyPair.Duplicate');
    expect(launch(sandbox, { KeyName: 'constructor' }).KeyName).toBe('constructor');
    expect(sandbox.asked('ec2:DeleteKeyPair', { KeyPairId })).toEqual([
      `ec2:DeleteKeyPair arn:aws:ec2:us-east-1:${accountId}:key-pair/constructor`,
    ]);
    expect(sandbox.fail('ec2:DescribeKeyPairs', { KeyNames: ['constructor'] }).code).toBe('InvalidKeyPair.NotFound');
    sandbox.call('ec2:DeleteKeyPair', { KeyName: 'constructor' });
  });

  it.each(['', rsa, 'ssh-ed25519 AAAA', 'ssh-dss AAAAB3NzaC1kc3MAAACB'])(
    'are refused where they are none: %s',
    (text) => {
      const { code } = sandbox.fail('ec2:ImportKeyPair', { KeyName: 'k', PublicKeyMaterial: material(text) });
      expect(code).toBe('InvalidKey.Format');
    },
  );
});
