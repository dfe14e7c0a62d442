import { beforeEach, describe, expect, it } from 'vitest';
import { launch, newImage, profile } from '../services/ec2/testing/launch.ts';
import { accountId, allow, deny, policy, Sandbox } from '../testing/sandbox.ts';
import { asks, roleOn, tokenOf } from './testing/asking.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const ttl = 'x-aws-ec2-metadata-token-ttl-seconds';
const id = { path: '/latest/meta-data/instance-id' };
const credentials = '/latest/meta-data/iam/security-credentials/';
const put = (headers: Record<string, string> = { [ttl]: '60' }, more: object = {}) => ({
  method: 'PUT',
  path: '/latest/api/token',
  headers,
  ...more,
});

describe('versions', () => {
  it('1 needs nothing, where it is on', () => {
    const { InstanceId } = launch(sandbox);
    expect(asks(sandbox, InstanceId, id)).toMatchObject({ status: 200, text: InstanceId });
    sandbox.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpTokens: 'required' });
    expect(asks(sandbox, InstanceId, id).status).toBe(401);
    expect(asks(sandbox, InstanceId, { ...id, headers: tokenOf(sandbox, InstanceId) }).text).toBe(InstanceId);
  });

  it('are reached by IPv6 where that is turned on', () => {
    const { InstanceId } = launch(sandbox);
    expect(asks(sandbox, InstanceId, { ...id, network: 'ipv6' }).status).toBe(0);
    sandbox.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpProtocolIpv6: 'enabled' });
    expect(asks(sandbox, InstanceId, { ...id, network: 'ipv6' }).text).toBe(InstanceId);
  });

  it('2 gives tokens that end', () => {
    const { InstanceId } = launch(sandbox, { ImageId: newImage });
    const headers = tokenOf(sandbox, InstanceId, 60);
    expect(headers['x-aws-ec2-metadata-token']).toHaveLength(56);
    sandbox.now += 20_500;
    expect(asks(sandbox, InstanceId, { ...id, headers }).headers[ttl]).toBe('39');
    sandbox.now += 39_500;
    expect(asks(sandbox, InstanceId, { ...id, headers }).status).toBe(401);
  });

  it.each([['0'], ['21601'], ['-1'], ['a'], [''], ['1.5']])('2 refuses the time %j', (seconds) => {
    const { InstanceId } = launch(sandbox);
    expect(asks(sandbox, InstanceId, put({ [ttl]: seconds })).status).toBe(400);
    expect(asks(sandbox, InstanceId, put({})).status).toBe(400);
    expect(asks(sandbox, InstanceId, put({ [ttl]: '21600' })).status).toBe(200);
  });

  it('2 gives no token to a proxy, or by another path', () => {
    const { InstanceId } = launch(sandbox);
    expect(asks(sandbox, InstanceId, put({ [ttl]: '60', 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
    expect(asks(sandbox, InstanceId, put({ [ttl]: '60' }, { path: '/2021-03-23/api/token' })).status).toBe(403);
    expect(asks(sandbox, InstanceId, { ...id, method: 'POST' }).status).toBe(405);
  });

  it('2 takes no token of another instance, nor one that was changed', () => {
    const { InstanceId } = launch(sandbox);
    const other = launch(sandbox);
    const headers = tokenOf(sandbox, InstanceId);
    expect(asks(sandbox, other.InstanceId, { ...id, headers }).status).toBe(401);
    const token = headers['x-aws-ec2-metadata-token'] ?? '';
    for (const wrong of [`B${token.slice(1)}`, token.slice(4), 'nonsense', '']) {
      expect(asks(sandbox, InstanceId, { ...id, headers: { 'x-aws-ec2-metadata-token': wrong } }).status).toBe(401);
    }
  });

  it('2 reaches as far as the hop limit', () => {
    const { InstanceId } = launch(sandbox);
    expect(asks(sandbox, InstanceId, put(undefined, { hops: 2 })).status).toBe(0);
    sandbox.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpPutResponseHopLimit: 2 });
    expect(asks(sandbox, InstanceId, put(undefined, { hops: 2 })).status).toBe(200);
    expect(asks(sandbox, InstanceId, put(undefined, { hops: 3 })).status).toBe(0);
  });

  it('are both off where the endpoint is, and gone with the instance', () => {
    const { InstanceId } = launch(sandbox);
    sandbox.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint: 'disabled' });
    expect(asks(sandbox, InstanceId, id).status).toBe(403);
    expect(asks(sandbox, InstanceId, put()).status).toBe(403);
    sandbox.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint: 'enabled' });
    sandbox.call('ec2:StopInstances', { InstanceIds: [InstanceId] });
    expect(asks(sandbox, InstanceId, id).status).toBe(0);
    expect(asks(sandbox, 'i-0123456789abcdef0', id).status).toBe(0);
  });
});

