/** The volumes and the network interfaces that instances, and endpoints, have. */
import type {
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  DescribeVolumesRequest,
  DescribeVolumesResult,
  NetworkInterface,
  Volume,
} from '@aws-sdk/client-ec2';
import { own } from '../../own.ts';
import type { ReadOperation } from '../../service.ts';
import { unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { publicImage } from './images.ts';
import { groupsOf, type Place, privateName, publicAddress, shownAttachment, shownTime } from './instance-shape.ts';
import { pageOf } from './pages.ts';
import { regionOf } from './regions.ts';
import type { InstanceState, RegionState, VpcEndpointState } from './state.ts';
import { shownTags, tagsOf } from './tags.ts';
import { zoneIdOf } from './zones.ts';

function living(state: RegionState): readonly InstanceState[] {
  return Object.values(state.instances).filter((instance) => instance.state !== 'terminated');
}

function shownVolume(instance: InstanceState, { region, state }: Place): Volume {
  const { volume, launchedAt, zone } = instance;
  return {
    Attachments: [
      {
        AttachTime: shownTime(launchedAt),
        Device: publicImage(instance.imageId)?.rootDevice,
        InstanceId: instance.id,
        State: 'attached',
        VolumeId: volume.id,
        DeleteOnTermination: volume.deletedOnTermination,
      },
    ],
    AvailabilityZone: zone,
    AvailabilityZoneId: zoneIdOf(region, zone),
    CreateTime: shownTime(launchedAt),
    Encrypted: volume.encrypted,
    Size: volume.size,
    SnapshotId: volume.snapshotId,
    State: 'in-use',
    VolumeId: volume.id,
    VolumeType: volume.type as NonNullable<Volume['VolumeType']>,
    ...(volume.type === 'gp3' ? { Iops: 3000, Throughput: 125 } : { Iops: Math.max(100, volume.size * 3) }),
    MultiAttachEnabled: false,
    Tags: shownTags(state, volume.id),
  };
}

export const describeVolumes: ReadOperation<DescribeVolumesRequest, DescribeVolumesResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const { VolumeIds = [] } = input;
    const all = living(state);
    const unknown = VolumeIds.filter((id) => !all.some(({ volume }) => volume.id === id));
    if (unknown.length > 0) throw unknownId('vol', ...unknown);
    const found = filtered(
      all.filter(({ volume }) => VolumeIds.length === 0 || VolumeIds.includes(volume.id)),
      input.Filters,
      {
        'attachment.instance-id': ({ id }) => id,
        'attachment.device': ({ imageId }) => publicImage(imageId)?.rootDevice,
        'attachment.delete-on-termination': ({ volume }) => volume.deletedOnTermination,
        'attachment.status': () => 'attached',
        'availability-zone': ({ zone }) => zone,
        encrypted: ({ volume }) => volume.encrypted,
        size: ({ volume }) => volume.size,
        'snapshot-id': ({ volume }) => volume.snapshotId,
        status: () => 'in-use',
        'volume-id': ({ volume }) => volume.id,
        'volume-type': ({ volume }) => volume.type,
      },
      ({ volume }) => tagsOf(state, volume.id),
    );
    const { items, NextToken } = pageOf(found, input, ({ volume }) => volume.id);
    return {
      Volumes: items.map((instance) => shownVolume(instance, { accountId: account.id, region, state })),
      NextToken,
    };
  },
};

function cardOfInstance(instance: InstanceState, { accountId, region, state }: Place): NetworkInterface {
  const name = privateName(instance.privateIp, region);
  const association = publicAddress(instance, region);
  return {
    ...association,
    Attachment: { ...shownAttachment(instance), InstanceId: instance.id, InstanceOwnerId: accountId },
    AvailabilityZone: instance.zone,
    Description: '',
    Groups: groupsOf(instance, state),
    InterfaceType: 'interface',
    Ipv6Addresses: [],
    MacAddress: instance.macAddress,
    NetworkInterfaceId: instance.networkInterfaceId,
    OwnerId: accountId,
    PrivateDnsName: name,
    PrivateIpAddress: instance.privateIp,
    PrivateIpAddresses: [{ ...association, Primary: true, PrivateDnsName: name, PrivateIpAddress: instance.privateIp }],
    RequesterManaged: false,
    SourceDestCheck: instance.sourceDestCheck,
    Status: 'in-use',
    SubnetId: instance.subnetId,
    TagSet: shownTags(state, instance.networkInterfaceId),
    VpcId: instance.vpcId,
  };
}

function cardsOfEndpoint(endpoint: VpcEndpointState, { accountId, region, state }: Place): NetworkInterface[] {
  return endpoint.networkInterfaceIds.map((id, i) => {
    const subnetId = endpoint.subnetIds[i] ?? '';
    return {
      AvailabilityZone: own(state.subnets, subnetId)?.zone,
      Description: `VPC Endpoint Interface ${endpoint.id}`,
      Groups: groupsOf(endpoint, state),
      InterfaceType: 'vpc_endpoint',
      Ipv6Addresses: [],
      NetworkInterfaceId: id,
      OwnerId: accountId,
      RequesterId: 'amazon-vpce',
      RequesterManaged: true,
      SourceDestCheck: true,
      Status: 'in-use',
      SubnetId: subnetId,
      TagSet: [],
      VpcId: endpoint.vpcId,
      AvailabilityZoneId: zoneIdOf(region, own(state.subnets, subnetId)?.zone ?? ''),
    };
  });
}

export const describeNetworkInterfaces: ReadOperation<
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult
> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const place = { accountId: account.id, region, state };
    const { NetworkInterfaceIds = [] } = input;
    const all = [
      ...living(state).map((instance) => cardOfInstance(instance, place)),
      ...Object.values(state.vpcEndpoints).flatMap((endpoint) => cardsOfEndpoint(endpoint, place)),
    ];
    const unknown = NetworkInterfaceIds.filter((id) => !all.some((card) => card.NetworkInterfaceId === id));
    if (unknown.length > 0) throw unknownId('eni', ...unknown);
    const found = filtered(
      all.filter(
        ({ NetworkInterfaceId = '' }) =>
          NetworkInterfaceIds.length === 0 || NetworkInterfaceIds.includes(NetworkInterfaceId),
      ),
      input.Filters,
      {
        'attachment.attachment-id': (card) => card.Attachment?.AttachmentId,
        'attachment.device-index': (card) => card.Attachment?.DeviceIndex,
        'attachment.instance-id': (card) => card.Attachment?.InstanceId,
        'attachment.status': (card) => card.Attachment?.Status,
        'availability-zone': (card) => card.AvailabilityZone,
        description: (card) => card.Description,
        'group-id': (card) => card.Groups?.flatMap(({ GroupId }) => GroupId ?? []),
        'group-name': (card) => card.Groups?.flatMap(({ GroupName }) => GroupName ?? []),
        'interface-type': (card) => card.InterfaceType,
        'mac-address': (card) => card.MacAddress,
        'network-interface-id': (card) => card.NetworkInterfaceId,
        'owner-id': () => account.id,
        'private-ip-address': (card) => card.PrivateIpAddress,
        'requester-managed': (card) => card.RequesterManaged,
        status: (card) => card.Status,
        'subnet-id': (card) => card.SubnetId,
        'vpc-id': (card) => card.VpcId,
      },
      ({ NetworkInterfaceId = '' }) => tagsOf(state, NetworkInterfaceId),
    );
    const { items, NextToken } = pageOf(found, input, ({ NetworkInterfaceId = '' }) => NetworkInterfaceId);
    return { NetworkInterfaces: [...items], NextToken };
  },
};
