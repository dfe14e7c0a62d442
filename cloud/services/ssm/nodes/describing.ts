/** DescribeInstanceInformation and GetConnectionStatus. */
import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  GetConnectionStatusRequest,
  GetConnectionStatusResponse,
  InstanceInformation,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../../errors.ts';
import type { ReadOperation } from '../../../service.ts';
import type { Account, World } from '../../../world.ts';
import { publicImage } from '../../ec2/images.ts';
import { privateName } from '../../ec2/instance-shape.ts';
import { regionOf } from '../../ec2/regions.ts';
import { tagsOf } from '../../ec2/tags.ts';
import { onNode } from '../commands/permissions.ts';
import { validationException } from '../errors.ts';
import { pageOf } from '../pages.ts';
import { isReached, type ManagedNode, type Moment, managedNode, managedNodes } from './agent.ts';

/** The agent that all images come with here. */
const agentVersion = '3.3.2746.0';
const minute = 60_000;

interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

export const describeInstanceInformation: ReadOperation<
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult
> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const { Filters: filters = [], InstanceInformationFilterList: older = [] } = input;
    if (filters.length > 0 && older.length > 0) {
      throw validationException('Use either Filters or InstanceInformationFilterList, and not both.');
    }
    const wanted: readonly Filter[] = [
      ...filters.map(({ Key = '', Values = [] }) => ({ key: Key, values: Values })),
      ...older.map(({ key = '', valueSet = [] }) => ({ key, values: valueSet })),
    ];
    const tagged = (id: string) => tagsOf(regionOf(account, region), id);
    const found = managedNodes(call.world, account, region, call)
      .map((node) => shown(node, region, call.now))
      .filter((node) => wanted.every((filter) => matches(node, filter, tagged)));
    const page = pageOf(
      found,
      { size: input.MaxResults ?? 50, token: input.NextToken },
      ({ InstanceId = '' }) => InstanceId,
    );
    return {
      InstanceInformationList: [...page.items],
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};

function shown({ instance, ping }: ManagedNode, region: string, now: number): InstanceInformation {
  const image = publicImage(instance.imageId)?.name ?? '';
  const [name, version] = image.startsWith('ubuntu')
    ? ['Ubuntu', '24.04']
    : ['Amazon Linux', image.startsWith('amzn2') ? '2' : '2023'];
  const lastPing = ping === 'Online' ? now - (now % minute) : (instance.changedAt ?? instance.launchedAt);
  return {
    InstanceId: instance.id,
    PingStatus: ping,
    LastPingDateTime: new Date(Math.max(lastPing, instance.launchedAt)),
    AgentVersion: agentVersion,
    IsLatestVersion: true,
    PlatformType: 'Linux',
    PlatformName: name,
    PlatformVersion: version,
    ResourceType: 'EC2Instance',
    IPAddress: instance.privateIp,
    ComputerName: privateName(instance.privateIp, region),
    SourceId: instance.id,
    SourceType: 'AWS::EC2::Instance',
  };
}

/** @throws InvalidFilterKey */
function matches(
  node: InstanceInformation,
  { key, values }: Filter,
  tagged: (id: string) => readonly { readonly Key: string; readonly Value: string }[],
): boolean {
  const has = (value: string | undefined) => value !== undefined && values.includes(value);
  const tags = tagged(node.InstanceId ?? '');
  const tag = /^tag:(.+)$/s.exec(key)?.[1];
  if (tag !== undefined) return tags.some(({ Key, Value }) => Key === tag && has(Value));
  switch (key) {
    case 'InstanceIds':
      return has(node.InstanceId);
    case 'PingStatus':
      return has(node.PingStatus);
    case 'PlatformTypes':
      return has(node.PlatformType);
    case 'AgentVersion':
      return has(node.AgentVersion);
    case 'ResourceType':
      return has(node.ResourceType);
    case 'SourceIds':
      return has(node.SourceId);
    case 'SourceTypes':
      return has(node.SourceType);
    case 'tag-key':
      return tags.some(({ Key }) => has(Key));
    case 'ActivationIds':
    case 'IamRole':
    case 'AssociationStatus':
      // Of nodes outside of EC2, and of associations: there are none.
      return false;
    default:
      throw new AwsError('InvalidFilterKey', '', { status: 400 });
  }
}

export const getConnectionStatus: ReadOperation<GetConnectionStatusRequest, GetConnectionStatusResponse> = {
  kind: 'read',
  owner: (_input, facts) => facts.callerAccountId,
  permissions: (input, facts) => [onNode('ssm:GetConnectionStatus', input.Target ?? '', facts)],
  handle(account, input, call) {
    const { region } = call.request;
    const { Target: target = '' } = input;
    const isConnected = takesSessions(call.world, account, region, target, call);
    return { Target: target, Status: isConnected ? 'connected' : 'notconnected' };
  },
};

/** Whether a session could be started on an instance now. */
export function takesSessions(
  world: World,
  account: Account,
  region: string,
  instanceId: string,
  moment: Moment,
): boolean {
  const node = managedNode(world, account, region, instanceId, moment);
  return node !== undefined && isReached('sessions', node, { world, account, region }, moment);
}
