/**
 * How an organization manages the root users of its members. IAM User Guide, "Centrally manage root access for member accounts"; IAM API
 * Reference, EnableOrganizationsRootSessions and its kin.
 */
import type { ListOrganizationsFeaturesResponse } from '@aws-sdk/client-iam';
import type { AccountDraft, Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { World } from '../../world.ts';
import { controlsOf } from '../organizations/controls.ts';
import { onAll } from './permissions.ts';
import type { OrganizationsFeature } from './state.ts';

interface Features {
  readonly OrganizationId: string;
  readonly EnabledFeatures: OrganizationsFeature[];
}

/**
 * The id of the organization that an account manages.
 * @throws OrganizationNotFoundException, CallerIsNotManagementAccountException, OrganizationNotInAllFeaturesModeException,
 *   ServiceAccessNotEnabledException
 */
function requireManagement(accountId: string, world: World): string {
  const organization = controlsOf(world)?.organization;
  const isMember = organization?.paths !== undefined && Object.hasOwn(organization.paths, accountId);
  if (organization === undefined || !(isMember || organization.managementAccountId === accountId)) {
    throw new AwsError('OrganizationNotFoundException', 'No organization is associated with your account.');
  }
  const state = own(world.accounts, accountId)?.organizations.organization;
  if (state === undefined) {
    throw new AwsError(
      'CallerIsNotManagementAccountException',
      'The account making the request is not the management account for the organization.',
    );
  }
  if (state.featureSet === 'CONSOLIDATED_BILLING') {
    throw new AwsError(
      'OrganizationNotInAllFeaturesModeException',
      'Your organization does not have all features enabled.',
    );
  }
  if (own(state.trustedServices ?? {}, 'iam.amazonaws.com') === undefined) {
    throw new AwsError(
      'ServiceAccessNotEnabledException',
      'Trusted access is not enabled for IAM in AWS Organizations.',
    );
  }
  return organization.id;
}

function setting(
  action: string,
  change: (features: readonly OrganizationsFeature[]) => readonly OrganizationsFeature[],
): ChangeOperation<object, Features> {
  return {
    kind: 'change',
    permissions: (_request, facts) => [onAll(action, facts)],
    handle(account: AccountDraft, _request, call: Call) {
      const OrganizationId = requireManagement(account.id, call.world);
      const features = [...change(account.iam.organizationsFeatures ?? [])].sort();
      account.iam.organizationsFeatures = features;
      return { OrganizationId, EnabledFeatures: features };
    },
  };
}

const enable = (action: string, feature: OrganizationsFeature) =>
  setting(action, (features) => [...new Set([...features, feature])]);
const disable = (action: string, feature: OrganizationsFeature) =>
  setting(action, (features) => features.filter((known) => known !== feature));

const listOrganizationsFeatures: ReadOperation<object, ListOrganizationsFeaturesResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onAll('ListOrganizationsFeatures', facts)],
  handle: (account, _request, call) => ({
    OrganizationId: requireManagement(account.id, call.world),
    EnabledFeatures: [...(account.iam.organizationsFeatures ?? [])],
  }),
};

export const organizationsFeatureOperations = {
  EnableOrganizationsRootCredentialsManagement: enable(
    'EnableOrganizationsRootCredentialsManagement',
    'RootCredentialsManagement',
  ),
  DisableOrganizationsRootCredentialsManagement: disable(
    'DisableOrganizationsRootCredentialsManagement',
    'RootCredentialsManagement',
  ),
  EnableOrganizationsRootSessions: enable('EnableOrganizationsRootSessions', 'RootSessions'),
  DisableOrganizationsRootSessions: disable('DisableOrganizationsRootSessions', 'RootSessions'),
  ListOrganizationsFeatures: listOrganizationsFeatures,
};