describe('categories', () => {
  it('are listed by folder', () => {
    const { InstanceId } = launch(sandbox);
    const list = (path: string) => asks(sandbox, InstanceId, { path }).text.split('\n');
    expect(list('/latest')).toEqual(['dynamic', 'meta-data']);
    expect(list('/latest/meta-data/placement/')).toEqual(['availability-zone', 'availability-zone-id', 'region']);
    expect(list('/latest/meta-data/placement')).toEqual(list('/2021-03-23/meta-data//placement/'));
    expect(list('/latest/meta-data')).toContain('placement/');
    expect(asks(sandbox, InstanceId, { path: '/latest/meta-data/nothing' }).status).toBe(404);
    expect(asks(sandbox, InstanceId, { path: '/other' }).status).toBe(404);
    expect(asks(sandbox, InstanceId, { path: '/latest/meta-data/iam/info' }).status).toBe(404);
    expect(asks(sandbox, InstanceId, { path: '/latest/meta-data/constructor' }).status).toBe(404);
  });

  it('hold user data as it was given', () => {
    const { InstanceId } = launch(sandbox, { UserData: Buffer.from('#!/bin/sh\necho ü\n').toString('base64') });
    expect(asks(sandbox, InstanceId, { path: '/latest/user-data' }).text).toBe('#!/bin/sh\necho ü\n');
    expect(asks(sandbox, launch(sandbox).InstanceId, { path: '/latest/user-data' }).status).toBe(404);
  });

  it('hold the identity document', () => {
    const { InstanceId } = launch(sandbox);
    const { text } = asks(sandbox, InstanceId, { path: '/latest/dynamic/instance-identity/document' });
    expect(JSON.parse(text)).toMatchObject({
      accountId,
      instanceId: InstanceId,
      region: 'us-east-1',
      pendingTime: '2026-01-05T12:00:00Z',
      version: '2017-09-30',
    });
  });

  it('hold tags where they are let in', () => {
    const { InstanceId } = launch(sandbox);
    sandbox.call('ec2:CreateTags', { Resources: [InstanceId], Tags: [{ Key: 'Name', Value: 'web' }] });
    const name = { path: '/latest/meta-data/tags/instance/Name' };
    expect(asks(sandbox, InstanceId, name).status).toBe(404);
    sandbox.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, InstanceMetadataTags: 'enabled' });
    expect(asks(sandbox, InstanceId, name).text).toBe('web');
  });
});

