import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, Sandbox } from '../../testing/sandbox.ts';
import { described, launch, profile } from './testing/launch.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const nowhere = 'i-0123456789abcdef0';

describe('the states of an instance', () => {
  it('go from running to stopped, and back', () => {
    const { InstanceId } = launch(sandbox);
    const InstanceIds = [InstanceId];
    sandbox.now += 60_000;
    expect(sandbox.call('ec2:StopInstances', { InstanceIds }).StoppingInstances).toEqual([
      { InstanceId, PreviousState: { Code: 16, Name: 'running' }, CurrentState: { Code: 64, Name: 'stopping' } },
    ]);
    const stopped = described(sandbox, InstanceId);
    expect(stopped).toMatchObject({
      State: { Code: 80, Name: 'stopped' },
      StateTransitionReason: 'User initiated (2026-01-05 12:01:00 GMT)',
      PublicDnsName: '',
    });
    expect(stopped.PublicIpAddress).toBeUndefined();
    expect(sandbox.fail('ec2:RebootInstances', { InstanceIds }).code).toBe('IncorrectInstanceState');
    expect(sandbox.call('ec2:StartInstances', { InstanceIds }).StartingInstances[0].CurrentState.Name).toBe('pending');
    expect(described(sandbox, InstanceId)).toMatchObject({
      State: { Name: 'running' },
      LaunchTime: new Date(sandbox.now),
    });
    sandbox.call('ec2:RebootInstances', { InstanceIds });
  });

  it('end with terminated, which is listed for an hour', () => {
    const { InstanceId } = launch(sandbox);
    const InstanceIds = [InstanceId];
    sandbox.call('ec2:TerminateInstances', { InstanceIds });
    expect(described(sandbox, InstanceId)).toMatchObject({ State: { Name: 'terminated' }, NetworkInterfaces: [] });
    expect(sandbox.fail('ec2:StartInstances', { InstanceIds }).code).toBe('IncorrectInstanceState');
    expect(sandbox.call('ec2:DescribeVolumes').Volumes).toEqual([]);
    sandbox.now += 3_600_000;
    expect(sandbox.fail('ec2:DescribeInstances', { InstanceIds }).code).toBe('InvalidInstanceID.NotFound');
    expect(sandbox.call('ec2:DescribeInstances').Reservations).toEqual([]);
    launch(sandbox);
    expect(Object.keys(sandbox.world.accounts[accountId]?.ec2.regions['us-east-1']?.instances ?? {})).toHaveLength(1);
  });

  it('are kept by protection', () => {
    const { InstanceId } = launch(sandbox, { DisableApiTermination: true, DisableApiStop: true });
    const InstanceIds = [InstanceId];
    expect(sandbox.fail('ec2:TerminateInstances', { InstanceIds }).code).toBe('OperationNotPermitted');
    expect(sandbox.fail('ec2:StopInstances', { InstanceIds }).code).toBe('OperationNotPermitted');
    sandbox.call('ec2:ModifyInstanceAttribute', { InstanceId, DisableApiTermination: { Value: false } });
    sandbox.call('ec2:TerminateInstances', { InstanceIds });
  });

  it.each(['StartInstances', 'StopInstances', 'RebootInstances', 'TerminateInstances'])('%s knows its ids', (name) => {
    const fail = (InstanceIds: string[]) => sandbox.fail(`ec2:${name}`, { InstanceIds }).code;
    expect(fail([nowhere])).toBe('InvalidInstanceID.NotFound');
    expect(fail(['box'])).toBe('InvalidInstanceID.Malformed');
    expect(fail([])).toBe('MissingParameter');
  });

  it('may hang on a tag of the instance', () => {
    const mine = launch(sandbox, {
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'owner', Value: 'Bea' }] }],
    });
    const other = launch(sandbox);
    const bea = sandbox.user(
      'Bea',
      allow('ec2:StopInstances', '*', { Condition: { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } } }),
    );
    sandbox.call('ec2:StopInstances', { InstanceIds: [mine.InstanceId] }, bea);
    const both = { InstanceIds: [mine.InstanceId, other.InstanceId] };
    expect(sandbox.fail('ec2:StopInstances', both, bea).code).toBe('UnauthorizedOperation');
    expect(sandbox.asked('ec2:StopInstances', both)).toHaveLength(2);
  });
});

