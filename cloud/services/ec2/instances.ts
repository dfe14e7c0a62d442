/** Lists of instances, and what they wrote to their consoles. */
import type {
  DescribeInstanceStatusRequest,
  DescribeInstanceStatusResult,
  DescribeInstancesRequest,
  DescribeInstancesResult,
  GetConsoleOutputRequest,
  GetConsoleOutputResult,
  InstanceStatusSummary,
} from '@aws-sdk/client-ec2';
import { toBase64 } from '@smithy/core/serde';
import { own } from '../../own.ts';
import type { ReadOperation } from '../../service.ts';
import { type FilterFields, filtered } from './filters.ts';
import { publicImage } from './images.ts';
import { privateName, publicName, shownInstance, shownState, shownTime } from './instance-shape.ts';
import { instancesNamed, isListed } from './instance-states.ts';
import { pageOf } from './pages.ts';
import { regionOf } from './regions.ts';
import type { InstanceState, RegionState } from './state.ts';
import { tagsOf } from './tags.ts';

function fieldsFor(accountId: string, region: string, state: RegionState): FilterFields<InstanceState> {
  const groupNames = ({ securityGroupIds }: InstanceState) =>
    securityGroupIds.flatMap((id) => own(state.securityGroups, id)?.name ?? []);
  return {
    architecture: ({ imageId }) => publicImage(imageId)?.architecture,
    'availability-zone': ({ zone }) => zone,
    'block-device-mapping.volume-id': ({ volume }) => volume.id,
    'client-token': ({ clientToken }) => clientToken,
    'dns-name': ({ publicIp }) => publicIp && publicName(publicIp, region),
    hypervisor: () => 'xen',
    'iam-instance-profile.arn': ({ profile }) => profile?.arn,
    'iam-instance-profile.id': ({ profile }) => profile?.id,
    'iam-instance-profile.name': ({ profile }) => profile?.arn.split('/').at(-1),
    'image-id': ({ imageId }) => imageId,
    'instance-id': ({ id }) => id,
    'instance-state-code': (instance) => shownState(instance.state).Code,
    'instance-state-name': (instance) => instance.state,
    'instance-type': ({ type }) => type,
    'instance.group-id': ({ securityGroupIds }) => securityGroupIds,
    'instance.group-name': groupNames,
    'ip-address': ({ publicIp }) => publicIp,
    'key-name': ({ keyName }) => keyName,
    'launch-time': ({ launchedAt }) => shownTime(launchedAt).toISOString(),
    'metadata-options.http-endpoint': ({ metadata }) => metadata.endpoint,
    'metadata-options.http-tokens': ({ metadata }) => metadata.tokens,
    'metadata-options.http-put-response-hop-limit': ({ metadata }) => metadata.hopLimit,
    'network-interface.network-interface-id': ({ networkInterfaceId }) => networkInterfaceId,
    'network-interface.group-id': ({ securityGroupIds }) => securityGroupIds,
    'network-interface.subnet-id': ({ subnetId }) => subnetId,
    'network-interface.vpc-id': ({ vpcId }) => vpcId,
    'owner-id': () => accountId,
    'private-dns-name': ({ privateIp }) => privateName(privateIp, region),
    'private-ip-address': ({ privateIp }) => privateIp,
    'reservation-id': ({ reservationId }) => reservationId,
    'root-device-type': () => 'ebs',
    'subnet-id': ({ subnetId }) => subnetId,
    'virtualization-type': () => 'hvm',
    'vpc-id': ({ vpcId }) => vpcId,
  };
}

export const describeInstances: ReadOperation<DescribeInstancesRequest, DescribeInstancesResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const { InstanceIds = [] } = input;
    const chosen =
      InstanceIds.length > 0
        ? instancesNamed(state, InstanceIds, call.now)
        : Object.values(state.instances).filter((instance) => isListed(instance, call.now));
    const found = filtered(chosen, input.Filters, fieldsFor(account.id, region, state), ({ id }) => tagsOf(state, id));
    const { items, NextToken } = pageOf(found, input, ({ id }) => id);
    const reservations = new Map<string, InstanceState[]>();
    for (const instance of items) {
      const { reservationId } = instance;
      reservations.set(reservationId, [...(reservations.get(reservationId) ?? []), instance]);
    }
    return {
      Reservations: [...reservations].map(([ReservationId, instances]) => ({
        ReservationId,
        OwnerId: account.id,
        Groups: [],
        Instances: instances.map((instance) => shownInstance(instance, { accountId: account.id, region, state })),
      })),
      NextToken,
    };
  },
};

export const describeInstanceStatus: ReadOperation<DescribeInstanceStatusRequest, DescribeInstanceStatusResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const { InstanceIds = [], IncludeAllInstances } = input;
    const chosen =
      InstanceIds.length > 0
        ? instancesNamed(state, InstanceIds, call.now)
        : Object.values(state.instances).filter((instance) => isListed(instance, call.now));
    const found = filtered(
      chosen.filter((instance) => IncludeAllInstances === true || instance.state === 'running'),
      input.Filters,
      {
        'availability-zone': ({ zone }) => zone,
        'instance-state-code': (instance) => shownState(instance.state).Code,
        'instance-state-name': (instance) => instance.state,
        'instance-status.status': (instance) => summary(instance).Status,
        'system-status.status': (instance) => summary(instance).Status,
      },
      ({ id }) => tagsOf(state, id),
    );
    const { items, NextToken } = pageOf(found, input, ({ id }) => id);
    return {
      InstanceStatuses: items.map((instance) => ({
        AvailabilityZone: instance.zone,
        InstanceId: instance.id,
        InstanceState: shownState(instance.state),
        InstanceStatus: summary(instance),
        SystemStatus: summary(instance),
      })),
      NextToken,
    };
  },
};

function summary({ state }: InstanceState): InstanceStatusSummary {
  return state === 'running'
    ? { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] }
    : { Status: 'not-applicable' };
}

/** What user data has written; empty before it has run, as the console of a real instance is for its first minutes. */
export const getConsoleOutput: ReadOperation<GetConsoleOutputRequest, GetConsoleOutputResult> = {
  kind: 'read',
  handle(account, { InstanceId = '' }, call) {
    const [instance] = instancesNamed(regionOf(account, call.request.region), [InstanceId], call.now);
    const { text = '', at = instance?.launchedAt ?? call.now } = instance?.console ?? {};
    return { InstanceId, Timestamp: shownTime(at), Output: toBase64(new TextEncoder().encode(text)) };
  },
};
