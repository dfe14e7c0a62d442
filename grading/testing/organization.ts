/** The test sandbox's account as a member of an organization. */
import { newAccount } from '../../cloud/new-world.ts';
import type { OrganizationPolicyType, OrganizationState } from '../../cloud/services/organizations/state.ts';
import type { World } from '../../cloud/world.ts';
import { accountId } from './sandbox.ts';

export const managementId = '999988887777';

const types = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;

/** The same world in which another account manages an organization, with these policies on the root. */
export function inOrganization(world: World, documents: Partial<Record<OrganizationPolicyType, string>>): World {
  const policies = types.flatMap((type, n) => {
    const document = documents[type];
    const id = `p-limit00${n}`;
    return document === undefined ? [] : [{ id, type, name: `Limit${n}`, description: '', document }];
  });
  const member = (id: string) => ({ id, name: id, email: `${id}@example.com`, parentId: 'r-ab12', joinedAt: 0 });
  const organization: OrganizationState = {
    id: 'o-a1b2c3d4e5',
    rootId: 'r-ab12',
    policyTypes: types,
    units: {},
    accounts: { [managementId]: member(managementId), [accountId]: member(accountId) },
    policies: Object.fromEntries(policies.map((policy) => [policy.id, policy])),
    attachments: {
      'r-ab12': ['p-FullAWSAccess', ...policies.map(({ id }) => id)],
      [accountId]: ['p-FullAWSAccess'],
    },
    delegatedAdministrators: {},
  };
  const management = { ...newAccount(managementId), organizations: { organization } };
  return { ...world, accounts: { ...world.accounts, [managementId]: management } };
}