describe('DescribeInstances', () => {
  it.each<[string, string[], number]>([
    ['instance-type', ['t2.*'], 2],
    ['instance-type', ['t2.micro', 't2.small'], 2],
    ['tag:Name', ['web-?'], 1],
    ['tag-key', ['Name'], 1],
    ['instance-state-name', ['stopped'], 0],
    ['private-ip-address', ['172.31.0.5'], 1],
    ['iam-instance-profile.arn', ['*'], 0],
    ['instance-type', ['t2\\.*'], 0],
  ])('filters by %s %j', (Name, Values, count) => {
    launch(sandbox, { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web-1' }] }] });
    launch(sandbox);
    const { Reservations } = sandbox.call('ec2:DescribeInstances', { Filters: [{ Name, Values }] });
    expect(Reservations).toHaveLength(count);
  });

  it('refuses a filter that it does not know', () => {
    const { code, message } = sandbox.fail('ec2:DescribeInstances', { Filters: [{ Name: 'nonsense', Values: ['x'] }] });
    expect([code, message]).toEqual(['InvalidParameterValue', "The filter 'nonsense' is invalid"]);
  });

  it('comes in pages that go on where an instance is gone', () => {
    for (let i = 0; i < 12; i++) launch(sandbox, { InstanceType: 't2.nano' });
    const first = sandbox.call('ec2:DescribeInstances', { MaxResults: 5 });
    const ids = first.Reservations.map(
      (each: { Instances: { InstanceId: string }[] }) => each.Instances[0]?.InstanceId,
    );
    const second = sandbox.call('ec2:DescribeInstances', { MaxResults: 5, NextToken: first.NextToken });
    const third = sandbox.call('ec2:DescribeInstances', { MaxResults: 5, NextToken: second.NextToken });
    expect([ids.length, second.Reservations.length, third.Reservations.length]).toEqual([5, 5, 2]);
    expect(third.NextToken).toBeUndefined();
    expect(sandbox.fail('ec2:DescribeInstances', { NextToken: 'nonsense' }).code).toBe('InvalidNextToken');
    expect(sandbox.fail('ec2:DescribeInstances', { MaxResults: 4 }).code).toBe('InvalidParameterValue');
  });

  it('is of one region', () => {
    const { InstanceId } = launch(sandbox);
    sandbox.region = 'eu-west-1';
    expect(sandbox.call('ec2:DescribeInstances').Reservations).toEqual([]);
    expect(sandbox.fail('ec2:DescribeInstances', { InstanceIds: [InstanceId] }).code).toBe(
      'InvalidInstanceID.NotFound',
    );
  });

  it('tells the health of those that run', () => {
    const { InstanceId } = launch(sandbox);
    expect(sandbox.call('ec2:DescribeInstanceStatus').InstanceStatuses).toMatchObject([
      { InstanceId, InstanceStatus: { Status: 'ok' }, SystemStatus: { Status: 'ok' } },
    ]);
    sandbox.call('ec2:StopInstances', { InstanceIds: [InstanceId] });
    expect(sandbox.call('ec2:DescribeInstanceStatus').InstanceStatuses).toEqual([]);
    const all = sandbox.call('ec2:DescribeInstanceStatus', { IncludeAllInstances: true }).InstanceStatuses;
    expect(all).toMatchObject([{ InstanceStatus: { Status: 'not-applicable' } }]);
  });

  it('goes with volumes and network interfaces', () => {
    const { InstanceId } = launch(sandbox);
    const [volume] = sandbox.call('ec2:DescribeVolumes').Volumes;
    expect(volume).toMatchObject({ State: 'in-use', Size: 8, VolumeType: 'gp2', Attachments: [{ InstanceId }] });
    const filter = { Filters: [{ Name: 'attachment.instance-id', Values: [InstanceId] }] };
    expect(sandbox.call('ec2:DescribeNetworkInterfaces', filter).NetworkInterfaces).toHaveLength(1);
    expect(sandbox.fail('ec2:DescribeVolumes', { VolumeIds: ['vol-0123456789abcdef0'] }).code).toBe(
      'InvalidVolume.NotFound',
    );
  });
});

describe('instance attributes', () => {
  const userData = Buffer.from('#!/bin/sh\n').toString('base64');
  const attribute = (InstanceId: string, Attribute: string) =>
    sandbox.call('ec2:DescribeInstanceAttribute', { InstanceId, Attribute });

  it('are read one by one', () => {
    const { InstanceId } = launch(sandbox, { UserData: userData });
    expect(attribute(InstanceId, 'userData')).toEqual({ InstanceId, UserData: { Value: userData } });
    expect(attribute(InstanceId, 'instanceType').InstanceType).toEqual({ Value: 't2.micro' });
    expect(attribute(InstanceId, 'instanceInitiatedShutdownBehavior').InstanceInitiatedShutdownBehavior).toEqual({
      Value: 'stop',
    });
    expect(sandbox.fail('ec2:DescribeInstanceAttribute', { InstanceId, Attribute: 'constructor' }).code).toBe(
      'InvalidParameterValue',
    );
  });

  it('change user data while the instance is stopped only', () => {
    const { InstanceId } = launch(sandbox);
    const change = { InstanceId, UserData: { Value: new TextEncoder().encode('new') } };
    expect(sandbox.fail('ec2:ModifyInstanceAttribute', change).code).toBe('IncorrectInstanceState');
    sandbox.call('ec2:StopInstances', { InstanceIds: [InstanceId] });
    sandbox.call('ec2:ModifyInstanceAttribute', change);
    expect(attribute(InstanceId, 'userData').UserData.Value).toBe(Buffer.from('new').toString('base64'));
    const old = { InstanceId, Attribute: 'userData', Value: userData };
    sandbox.call('ec2:ModifyInstanceAttribute', old);
    expect(attribute(InstanceId, 'userData').UserData.Value).toBe(userData);
  });

  it('are changed one at a time', () => {
    const { InstanceId } = launch(sandbox);
    const two = { InstanceId, SourceDestCheck: { Value: false }, DisableApiStop: { Value: true } };
    expect(sandbox.fail('ec2:ModifyInstanceAttribute', two).code).toBe('InvalidParameterCombination');
    sandbox.call('ec2:ModifyInstanceAttribute', { InstanceId, SourceDestCheck: { Value: false } });
    expect(described(sandbox, InstanceId).SourceDestCheck).toBe(false);
  });

  it('can be allowed by name and by value', () => {
    const { InstanceId } = launch(sandbox);
    const bea = sandbox.user(
      'Bea',
      allow('ec2:ModifyInstanceAttribute', '*', {
        Condition: { StringEquals: { 'ec2:Attribute': 'SourceDestCheck' } },
      }),
      allow('ec2:ModifyInstanceMetadataOptions', '*', {
        Condition: { StringEquals: { 'ec2:Attribute/HttpTokens': 'required' } },
      }),
    );
    sandbox.call('ec2:ModifyInstanceAttribute', { InstanceId, SourceDestCheck: { Value: false } }, bea);
    const stop = { InstanceId, DisableApiStop: { Value: true } };
    expect(sandbox.fail('ec2:ModifyInstanceAttribute', stop, bea).code).toBe('UnauthorizedOperation');
    const tokens = (HttpTokens: string) => ({ InstanceId, HttpTokens });
    sandbox.call('ec2:ModifyInstanceMetadataOptions', tokens('required'), bea);
    expect(described(sandbox, InstanceId).MetadataOptions.HttpTokens).toBe('required');
    expect(sandbox.fail('ec2:ModifyInstanceMetadataOptions', tokens('optional'), bea).code).toBe(
      'UnauthorizedOperation',
    );
  });
});

describe('instance profiles on instances', () => {
  const byName = (Name: string) => ({ IamInstanceProfile: { Name } });

  it('are associated, replaced and taken away', () => {
    profile(sandbox, 'Web');
    profile(sandbox, 'Admin');
    const { InstanceId } = launch(sandbox);
    const first = sandbox.call('ec2:AssociateIamInstanceProfile', { InstanceId, ...byName('Web') });
    const { AssociationId } = first.IamInstanceProfileAssociation;
    expect(AssociationId).toMatch(/^iip-assoc-0[0-9a-f]{16}$/);
    expect(sandbox.fail('ec2:AssociateIamInstanceProfile', { InstanceId, ...byName('Admin') }).code).toBe(
      'IncorrectState',
    );
    const second = sandbox.call('ec2:ReplaceIamInstanceProfileAssociation', { AssociationId, ...byName('Admin') });
    const described = sandbox.call('ec2:DescribeIamInstanceProfileAssociations').IamInstanceProfileAssociations;
    expect(described).toMatchObject([
      {
        AssociationId: second.IamInstanceProfileAssociation.AssociationId,
        InstanceId,
        State: 'associated',
        IamInstanceProfile: { Arn: `arn:aws:iam::${accountId}:instance-profile/Admin` },
      },
    ]);
    expect(sandbox.fail('ec2:DisassociateIamInstanceProfile', { AssociationId }).code).toBe(
      'InvalidAssociationID.NotFound',
    );
    const { AssociationId: last } = described[0];
    sandbox.call('ec2:DisassociateIamInstanceProfile', { AssociationId: last });
    expect(sandbox.call('ec2:DescribeIamInstanceProfileAssociations').IamInstanceProfileAssociations).toEqual([]);
  });

  it('need the instance and the role to be passed', () => {
    profile(sandbox, 'Web');
    const { InstanceId } = launch(sandbox);
    const instance = `arn:aws:ec2:us-east-1:${accountId}:instance/${InstanceId}`;
    expect(sandbox.asked('ec2:AssociateIamInstanceProfile', { InstanceId, ...byName('Web') })).toEqual([
      `ec2:AssociateIamInstanceProfile ${instance}`,
      `iam:PassRole arn:aws:iam::${accountId}:role/Web`,
    ]);
    const [{ AssociationId }] = sandbox.call(
      'ec2:DescribeIamInstanceProfileAssociations',
    ).IamInstanceProfileAssociations;
    expect(sandbox.asked('ec2:ReplaceIamInstanceProfileAssociation', { AssociationId, ...byName('Web') })).toEqual([
      `ec2:ReplaceIamInstanceProfileAssociation ${instance}`,
      `iam:PassRole arn:aws:iam::${accountId}:role/Web`,
    ]);
    const [now] = sandbox.call('ec2:DescribeIamInstanceProfileAssociations').IamInstanceProfileAssociations;
    expect(sandbox.asked('ec2:DisassociateIamInstanceProfile', { AssociationId: now.AssociationId })).toEqual([
      `ec2:DisassociateIamInstanceProfile ${instance}`,
    ]);
    const bea = sandbox.user('Bea', allow('ec2:*'));
    const other = launch(sandbox);
    const refused = sandbox.fail(
      'ec2:AssociateIamInstanceProfile',
      { InstanceId: other.InstanceId, ...byName('Web') },
      bea,
    );
    expect(refused.message).toContain('iam:PassRole');
  });
});