describe('the credentials of the role', () => {
  const hosted = (...statements: object[]) => {
    profile(sandbox, 'Web', ...statements);
    return launch(sandbox, { IamInstanceProfile: { Name: 'Web' } });
  };

  it('are of a session that has the name of the instance', () => {
    const { InstanceId } = hosted(allow('s3:*'));
    expect(asks(sandbox, InstanceId, { path: credentials }).text).toBe('Web');
    const first = JSON.parse(asks(sandbox, InstanceId, { path: `${credentials}Web` }).text);
    expect(first).toMatchObject({
      Code: 'Success',
      Type: 'AWS-HMAC',
      LastUpdated: '2026-01-05T12:00:00Z',
      Expiration: '2026-01-05T18:00:00Z',
    });
    const caller = roleOn(sandbox, InstanceId);
    expect(sandbox.call('sts:GetCallerIdentity', {}, caller).Arn).toBe(
      `arn:aws:sts::${accountId}:assumed-role/Web/${InstanceId}`,
    );
    sandbox.call('s3:CreateBucket', { Bucket: 'library' }, caller);
    expect(sandbox.fail('iam:ListUsers', {}, caller).code).toBe('AccessDenied');
  });

  it('stay the same until shortly before their end', () => {
    const { InstanceId } = hosted();
    const look = () => JSON.parse(asks(sandbox, InstanceId, { path: `${credentials}Web` }).text).AccessKeyId;
    const first = look();
    sandbox.now += 5 * 3_600_000;
    expect(look()).toBe(first);
    sandbox.now += 50 * 60_000;
    expect(look()).not.toBe(first);
  });

  it('bring condition keys that say where they come from', () => {
    const { InstanceId, VpcId, PrivateIpAddress } = hosted(allow('s3:*'));
    const newer = roleOn(sandbox, InstanceId);
    const older = roleOn(sandbox, InstanceId, {});
    const keys = (caller: typeof newer) => {
      const { context } = sandbox.perform('s3:ListBuckets', {}, caller).decisions[0]?.request ?? { context: {} };
      return Object.fromEntries(Object.entries(context).filter(([key]) => /EC2Instance|^ec2:/.test(key)));
    };
    const common = {
      'ec2:SourceInstanceARN': `arn:aws:ec2:us-east-1:${accountId}:instance/${InstanceId}`,
      'aws:EC2InstanceSourceVPC': VpcId,
      'aws:EC2InstanceSourcePrivateIPv4': PrivateIpAddress,
    };
    expect(keys(newer)).toEqual({ ...common, 'ec2:RoleDelivery': '2.0' });
    expect(keys(older)).toEqual({ ...common, 'ec2:RoleDelivery': '1.0' });
    expect(keys({ kind: 'root', accountId })).toEqual({});
  });

  it('of version 1 can be denied', () => {
    const { InstanceId } = hosted(
      allow('s3:*'),
      deny('*', '*', { Condition: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } } }),
    );
    expect(sandbox.fail('s3:ListBuckets', {}, roleOn(sandbox, InstanceId, {})).code).toBe('AccessDenied');
    sandbox.call('s3:ListBuckets', {}, roleOn(sandbox, InstanceId));
  });

  it('are not given where the role does not trust EC2', () => {
    const { InstanceId } = hosted();
    const lambda = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
    sandbox.call('iam:UpdateAssumeRolePolicy', { RoleName: 'Web', PolicyDocument: policy(lambda) });
    const { text, status } = asks(sandbox, InstanceId, { path: `${credentials}Web` });
    expect([status, JSON.parse(text).Code]).toEqual([200, 'AssumeRoleUnauthorizedAccess']);
  });

  it('follow the role in the profile, and the profile on the instance', () => {
    const { InstanceId } = hosted();
    profile(sandbox, 'Admin');
    const named = () => asks(sandbox, InstanceId, { path: credentials });
    sandbox.call('iam:RemoveRoleFromInstanceProfile', { InstanceProfileName: 'Web', RoleName: 'Web' });
    expect(named().status).toBe(404);
    sandbox.call('iam:AddRoleToInstanceProfile', { InstanceProfileName: 'Web', RoleName: 'Admin' });
    expect(named().text).toBe('Admin');
    const [{ AssociationId }] = sandbox.call(
      'ec2:DescribeIamInstanceProfileAssociations',
    ).IamInstanceProfileAssociations;
    sandbox.call('ec2:DisassociateIamInstanceProfile', { AssociationId });
    expect(named().status).toBe(404);
  });

  it('are not those of a profile that was made anew under the same name', () => {
    const { InstanceId } = hosted();
    sandbox.call('iam:RemoveRoleFromInstanceProfile', { InstanceProfileName: 'Web', RoleName: 'Web' });
    sandbox.call('iam:DeleteInstanceProfile', { InstanceProfileName: 'Web' });
    sandbox.call('iam:CreateInstanceProfile', { InstanceProfileName: 'Web' });
    sandbox.call('iam:AddRoleToInstanceProfile', { InstanceProfileName: 'Web', RoleName: 'Web' });
    expect(asks(sandbox, InstanceId, { path: credentials }).status).toBe(404);
  });
});
