import { beforeEach, describe, expect, it } from 'vitest';
import { userCaller } from '../../credentials.ts';
import { perform } from '../../perform.ts';
import { LedgerSandbox } from '../../testing/ledger-sandbox.ts';
import { accountId, allow, deny, policy } from '../../testing/sandbox.ts';
import { endpointFor } from './outgoing.ts';

let sandbox: LedgerSandbox;
let place: { readonly accountId: string; readonly region: string; readonly instanceId: string };
let vpc: { readonly VpcId: string; readonly RouteTableId: string };

beforeEach(() => {
  sandbox = new LedgerSandbox();
  const launched = sandbox.call('ec2:RunInstances', {
    ImageId: 'ami-0abcdef1234567892',
    InstanceType: 't2.micro',
    MinCount: 1,
    MaxCount: 1,
  });
  const [{ InstanceId, VpcId }] = launched.Instances;
  const filter = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { RouteTableId } = sandbox.call('ec2:DescribeRouteTables', { Filters: filter }).RouteTables[0];
  place = { accountId, region: 'us-east-1', instanceId: InstanceId };
  vpc = { VpcId, RouteTableId };
  sandbox.call('s3:CreateBucket', { Bucket: 'shelf' });
  sandbox.call('iam:CreateUser', { UserName: 'App' });
  sandbox.call('iam:PutUserPolicy', { UserName: 'App', PolicyName: 'all', PolicyDocument: policy(allow('*')) });
});

function endpoint(more: object = {}): string {
  const input = { VpcId: vpc.VpcId, ServiceName: 'com.amazonaws.us-east-1.s3', RouteTableIds: [vpc.RouteTableId] };
  return sandbox.call('ec2:CreateVpcEndpoint', { ...input, ...more }).VpcEndpoint.VpcEndpointId;
}

/** A list of the bucket, from the instance or from elsewhere. */
function list(from: 'host' | 'elsewhere') {
  const account = sandbox.world.accounts[accountId];
  const caller = account && userCaller(account, 'App');
  if (caller === undefined) throw new Error('There is no App');
  return perform(sandbox.cloud, sandbox.world, {
    service: 's3',
    operation: 'ListObjectsV2',
    input: { Bucket: 'shelf' },
    caller,
    request: {
      sourceIp: '203.0.113.7',
      secureTransport: true,
      userAgent: 'curl',
      region: 'us-east-1',
      ...(from === 'host' && { from: place }),
    },
    requestId: 'request',
    realNow: sandbox.now,
  });
}

const outcome = (from: 'host' | 'elsewhere') => {
  const performed = list(from).outcome;
  return performed.kind === 'ok' ? 'ok' : performed.error.message;
};

describe('a request of an instance', () => {
  it('goes through the endpoint of its VPC for the service, and says so', () => {
    const vpcEndpointId = endpoint();
    const context = list('host').decisions[0]?.request.context;
    expect(context).toMatchObject({
      'aws:SourceVpc': vpc.VpcId,
      'aws:SourceVpce': vpcEndpointId,
      'aws:VpcSourceIp': expect.stringMatching(/^172\.31\./),
    });
    expect(context).not.toHaveProperty('aws:SourceIp');
    expect(list('elsewhere').decisions[0]?.request.context).toMatchObject({ 'aws:SourceIp': '203.0.113.7' });
  });

  it('is refused by the policy of the endpoint, as nobody else is', () => {
    const document = policy({ ...allow('s3:GetObject', 'arn:aws:s3:::shelf/*'), Principal: '*' });
    endpoint({ PolicyDocument: document });
    expect(outcome('host')).toContain('because no VPC endpoint policy allows the s3:ListBucket action');
    expect(outcome('elsewhere')).toBe('ok');
  });

  it('meets a bucket that lets nobody in but through the endpoint', () => {
    const vpcEndpointId = endpoint();
    const Condition = { StringNotEquals: { 'aws:SourceVpce': vpcEndpointId } };
    const document = policy({ ...deny('s3:ListBucket', 'arn:aws:s3:::shelf', { Condition }), Principal: '*' });
    sandbox.call('s3:PutBucketPolicy', { Bucket: 'shelf', Policy: document });
    expect(outcome('host')).toBe('ok');
    expect(outcome('elsewhere')).toContain('with an explicit deny in a resource-based policy');
  });

  it('goes by the internet without one: to another service or region, or from an instance that is gone', () => {
    endpoint();
    expect(endpointFor(sandbox.world, place, 's3', 'us-east-1')).toBeDefined();
    expect(endpointFor(sandbox.world, place, 'sqs', 'us-east-1')).toBeUndefined();
    expect(endpointFor(sandbox.world, place, 's3', 'eu-west-1')).toBeUndefined();
    sandbox.call('ec2:TerminateInstances', { InstanceIds: [place.instanceId] });
    expect(endpointFor(sandbox.world, place, 's3', 'us-east-1')).toBeUndefined();
  });
});
