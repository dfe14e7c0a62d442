/** Instances as answers show them. */
import type {
  GroupIdentifier,
  Instance,
  InstanceNetworkInterface,
  InstanceState as ShownState,
} from '@aws-sdk/client-ec2';
import { own } from '../../own.ts';
import { publicImage } from './images.ts';
import { instanceType } from './instance-types.ts';
import { shownMetadataOptions } from './metadata-options.ts';
import type { InstanceState, InstanceStateName, RegionState } from './state.ts';
import { shownTags } from './tags.ts';
import { zoneIdOf } from './zones.ts';

/** Where what is shown stands. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly state: RegionState;
}

const codes: Readonly<Record<InstanceStateName, number>> = { running: 16, terminated: 48, stopped: 80 };

export function shownState(name: InstanceStateName): ShownState {
  return { Code: codes[name], Name: name };
}

/** A time as EC2 shows it: whole seconds. */
export function shownTime(epochMilliseconds: number): Date {
  return new Date(Math.floor(epochMilliseconds / 1000) * 1000);
}

/** `ip-172-31-0-4.ec2.internal`; outside of us-east-1 with the region. */
export function privateName(ip: string, region: string): string {
  const suffix = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return `ip-${ip.replaceAll('.', '-')}.${suffix}`;
}

/** `ec2-203-0-113-4.compute-1.amazonaws.com`. */
export function publicName(ip: string, region: string): string {
  const zone = region === 'us-east-1' ? 'compute-1' : `${region}.compute`;
  return `ec2-${ip.replaceAll('.', '-')}.${zone}.amazonaws.com`;
}

export function groupsOf(
  { securityGroupIds }: Pick<InstanceState, 'securityGroupIds'>,
  state: RegionState,
): GroupIdentifier[] {
  return securityGroupIds.map((GroupId) => ({ GroupId, GroupName: own(state.securityGroups, GroupId)?.name ?? '' }));
}

export function shownInstance(instance: InstanceState, { accountId, region, state }: Place): Instance {
  const isGone = instance.state === 'terminated';
  const image = publicImage(instance.imageId);
  const type = instanceType(instance.type);
  const isRunning = instance.state === 'running';
  return {
    AmiLaunchIndex: instance.launchIndex,
    ImageId: instance.imageId,
    InstanceId: instance.id,
    InstanceType: instance.type as NonNullable<Instance['InstanceType']>,
    ...(instance.keyName !== undefined && { KeyName: instance.keyName }),
    LaunchTime: shownTime(instance.launchedAt),
    Monitoring: { State: instance.monitored ? 'enabled' : 'disabled' },
    Placement: {
      AvailabilityZone: instance.zone,
      AvailabilityZoneId: zoneIdOf(region, instance.zone),
      GroupName: '',
      Tenancy: 'default',
    },
    State: shownState(instance.state),
    StateTransitionReason: transition(instance),
    ...(instance.state !== 'running' && {
      StateReason: {
        Code: 'Client.UserInitiatedShutdown',
        Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
      },
    }),
    PrivateDnsName: isGone ? '' : privateName(instance.privateIp, region),
    PublicDnsName: isRunning && instance.publicIp !== undefined ? publicName(instance.publicIp, region) : '',
    ...(!isGone && { PrivateIpAddress: instance.privateIp, SubnetId: instance.subnetId, VpcId: instance.vpcId }),
    ...(isRunning && instance.publicIp !== undefined && { PublicIpAddress: instance.publicIp }),
    Architecture: image?.architecture,
    BlockDeviceMappings: isGone
      ? []
      : [
          {
            DeviceName: image?.rootDevice,
            Ebs: {
              AttachTime: shownTime(instance.launchedAt),
              DeleteOnTermination: instance.volume.deletedOnTermination,
              Status: 'attached',
              VolumeId: instance.volume.id,
            },
          },
        ],
    ClientToken: instance.clientToken ?? '',
    EbsOptimized: instance.ebsOptimized,
    EnaSupport: true,
    Hypervisor: 'xen',
    ...(instance.profile && { IamInstanceProfile: { Arn: instance.profile.arn, Id: instance.profile.id } }),
    NetworkInterfaces: isGone ? [] : [shownCard(instance, { accountId, region, state })],
    RootDeviceName: image?.rootDevice,
    RootDeviceType: 'ebs',
    SecurityGroups: isGone ? [] : groupsOf(instance, state),
    SourceDestCheck: instance.sourceDestCheck,
    Tags: shownTags(state, instance.id),
    VirtualizationType: 'hvm',
    CpuOptions: { CoreCount: Math.ceil((type?.vcpus ?? 1) / 2), ThreadsPerCore: (type?.vcpus ?? 1) > 1 ? 2 : 1 },
    CapacityReservationSpecification: { CapacityReservationPreference: 'open' },
    HibernationOptions: { Configured: false },
    MetadataOptions: shownMetadataOptions(instance.metadata),
    EnclaveOptions: { Enabled: false },
    BootMode: image?.architecture === 'arm64' ? 'uefi' : 'uefi-preferred',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    UsageOperationUpdateTime: shownTime(instance.launchedAt),
    PrivateDnsNameOptions: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    MaintenanceOptions: { AutoRecovery: 'default' },
    CurrentInstanceBootMode: image?.architecture === 'arm64' ? 'uefi' : 'legacy-bios',
  };
}

/** `User initiated (2026-01-05 12:00:00 GMT)`. */
function transition({ state, changedAt }: InstanceState): string {
  if (state === 'running' || changedAt === undefined) return '';
  return `User initiated (${new Date(changedAt).toISOString().slice(0, 19).replace('T', ' ')} GMT)`;
}

/** What gives a network card its public address; undefined where it has none. */
export function publicAddress({ publicIp }: InstanceState, region: string) {
  if (publicIp === undefined) return undefined;
  return { Association: { IpOwnerId: 'amazon', PublicDnsName: publicName(publicIp, region), PublicIp: publicIp } };
}

/** How the network card of an instance is attached to it. */
export function shownAttachment({ launchedAt, attachmentId }: InstanceState) {
  return {
    AttachTime: shownTime(launchedAt),
    AttachmentId: attachmentId,
    DeleteOnTermination: true,
    DeviceIndex: 0,
    NetworkCardIndex: 0,
    Status: 'attached',
  } as const;
}

function shownCard(instance: InstanceState, { accountId, region, state }: Place): InstanceNetworkInterface {
  const name = privateName(instance.privateIp, region);
  const association = instance.state === 'running' && publicAddress(instance, region);
  return {
    ...association,
    Attachment: shownAttachment(instance),
    Description: '',
    Groups: groupsOf(instance, state),
    Ipv6Addresses: [],
    MacAddress: instance.macAddress,
    NetworkInterfaceId: instance.networkInterfaceId,
    OwnerId: accountId,
    PrivateDnsName: name,
    PrivateIpAddress: instance.privateIp,
    PrivateIpAddresses: [{ ...association, Primary: true, PrivateDnsName: name, PrivateIpAddress: instance.privateIp }],
    SourceDestCheck: instance.sourceDestCheck,
    Status: 'in-use',
    SubnetId: instance.subnetId,
    VpcId: instance.vpcId,
    InterfaceType: 'interface',
  };
}
