/** What a request of RunInstances comes to, before anything is checked: the permissions and the launch itself go by it. */
import type { EbsBlockDevice, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { own } from '../../own.ts';
import { type PublicImage, publicImage } from './images.ts';
import { defaultVpcOf } from './regions.ts';
import { groupByName } from './security-groups.ts';
import type { RegionState, SubnetState } from './state.ts';

export interface LaunchPlan {
  readonly imageId: string;
  readonly image?: PublicImage;
  /** Undefined where the request names one that is not there, or there is no default one. */
  readonly subnet?: SubnetState;
  readonly subnetId?: string;
  readonly securityGroupIds: readonly string[];
  /** Names that lead to no group. */
  readonly unknownGroups: readonly string[];
  readonly type: string;
  readonly privateIp?: string;
  readonly associatesPublicIp?: boolean;
  readonly ebs: EbsBlockDevice;
}

export const defaultInstanceType = 'm1.small';

/** The subnet, the groups and the address may also be given with the primary network interface. */
export function launchPlan(input: RunInstancesRequest, state: RegionState): LaunchPlan {
  const [card] = input.NetworkInterfaces ?? [];
  const subnetId = card?.SubnetId ?? input.SubnetId;
  const subnet = subnetId === undefined ? defaultSubnet(state, input) : own(state.subnets, subnetId);
  const names = input.SecurityGroups ?? [];
  const named = names.map((name) => groupByName(state, name)?.id);
  const ids = [...(card?.Groups ?? input.SecurityGroupIds ?? []), ...named.filter((id) => id !== undefined)];
  const image = publicImage(input.ImageId ?? '');
  const privateIp = card?.PrivateIpAddress ?? input.PrivateIpAddress;
  return {
    imageId: input.ImageId ?? '',
    ...(image && { image }),
    ...(subnet && { subnet }),
    ...(subnetId !== undefined && { subnetId }),
    securityGroupIds: ids.length > 0 || names.length > 0 ? [...new Set(ids)] : defaultGroupsOf(state, subnet),
    unknownGroups: names.filter((_, i) => named[i] === undefined),
    type: input.InstanceType ?? defaultInstanceType,
    ...(privateIp !== undefined && { privateIp }),
    ...(card?.AssociatePublicIpAddress !== undefined && { associatesPublicIp: card.AssociatePublicIpAddress }),
    ebs: input.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === image?.rootDevice)?.Ebs ?? {},
  };
}

function defaultSubnet(state: RegionState, { Placement }: RunInstancesRequest): SubnetState | undefined {
  const vpc = defaultVpcOf(state);
  return Object.values(state.subnets).find(
    ({ vpcId, zone, isDefault }) => vpcId === vpc?.id && isDefault && zone === (Placement?.AvailabilityZone ?? zone),
  );
}

function defaultGroupsOf(state: RegionState, subnet: SubnetState | undefined): readonly string[] {
  const group = Object.values(state.securityGroups).find(
    ({ vpcId, name }) => name === 'default' && vpcId === subnet?.vpcId,
  );
  return group === undefined ? [] : [group.id];
}

/** Of what kind and size the root volume is. */
export function rootVolumeOf({ image, ebs }: LaunchPlan): {
  readonly size: number;
  readonly type: string;
  readonly encrypted: boolean;
} {
  return {
    size: ebs.VolumeSize ?? image?.volumeSize ?? 8,
    type: ebs.VolumeType ?? image?.volumeType ?? 'gp2',
    encrypted: ebs.Encrypted ?? false,
  };
}
