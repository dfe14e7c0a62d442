/** CreateOrganization, DescribeOrganization, DeleteOrganization, ListRoots. */
import type {
  CreateOrganizationRequest,
  CreateOrganizationResponse,
  DescribeOrganizationResponse,
  ListRootsRequest,
  ListRootsResponse,
} from '@aws-sdk/client-organizations';
import type { ChangeOperation } from '../../service.ts';
import { changing, reading } from './authority.ts';
import { organizationsError } from './errors.ts';
import { newOrganizationId, newRootId } from './ids.ts';
import { membershipOf } from './membership.ts';
import { pageOf } from './pages.ts';
import { ownPermissions } from './permissions.ts';
import { organizationShape, rootShape } from './shapes.ts';
import type { OrganizationState } from './state.ts';

/** The caller's account becomes the management account, and the only one. */
export const createOrganization: ChangeOperation<CreateOrganizationRequest, CreateOrganizationResponse> = {
  kind: 'change',
  permissions: ownPermissions('CreateOrganization'),
  handle(account, { FeatureSet }, call) {
    if (membershipOf(call.world, account.id) !== undefined) throw organizationsError('AlreadyInOrganizationException');
    const rootId = newRootId(call.random);
    const organization: OrganizationState = {
      id: newOrganizationId(call.random),
      rootId,
      ...(FeatureSet === 'CONSOLIDATED_BILLING' && { featureSet: FeatureSet }),
      policyTypes: [],
      units: {},
      accounts: {
        [account.id]: {
          id: account.id,
          name: 'Management',
          email: `${account.id}@example.com`,
          parentId: rootId,
          joinedAt: call.now,
        },
      },
      policies: {},
      attachments: {},
      delegatedAdministrators: {},
    };
    Object.assign(account.organizations, { organization });
    return { Organization: organizationShape({ organization, managementId: account.id }) };
  },
};

export const describeOrganization = reading(
  'DescribeOrganization',
  'everyone',
  (organization, _input, { managementId }): DescribeOrganizationResponse => ({
    Organization: organizationShape({ organization, managementId }),
  }),
);

const emptied = changing('DeleteOrganization', 'management', ({ accounts }): Record<string, never> => {
  if (Object.keys(accounts).length > 1) throw organizationsError('OrganizationNotEmptyException');
  return {};
});

/** The units go with it, and the policies. */
export const deleteOrganization: ChangeOperation<object, Record<string, never>> = {
  ...emptied,
  handle(account, input, call) {
    const output = emptied.handle(account, input, call);
    delete account.organizations.organization;
    return output;
  },
};

export const listRoots = reading(
  'ListRoots',
  'administrators',
  (organization, input: ListRootsRequest, { managementId }): ListRootsResponse => {
    const root = rootShape({ organization, managementId });
    const { items, position } = pageOf([root], input, ({ Id = '' }) => Id);
    return { Roots: items, ...position };
  },
);
