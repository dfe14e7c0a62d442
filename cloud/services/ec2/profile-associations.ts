/** Instance profiles on instances: which instance runs with which role. */
import type {
  AssociateIamInstanceProfileRequest,
  AssociateIamInstanceProfileResult,
  DescribeIamInstanceProfileAssociationsRequest,
  DescribeIamInstanceProfileAssociationsResult,
  DisassociateIamInstanceProfileRequest,
  DisassociateIamInstanceProfileResult,
  IamInstanceProfileAssociation,
  ReplaceIamInstanceProfileAssociationRequest,
  ReplaceIamInstanceProfileAssociationResult,
} from '@aws-sdk/client-ec2';
import type { Draft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, PermissionFacts, ReadOperation } from '../../service.ts';
import { ec2Error, missingParameter } from './errors.ts';
import { filtered } from './filters.ts';
import { ec2Arn, makeId } from './ids.ts';
import { shownTime } from './instance-shape.ts';
import { instancesNamed } from './instance-states.ts';
import { pageOf } from './pages.ts';
import { passProfile, requireProfile } from './profile-names.ts';
import { regionDraft, regionOf } from './regions.ts';
import type { InstanceState, ProfileAssociationState, RegionState } from './state.ts';

function shownAssociation(
  instanceId: string,
  profile: ProfileAssociationState,
  State: 'associating' | 'associated' | 'disassociating',
): IamInstanceProfileAssociation {
  return {
    AssociationId: profile.associationId,
    InstanceId: instanceId,
    IamInstanceProfile: { Arn: profile.arn, Id: profile.id },
    State,
    ...(State === 'associated' && { Timestamp: shownTime(profile.associatedAt) }),
  };
}

/** @throws AwsError `InvalidAssociationID.NotFound` */
function associated<Instance extends InstanceState>(
  state: { readonly instances: Readonly<Record<string, Instance>> },
  associationId: string,
): Instance & { readonly profile: ProfileAssociationState } {
  const found = Object.values(state.instances).find(({ profile }) => profile?.associationId === associationId);
  if (found?.profile === undefined) {
    throw ec2Error('InvalidAssociationID.NotFound', `An invalid association-id of '${associationId}' was given`);
  }
  return found as Instance & { readonly profile: ProfileAssociationState };
}

export const associateIamInstanceProfile: ChangeOperation<
  AssociateIamInstanceProfileRequest,
  AssociateIamInstanceProfileResult
> = {
  kind: 'change',
  alsoNeeds: ({ IamInstanceProfile, InstanceId = '' }, facts) =>
    passProfile(IamInstanceProfile, facts, ec2Arn(facts.region, facts.callerAccountId, 'instance', InstanceId)),
  handle(account, { IamInstanceProfile, InstanceId = '' }, call) {
    const state = regionDraft(account, call.request.region);
    const [instance] = instancesNamed(state, [InstanceId], call.now) as readonly Draft<InstanceState>[];
    if (instance === undefined) throw missingParameter('InstanceId');
    const profile = requireProfile(account, IamInstanceProfile);
    if (instance.state === 'terminated') {
      throw ec2Error(
        'IncorrectInstanceState',
        `The instance '${InstanceId}' is not in the 'running' or 'stopped' states.`,
      );
    }
    if (instance.profile !== undefined) {
      throw ec2Error('IncorrectState', `There is an existing association for instance ${InstanceId}`);
    }
    instance.profile = {
      associationId: makeId('iip-assoc', call.random),
      arn: profile.arn,
      id: profile.id,
      associatedAt: call.now,
    };
    return { IamInstanceProfileAssociation: shownAssociation(InstanceId, instance.profile, 'associating') };
  },
};

export const describeIamInstanceProfileAssociations: ReadOperation<
  DescribeIamInstanceProfileAssociationsRequest,
  DescribeIamInstanceProfileAssociationsResult
> = {
  kind: 'read',
  handle(account, input, call) {
    const state = regionOf(account, call.request.region);
    const { AssociationIds = [] } = input;
    for (const id of AssociationIds) associated(state, id);
    const all = Object.values(state.instances).flatMap(({ id, profile }) => (profile ? [{ id, profile }] : []));
    const found = filtered(
      all.filter(({ profile }) => AssociationIds.length === 0 || AssociationIds.includes(profile.associationId)),
      input.Filters,
      { 'instance-id': ({ id }) => id, state: () => 'associated' },
    );
    const { items, NextToken } = pageOf(found, input, ({ profile }) => profile.associationId);
    return {
      IamInstanceProfileAssociations: items.map(({ id, profile }) => shownAssociation(id, profile, 'associated')),
      NextToken,
    };
  },
};

export const disassociateIamInstanceProfile: ChangeOperation<
  DisassociateIamInstanceProfileRequest,
  DisassociateIamInstanceProfileResult
> = {
  kind: 'change',
  handle(account, { AssociationId = '' }, call) {
    const state = regionDraft(account, call.request.region);
    const { id, profile } = associated(state, AssociationId);
    const shown = shownAssociation(id, profile, 'disassociating');
    const instance = own(state.instances, id);
    delete instance?.profile;
    return { IamInstanceProfileAssociation: shown };
  },
};

function instanceArnOf(associationId: string, facts: PermissionFacts): string {
  const account = own(facts.world.accounts, facts.callerAccountId);
  const state: RegionState | undefined = account && regionOf(account, facts.region);
  const instance = Object.values(state?.instances ?? {}).find(
    ({ profile }) => profile?.associationId === associationId,
  );
  return ec2Arn(facts.region, facts.callerAccountId, 'instance', instance?.id ?? '*');
}

export const replaceIamInstanceProfileAssociation: ChangeOperation<
  ReplaceIamInstanceProfileAssociationRequest,
  ReplaceIamInstanceProfileAssociationResult
> = {
  kind: 'change',
  alsoNeeds: ({ IamInstanceProfile, AssociationId = '' }, facts) =>
    passProfile(IamInstanceProfile, facts, instanceArnOf(AssociationId, facts)),
  handle(account, { IamInstanceProfile, AssociationId = '' }, call) {
    const state = regionDraft(account, call.request.region);
    const { id } = associated(state, AssociationId);
    const profile = requireProfile(account, IamInstanceProfile);
    const instance = own(state.instances, id);
    const association = {
      associationId: makeId('iip-assoc', call.random),
      arn: profile.arn,
      id: profile.id,
      associatedAt: call.now,
    };
    if (instance !== undefined) instance.profile = association;
    return { IamInstanceProfileAssociation: shownAssociation(id, association, 'associating') };
  },
};
