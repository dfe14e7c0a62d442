/** RunInstances. */
import type { Reservation, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { fromBase64 } from '@smithy/core/serde';
import type { AccountDraft, Call, Draft } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import type { ChangeOperation } from '../../service.ts';
import { firstBoot } from './booting.ts';
import { readCidr, shownAddress, sizeOf } from './cidr.ts';
import { ec2Error, invalidCombination, invalidValue, missingParameter, unknownId } from './errors.ts';
import { makeId } from './ids.ts';
import type { PublicImage } from './images.ts';
import { shownInstance } from './instance-shape.ts';
import { forgetTerminated, vcpusInUse } from './instance-states.ts';
import { type InstanceTypeFacts, instanceType } from './instance-types.ts';
import { keyPairNamed } from './key-pair-names.ts';
import { launchPermissions } from './launch-permissions.ts';
import { type LaunchPlan, launchPlan, rootVolumeOf } from './launch-plan.ts';
import { ec2Limits } from './limits.ts';
import { defaultMetadataOptions, readMetadataOptions } from './metadata-options.ts';
import { requireProfile } from './profile-names.ts';
import { publicAddress } from './public-addresses.ts';
import { regionDraft } from './regions.ts';
import { groupNamed, unknownName } from './security-groups.ts';
import type { InstanceState, RegionState, SubnetState } from './state.ts';
import { addressesIn, subnetNamed } from './subnets.ts';
import { setTags, tagsFor } from './tags.ts';

const taggedTypes = ['instance', 'volume', 'network-interface', 'spot-instances-request'];

export const runInstances: ChangeOperation<RunInstancesRequest, Reservation> = {
  kind: 'change',
  permissions: launchPermissions,
  handle(account, input, call) {
    const state = regionDraft(account, call.request.region);
    forgetTerminated(state, call.now);
    const repeated = earlierLaunch(state, input.ClientToken);
    if (repeated.length > 0) return reservation(repeated, account, state, call);
    const plan = launchPlan(input, state);
    const checked = checkedLaunch(input, plan, state);
    const reservationId = makeId('r', call.random);
    const launched = Array.from({ length: countOf(input, checked.type, state) }, (_, launchIndex) => {
      const instance = newInstance({ input, plan, checked, account, state, call, reservationId, launchIndex });
      state.instances[instance.id] = instance as Draft<InstanceState>;
      setTags(state, instance.id, tagsFor(input.TagSpecifications, 'instance', taggedTypes));
      setTags(state, instance.volume.id, tagsFor(input.TagSpecifications, 'volume', taggedTypes));
      setTags(state, instance.networkInterfaceId, tagsFor(input.TagSpecifications, 'network-interface', taggedTypes));
      return instance;
    });
    return reservation(launched, account, state, call);
  },
};

/** What a request with the same token has launched before (idempotency). */
function earlierLaunch(state: RegionState, token: string | undefined): readonly InstanceState[] {
  return token === undefined ? [] : Object.values(state.instances).filter(({ clientToken }) => clientToken === token);
}

function reservation(
  instances: readonly InstanceState[],
  account: AccountDraft,
  state: RegionState,
  call: Call,
): Reservation {
  return {
    ReservationId: instances[0]?.reservationId,
    OwnerId: account.id,
    Groups: [],
    Instances: instances.map((instance) => ({
      ...shownInstance(instance, { accountId: account.id, region: call.request.region, state }),
      State: { Code: 0, Name: 'pending' },
      StateTransitionReason: '',
      PublicIpAddress: undefined,
      PublicDnsName: '',
    })),
  };
}

/** The parts of a plan that must be there, found. */
interface CheckedLaunch {
  readonly image: PublicImage;
  readonly type: InstanceTypeFacts;
  readonly subnet: SubnetState;
}

/** @throws AwsError for whatever of the request cannot be */
function checkedLaunch(input: RunInstancesRequest, plan: LaunchPlan, state: RegionState): CheckedLaunch {
  if (input.ImageId === undefined) throw missingParameter('ImageId');
  if (plan.image === undefined) throw unknownId('ami', input.ImageId);
  const type = instanceType(plan.type);
  if (type === undefined) throw invalidValue(plan.type, 'InstanceType', 'Invalid instance type.');
  if (type.architecture !== plan.image.architecture) {
    throw ec2Error(
      'InvalidParameterValue',
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${plan.image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
    );
  }
  if ((input.NetworkInterfaces ?? []).length > 0 && (input.SubnetId !== undefined || input.SecurityGroupIds?.length)) {
    throw invalidCombination(
      'Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request',
    );
  }
  if (input.SecurityGroups?.length && input.SubnetId !== undefined) {
    throw invalidCombination('The parameter groupName cannot be used with the parameter subnet');
  }
  if (plan.subnet === undefined) {
    if (plan.subnetId !== undefined) subnetNamed(state, plan.subnetId);
    throw ec2Error('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
  }
  const [unknown] = plan.unknownGroups;
  if (unknown !== undefined) throw unknownName(unknown);
  for (const id of plan.securityGroupIds) {
    if (groupNamed(state, id).vpcId !== plan.subnet.vpcId) {
      throw ec2Error(
        'InvalidParameter',
        `Security group ${id} and subnet ${plan.subnet.id} belong to different networks.`,
      );
    }
  }
  if (input.KeyName !== undefined && keyPairNamed(state, input.KeyName) === undefined) {
    throw ec2Error('InvalidKeyPair.NotFound', `The key pair '${input.KeyName}' does not exist`);
  }
  checkUserData(input.UserData);
  return { image: plan.image, type, subnet: plan.subnet };
}

/** @throws AwsError `InvalidParameterValue`: it is no base64, or too long */
export function checkUserData(userData: string | undefined): void {
  if (userData === undefined) return;
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(userData.replaceAll(/\s/g, ''));
  } catch {
    throw ec2Error('InvalidParameterValue', 'Invalid BASE64 encoding of user data.');
  }
  if (bytes.length > ec2Limits.userDataBytes) {
    throw ec2Error('InvalidParameterValue', 'User data is limited to 16384 bytes');
  }
}

/** As many as asked for at most, as there is room for, and not less than asked for at least. */
function countOf(
  { MinCount = 1, MaxCount = 1 }: RunInstancesRequest,
  type: InstanceTypeFacts,
  state: RegionState,
): number {
  if (MinCount < 1) throw invalidValue(String(MinCount), 'minCount', 'Must be greater than or equal to 1.');
  if (MaxCount < MinCount) {
    throw invalidCombination(
      `Minimum instance count (${MinCount}) must be less than or equal to the maximum instance count (${MaxCount}).`,
    );
  }
  const byCpu = Math.floor((ec2Limits.vcpus - vcpusInUse(state)) / type.vcpus);
  const byNumber = ec2Limits.instances - Object.keys(state.instances).length;
  const room = Math.min(byCpu, byNumber);
  if (room < MinCount) {
    throw ec2Error(
      'VcpuLimitExceeded',
      `You have requested more vCPU capacity than your current vCPU limit of ${ec2Limits.vcpus} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
    );
  }
  return Math.min(MaxCount, room);
}

interface Launch {
  readonly input: RunInstancesRequest;
  readonly plan: LaunchPlan;
  readonly checked: CheckedLaunch;
  readonly account: AccountDraft;
  readonly state: RegionState;
  readonly call: Call;
  readonly reservationId: string;
  readonly launchIndex: number;
}

function newInstance(launch: Launch): InstanceState {
  const { input, plan, checked, account, state, call, reservationId, launchIndex } = launch;
  const { image, subnet } = checked;
  const { random, now } = call;
  const isPublic = plan.associatesPublicIp ?? subnet.mapsPublicIp;
  const profile = input.IamInstanceProfile && requireProfile(account, input.IamInstanceProfile);
  return {
    id: makeId('i', random),
    reservationId,
    launchIndex,
    imageId: image.id,
    type: plan.type,
    ...(input.KeyName !== undefined && { keyName: input.KeyName }),
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zone: subnet.zone,
    securityGroupIds: [...plan.securityGroupIds],
    privateIp: privateAddress(plan, subnet, state),
    ...(isPublic && { publicIp: publicAddress(random) }),
    networkInterfaceId: makeId('eni', random),
    attachmentId: makeId('eni-attach', random),
    macAddress: `02:${(hexOf(random.bytes(5)).match(/../g) ?? []).join(':')}`,
    volume: {
      id: makeId('vol', random),
      ...rootVolumeOf(plan),
      snapshotId: image.snapshotId,
      deletedOnTermination: plan.ebs.DeleteOnTermination ?? true,
    },
    ...(input.UserData !== undefined && { userData: input.UserData, boot: firstBoot(now) }),
    state: 'running',
    launchedAt: now,
    ...(profile && {
      profile: { associationId: makeId('iip-assoc', random), arn: profile.arn, id: profile.id, associatedAt: now },
    }),
    metadata: { ...defaultMetadataOptions(image), ...readMetadataOptions(input.MetadataOptions) },
    metadataSecret: hexOf(random.bytes(32)),
    sourceDestCheck: true,
    ebsOptimized: input.EbsOptimized ?? false,
    monitored: input.Monitoring?.Enabled ?? false,
    protectedFromTermination: input.DisableApiTermination ?? false,
    protectedFromStop: input.DisableApiStop ?? false,
    shutdownBehavior: input.InstanceInitiatedShutdownBehavior === 'terminate' ? 'terminate' : 'stop',
    ...(input.ClientToken !== undefined && { clientToken: input.ClientToken }),
  };
}

/** The first four addresses of a subnet, and the last, are AWS's. @throws AwsError `InvalidIPAddress.InUse`, `InvalidParameterValue` */
function privateAddress({ privateIp }: LaunchPlan, subnet: SubnetState, state: RegionState): string {
  const range = readCidr(subnet.cidr);
  if (range === undefined) throw new Error(`Subnet ${subnet.id} has the range ${subnet.cidr}`);
  const taken = addressesIn(state, subnet.id);
  if (privateIp !== undefined) {
    const asked = readCidr(`${privateIp}/32`);
    const place = asked === undefined ? -1 : asked.first - range.first;
    if (place < 4 || place >= sizeOf(range.length) - 1) {
      throw invalidValue(privateIp, 'privateIpAddress', "Address does not fall within the subnet's address range");
    }
    if (taken.has(privateIp)) throw ec2Error('InvalidIPAddress.InUse', `Address ${privateIp} is in use.`);
    return privateIp;
  }
  for (let place = 4; place < sizeOf(range.length) - 1; place++) {
    const address = shownAddress(range.first + place);
    if (!taken.has(address)) return address;
  }
  throw ec2Error(
    'InsufficientFreeAddressesInSubnet',
    'There are not enough free addresses in subnet to satisfy the requested number of instances.',
  );
}
