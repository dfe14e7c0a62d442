/** What can be read and changed of an instance one by one. */
import type {
  DescribeInstanceAttributeRequest,
  DescribeInstanceCreditSpecificationsRequest,
  DescribeInstanceCreditSpecificationsResult,
  InstanceAttribute,
  ModifyInstanceAttributeRequest,
  ModifyInstanceMetadataOptionsRequest,
  ModifyInstanceMetadataOptionsResult,
} from '@aws-sdk/client-ec2';
import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { Draft } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { ec2Error, invalidValue, missingParameter } from './errors.ts';
import { publicImage } from './images.ts';
import { groupsOf, shownTime } from './instance-shape.ts';
import { instancesNamed } from './instance-states.ts';
import { instanceType } from './instance-types.ts';
import { checkUserData } from './launching.ts';
import { readMetadataOptions, shownMetadataOptions } from './metadata-options.ts';
import { pageOf } from './pages.ts';
import { regionDraft, regionOf } from './regions.ts';
import { groupNamed } from './security-groups.ts';
import type { InstanceState, RegionState } from './state.ts';

function instanceNamed<Instance extends InstanceState>(
  state: { readonly instances: Readonly<Record<string, Instance>> },
  id: string | undefined,
  now: number,
): Instance {
  const [instance] = instancesNamed(state, id === undefined ? [] : [id], now);
  if (instance === undefined) throw missingParameter('InstanceId');
  return instance;
}

type Shown = Omit<InstanceAttribute, 'InstanceId'>;

const attributes: Readonly<Record<string, (instance: InstanceState, state: RegionState) => Shown>> = {
  instanceType: ({ type }) => ({ InstanceType: { Value: type } }),
  kernel: () => ({ KernelId: {} }),
  ramdisk: () => ({ RamdiskId: {} }),
  userData: ({ userData }) => ({ UserData: userData === undefined ? {} : { Value: userData } }),
  disableApiTermination: (instance) => ({ DisableApiTermination: { Value: instance.protectedFromTermination } }),
  disableApiStop: (instance) => ({ DisableApiStop: { Value: instance.protectedFromStop } }),
  instanceInitiatedShutdownBehavior: (instance) => ({
    InstanceInitiatedShutdownBehavior: { Value: instance.shutdownBehavior },
  }),
  rootDeviceName: ({ imageId }) => ({ RootDeviceName: { Value: publicImage(imageId)?.rootDevice } }),
  blockDeviceMapping: ({ imageId, volume, launchedAt }) => ({
    BlockDeviceMappings: [
      {
        DeviceName: publicImage(imageId)?.rootDevice,
        Ebs: {
          AttachTime: shownTime(launchedAt),
          DeleteOnTermination: volume.deletedOnTermination,
          Status: 'attached',
          VolumeId: volume.id,
        },
      },
    ],
  }),
  productCodes: () => ({ ProductCodes: [] }),
  sourceDestCheck: ({ sourceDestCheck }) => ({ SourceDestCheck: { Value: sourceDestCheck } }),
  groupSet: (instance, state) => ({ Groups: groupsOf(instance, state) }),
  ebsOptimized: ({ ebsOptimized }) => ({ EbsOptimized: { Value: ebsOptimized } }),
  sriovNetSupport: () => ({ SriovNetSupport: { Value: 'simple' } }),
  enaSupport: () => ({ EnaSupport: { Value: true } }),
  enclaveOptions: () => ({ EnclaveOptions: { Enabled: false } }),
};

export const describeInstanceAttribute: ReadOperation<DescribeInstanceAttributeRequest, InstanceAttribute> = {
  kind: 'read',
  handle(account, { InstanceId, Attribute }, call) {
    const state = regionOf(account, call.request.region);
    const instance = instanceNamed(state, InstanceId, call.now);
    if (Attribute === undefined) throw missingParameter('attribute');
    const show = Object.hasOwn(attributes, Attribute) ? attributes[Attribute] : undefined;
    if (show === undefined) throw invalidValue(Attribute, 'attribute', 'Unknown attribute.');
    return { InstanceId: instance.id, ...show(instance, state) };
  },
};

export const describeInstanceCreditSpecifications: ReadOperation<
  DescribeInstanceCreditSpecificationsRequest,
  DescribeInstanceCreditSpecificationsResult
> = {
  kind: 'read',
  handle(account, input, call) {
    const state = regionOf(account, call.request.region);
    const chosen = input.InstanceIds?.length
      ? instancesNamed(state, input.InstanceIds, call.now)
      : Object.values(state.instances);
    const { items, NextToken } = pageOf(
      chosen.filter(({ type }) => instanceType(type)?.burstable),
      input,
      ({ id }) => id,
    );
    return {
      // T2 instances do not run into debts unless told so (EC2 User Guide, "Burstable performance instances").
      InstanceCreditSpecifications: items.map(({ id, type }) => ({
        InstanceId: id,
        CpuCredits: type.startsWith('t2.') ? 'standard' : 'unlimited',
      })),
      NextToken,
    };
  },
};

