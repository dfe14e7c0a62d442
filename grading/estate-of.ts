/** The sandbox's accounts as the policy engine's searches take them, with the same policies as those by which its calls are decided. */
import { callerPolicies, groupPolicies, policedResources, resourcePolicies } from '../cloud/account-model.ts';
import { roleCaller, userCaller } from '../cloud/credentials.ts';
import type { ManagedPolicyCatalogue } from '../cloud/managed-policies.ts';
import { controlsOf } from '../cloud/services/organizations/controls.ts';
import { readStoredPolicy } from '../cloud/stored-policy.ts';
import type { Account, World } from '../cloud/world.ts';
import type {
  AccountGroup,
  AccountManagedPolicy,
  AccountRole,
  AccountUser,
  Estate,
  Levels,
  ResourcePolicy,
  Account as SearchedAccount,
} from '../iam/account/account.ts';

/** Users, roles, groups and policies of every account of the sandbox, the policies on its resources, and its organization's over them. */
export function estateOf(world: World, managedPolicies: ManagedPolicyCatalogue): Estate {
  const controls = controlsOf(world);
  return {
    accounts: Object.values(world.accounts).map((account) => searchedAccount(world, account, managedPolicies)),
    resourcePolicies: Object.values(world.accounts).flatMap((account) => resourcePoliciesOf(world, account)),
    serviceControl: controls === undefined ? {} : levelsOf(world, controls.serviceControl),
    ...(controls && {
      resourceControl: levelsOf(world, controls.resourceControl),
      organization: controls.organization,
    }),
  };
}

function searchedAccount(world: World, account: Account, catalogue: ManagedPolicyCatalogue): SearchedAccount {
  const { users, roles, groups, policies } = account.iam;
  const attached = [...Object.values(users), ...Object.values(roles), ...Object.values(groups)];
  const ofAws = new Set(
    attached.flatMap(({ attachedPolicies }) => attachedPolicies).filter((arn) => !Object.hasOwn(policies, arn)),
  );
  return {
    accountId: account.id,
    users: Object.keys(users).flatMap((name) => userOf(world, account, name, catalogue)),
    roles: Object.keys(roles).flatMap((name) => roleOf(world, account, name, catalogue)),
    groups: Object.values(groups).map(
      ({ name, path, id }): AccountGroup => ({
        arn: `arn:aws:iam::${account.id}:group${path}${name}`,
        name,
        id,
        path,
        identity: groupPolicies(account, name, catalogue),
      }),
    ),
    managedPolicies: [
      ...Object.values(policies).map(customerManaged),
      ...[...ofAws].flatMap((arn) => awsManaged(arn, catalogue)),
    ],
  };
}

function userOf(
  world: World,
  account: Account,
  name: string,
  catalogue: ManagedPolicyCatalogue,
): readonly AccountUser[] {
  const caller = userCaller(account, name);
  const user = account.iam.users[name];
  if (caller?.kind !== 'user' || user === undefined) return [];
  const { arn, id, tags, accountId } = caller;
  const { identity, boundary } = callerPolicies(world, caller, catalogue);
  const { path, groups } = user;
  return [{ kind: 'user', arn, name, id, accountId, path, tags, groups, identity, ...(boundary && { boundary }) }];
}

function roleOf(
  world: World,
  account: Account,
  name: string,
  catalogue: ManagedPolicyCatalogue,
): readonly AccountRole[] {
  const caller = roleCaller(account, name, 'search', { issuedAt: 0 });
  const role = account.iam.roles[name];
  if (caller?.kind !== 'role-session' || role === undefined) return [];
  const { roleArn: arn, roleId: id, tags, accountId } = caller;
  const { identity, boundary } = callerPolicies(world, caller, catalogue);
  const asked = { action: 'sts:AssumeRole', resource: arn, resourceAccountId: accountId, context: {} };
  const { resource: trust } = resourcePolicies(world, asked);
  if (trust === undefined) throw new Error(`The role ${name} has no trust policy`);
  const instanceProfiles = Object.values(account.iam.instanceProfiles)
    .filter((profile) => profile.role === name)
    .map((profile) => `arn:aws:iam::${account.id}:instance-profile${profile.path}${profile.name}`);
  const { path } = role;
  return [
    {
      kind: 'role',
      arn,
      name,
      id,
      accountId,
      path,
      tags,
      identity,
      trust,
      instanceProfiles,
      ...(boundary && { boundary }),
    },
  ];
}

type CustomerManaged = Account['iam']['policies'][string];

function customerManaged({ arn, name, defaultVersionId, versions }: CustomerManaged): AccountManagedPolicy {
  return {
    arn,
    name,
    isAwsManaged: false,
    isAttachable: true,
    defaultVersionId,
    versions: versions.map(({ id, document }) => ({
      id,
      isDefault: id === defaultVersionId,
      policy: readStoredPolicy(document, 'identity'),
    })),
  };
}

function awsManaged(arn: string, catalogue: ManagedPolicyCatalogue): readonly AccountManagedPolicy[] {
  const found = catalogue.get(arn);
  if (found === undefined) return [];
  const { name, defaultVersionId, document } = found;
  const policy = readStoredPolicy(document, 'identity');
  const versions = [{ id: defaultVersionId, isDefault: true, policy }];
  return [{ arn, name, isAwsManaged: true, isAttachable: true, defaultVersionId, versions }];
}

/** Trust policies are with their roles. */
function resourcePoliciesOf(world: World, account: Account): readonly ResourcePolicy[] {
  return policedResources(account).flatMap(({ arns: [resource], action }) => {
    const asked = { action, resource, resourceAccountId: account.id, context: {} };
    const { resource: attached } = resourcePolicies(world, asked);
    if (attached === undefined || attached.layer === 'trust') return [];
    return [{ resource, accountId: account.id, policy: attached.policy }];
  });
}

/** Accounts over which there are levels of policies, with these. */
function levelsOf(world: World, read: (accountId: string) => Levels | undefined): Readonly<Record<string, Levels>> {
  return Object.fromEntries(
    Object.keys(world.accounts).flatMap((id) => {
      const levels = read(id);
      return levels === undefined ? [] : [[id, levels]];
    }),
  );
}
