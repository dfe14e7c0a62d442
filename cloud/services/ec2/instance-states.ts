/** Start, stop, reboot, terminate. */
import type {
  InstanceStateChange,
  RebootInstancesRequest,
  StartInstancesRequest,
  StartInstancesResult,
  StopInstancesRequest,
  StopInstancesResult,
  TerminateInstancesRequest,
  TerminateInstancesResult,
} from '@aws-sdk/client-ec2';
import type { Draft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation } from '../../service.ts';
import { bootAgain } from './booting.ts';
import { ec2Error, missingParameter, unknownId } from './errors.ts';
import { shownState } from './instance-shape.ts';
import { instanceType } from './instance-types.ts';
import { ec2Limits } from './limits.ts';
import { publicAddress } from './public-addresses.ts';
import { regionDraft } from './regions.ts';
import type { InstanceState, RegionState } from './state.ts';

/** vCPUs of the instances that run. */
export function vcpusInUse(state: RegionState): number {
  return Object.values(state.instances)
    .filter((instance) => instance.state === 'running')
    .reduce((sum, { type }) => sum + (instanceType(type)?.vcpus ?? 0), 0);
}

/** Whether an instance is still listed. @param now the sandbox's clock, epoch milliseconds */
export function isListed({ state, changedAt = 0 }: InstanceState, now: number): boolean {
  return state !== 'terminated' || changedAt + ec2Limits.terminatedKept > now;
}

/** Takes out of the state what is no longer listed. */
export function forgetTerminated(state: Draft<RegionState>, now: number): void {
  for (const instance of Object.values(state.instances)) {
    if (isListed(instance, now)) continue;
    for (const id of [instance.id, instance.volume.id, instance.networkInterfaceId]) delete state.tags[id];
    delete state.instances[instance.id];
  }
}

/** @throws AwsError `MissingParameter`, `InvalidInstanceID.NotFound`, `InvalidInstanceID.Malformed` */
export function instancesNamed<Instance extends InstanceState>(
  state: { readonly instances: Readonly<Record<string, Instance>> },
  ids: readonly string[],
  now: number,
): readonly Instance[] {
  if (ids.length === 0) throw missingParameter('InstanceId');
  const isThere = (id: string) => {
    const instance = own(state.instances, id);
    return instance !== undefined && isListed(instance, now);
  };
  const unknown = ids.filter((id) => !isThere(id));
  if (unknown.length > 0) throw unknownId('i', ...unknown);
  return [...new Set(ids)].flatMap((id) => own(state.instances, id) ?? []);
}

function refuseTerminated(instances: readonly InstanceState[], verb: string): void {
  const gone = instances.find(({ state }) => state === 'terminated');
  if (gone === undefined) return;
  throw ec2Error('IncorrectInstanceState', `The instance '${gone.id}' is not in a state from which it can be ${verb}.`);
}

/** What the answer shows: the way that AWS would still be on. */
function changes(
  instances: readonly InstanceState[],
  way: { readonly Code: number; readonly Name: 'pending' | 'stopping' | 'shutting-down' },
  end: InstanceState['state'],
): InstanceStateChange[] {
  return instances.map(({ id, state }) => ({
    InstanceId: id,
    PreviousState: shownState(state),
    CurrentState: state === end ? shownState(state) : way,
  }));
}

export const startInstances: ChangeOperation<StartInstancesRequest, StartInstancesResult> = {
  kind: 'change',
  handle(account, { InstanceIds = [] }, call) {
    const state = regionDraft(account, call.request.region);
    const instances = instancesNamed(state, InstanceIds, call.now);
    refuseTerminated(instances, 'started');
    const StartingInstances = changes(instances, { Code: 0, Name: 'pending' }, 'running');
    for (const instance of instances.filter(({ state: name }) => name === 'stopped')) {
      instance.state = 'running';
      instance.launchedAt = call.now;
      delete instance.changedAt;
      bootAgain(instance, call.now);
      if (own(state.subnets, instance.subnetId)?.mapsPublicIp) instance.publicIp = publicAddress(call.random);
    }
    if (vcpusInUse(state) > ec2Limits.vcpus) {
      throw ec2Error(
        'VcpuLimitExceeded',
        `You have requested more vCPU capacity than your current vCPU limit of ${ec2Limits.vcpus} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
      );
    }
    return { StartingInstances };
  },
};

export const stopInstances: ChangeOperation<StopInstancesRequest, StopInstancesResult> = {
  kind: 'change',
  handle(account, { InstanceIds = [] }, call) {
    const state = regionDraft(account, call.request.region);
    const instances = instancesNamed(state, InstanceIds, call.now);
    refuseTerminated(instances, 'stopped');
    const kept = instances.find(({ protectedFromStop }) => protectedFromStop);
    if (kept !== undefined) {
      throw ec2Error(
        'OperationNotPermitted',
        `The instance '${kept.id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
      );
    }
    const StoppingInstances = changes(instances, { Code: 64, Name: 'stopping' }, 'stopped');
    for (const instance of instances.filter(({ state: name }) => name === 'running')) {
      instance.state = 'stopped';
      instance.changedAt = call.now;
      delete instance.publicIp;
    }
    return { StoppingInstances };
  },
};

export const rebootInstances: ChangeOperation<RebootInstancesRequest, object> = {
  kind: 'change',
  handle(account, { InstanceIds = [] }, call) {
    const instances = instancesNamed(regionDraft(account, call.request.region), InstanceIds, call.now);
    const wrong = instances.find(({ state }) => state !== 'running');
    if (wrong !== undefined) {
      throw ec2Error(
        'IncorrectInstanceState',
        `Instance '${wrong.id}' cannot be rebooted as it is not in the 'running' state.`,
      );
    }
    for (const instance of instances) bootAgain(instance, call.now);
    return {};
  },
};

export const terminateInstances: ChangeOperation<TerminateInstancesRequest, TerminateInstancesResult> = {
  kind: 'change',
  handle(account, { InstanceIds = [] }, call) {
    const state = regionDraft(account, call.request.region);
    const instances = instancesNamed(state, InstanceIds, call.now);
    const kept = instances.find(({ protectedFromTermination }) => protectedFromTermination);
    if (kept !== undefined) {
      throw ec2Error(
        'OperationNotPermitted',
        `The instance '${kept.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    }
    const TerminatingInstances = changes(instances, { Code: 32, Name: 'shutting-down' }, 'terminated');
    for (const instance of instances.filter(({ state: name }) => name !== 'terminated')) {
      instance.state = 'terminated';
      instance.changedAt = call.now;
      delete instance.publicIp;
      delete instance.profile;
      delete instance.userData;
      delete instance.disk;
      delete instance.boot;
    }
    return { TerminatingInstances };
  },
};