/** The old form, an attribute by its name and a value as text, in the form that there is for each. */
function inOneForm(input: ModifyInstanceAttributeRequest): ModifyInstanceAttributeRequest {
  const { Attribute, Value } = input;
  if (Attribute === undefined || Value === undefined) return input;
  const flag = { Value: Value === 'true' };
  switch (Attribute) {
    case 'userData':
      checkUserData(Value);
      return { ...input, UserData: { Value: fromBase64(Value) } };
    case 'instanceType':
      return { ...input, InstanceType: { Value } };
    case 'disableApiTermination':
      return { ...input, DisableApiTermination: flag };
    case 'disableApiStop':
      return { ...input, DisableApiStop: flag };
    case 'sourceDestCheck':
      return { ...input, SourceDestCheck: flag };
    case 'ebsOptimized':
      return { ...input, EbsOptimized: flag };
    case 'instanceInitiatedShutdownBehavior':
      return { ...input, InstanceInitiatedShutdownBehavior: { Value } };
    default:
      throw invalidValue(Attribute, 'attribute', 'Unknown attribute.');
  }
}

export const modifyInstanceAttribute: ChangeOperation<ModifyInstanceAttributeRequest, object> = {
  kind: 'change',
  handle(account, request, call) {
    const state = regionDraft(account, call.request.region);
    const instance = instanceNamed(state, request.InstanceId, call.now);
    const input = inOneForm(request);
    const changes = changesIn(input);
    if (changes.length === 0)
      throw ec2Error('InvalidRequest', 'The request received was invalid: no attributes specified.');
    if (changes.length > 1) {
      throw ec2Error(
        'InvalidParameterCombination',
        `Fields for multiple attribute types specified: ${changes.join(', ')}`,
      );
    }
    if (input.UserData !== undefined || input.InstanceType !== undefined || input.EbsOptimized !== undefined) {
      requireStopped(instance);
    }
    change(instance, input, state);
    return {};
  },
};

const changeable = [
  'UserData',
  'InstanceType',
  'DisableApiTermination',
  'DisableApiStop',
  'SourceDestCheck',
  'EbsOptimized',
  'InstanceInitiatedShutdownBehavior',
  'Groups',
  'BlockDeviceMappings',
] as const;

function changesIn(input: ModifyInstanceAttributeRequest): readonly string[] {
  return changeable.filter((name) => input[name] !== undefined);
}

function requireStopped({ id, state }: InstanceState): void {
  if (state === 'stopped') return;
  throw ec2Error('IncorrectInstanceState', `The instance '${id}' is not in the 'stopped' state.`);
}

function change(instance: Draft<InstanceState>, input: ModifyInstanceAttributeRequest, state: RegionState): void {
  if (input.UserData !== undefined) {
    const text = toBase64(input.UserData.Value ?? new Uint8Array());
    checkUserData(text);
    if (text === '') delete instance.userData;
    else instance.userData = text;
  }
  if (input.InstanceType?.Value !== undefined) {
    if (instanceType(input.InstanceType.Value) === undefined) {
      throw invalidValue(input.InstanceType.Value, 'instanceType', 'Invalid instance type.');
    }
    instance.type = input.InstanceType.Value;
  }
  if (input.DisableApiTermination?.Value !== undefined)
    instance.protectedFromTermination = input.DisableApiTermination.Value;
  if (input.DisableApiStop?.Value !== undefined) instance.protectedFromStop = input.DisableApiStop.Value;
  if (input.SourceDestCheck?.Value !== undefined) instance.sourceDestCheck = input.SourceDestCheck.Value;
  if (input.EbsOptimized?.Value !== undefined) instance.ebsOptimized = input.EbsOptimized.Value;
  const behavior = input.InstanceInitiatedShutdownBehavior?.Value;
  if (behavior !== undefined) {
    if (behavior !== 'stop' && behavior !== 'terminate') {
      throw invalidValue(behavior, 'instanceInitiatedShutdownBehavior', 'Expected stop or terminate.');
    }
    instance.shutdownBehavior = behavior;
  }
  if (input.Groups !== undefined) {
    for (const id of input.Groups) {
      if (groupNamed(state, id).vpcId !== instance.vpcId) {
        throw ec2Error('InvalidGroup.NotFound', `The security group '${id}' does not exist in VPC '${instance.vpcId}'`);
      }
    }
    instance.securityGroupIds = [...input.Groups];
  }
  const [device] = input.BlockDeviceMappings ?? [];
  if (device?.Ebs?.DeleteOnTermination !== undefined) {
    instance.volume.deletedOnTermination = device.Ebs.DeleteOnTermination;
  }
}

export const modifyInstanceMetadataOptions: ChangeOperation<
  ModifyInstanceMetadataOptionsRequest,
  ModifyInstanceMetadataOptionsResult
> = {
  kind: 'change',
  handle(account, input, call) {
    const instance = instanceNamed(regionDraft(account, call.request.region), input.InstanceId, call.now);
    const changed = readMetadataOptions(input);
    if (Object.keys(changed).length === 0) {
      throw ec2Error('InvalidParameterCombination', 'At least one of the metadata options must be specified.');
    }
    instance.metadata = { ...instance.metadata, ...changed };
    return {
      InstanceId: instance.id,
      InstanceMetadataOptions: shownMetadataOptions(instance.metadata, 'pending'),
    };
  },
};
