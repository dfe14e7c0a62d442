import type {
  CreateAccountAliasRequest,
  DeleteAccountAliasRequest,
  GetAccountPasswordPolicyResponse,
  GetAccountSummaryResponse,
  ListAccountAliasesResponse,
  UpdateAccountPasswordPolicyRequest,
} from '@aws-sdk/client-iam';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account, World } from '../../world.ts';
import { alreadyExists, noSuchEntity } from './errors.ts';
import { iamOf, onAll } from './permissions.ts';
import { quotas } from './quotas.ts';

const createAccountAlias: ChangeOperation<CreateAccountAliasRequest, object> = {
  kind: 'change',
  permissions: (_request, facts) => [onAll('CreateAccountAlias', facts)],
  handle(account, { AccountAlias: alias = '' }, call) {
    if (holderOfAlias(call.world, alias) !== undefined) {
      throw alreadyExists(`The account alias ${alias} already exists.`);
    }
    // An account has one alias: a new one takes the place of the old.
    account.iam.alias = alias;
    return {};
  },
};

/** Aliases are one namespace over all accounts. */
function holderOfAlias(world: World, alias: string): Account | undefined {
  return Object.values(world.accounts).find(({ iam }) => iam.alias === alias);
}

const listAccountAliases: ReadOperation<object, ListAccountAliasesResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onAll('ListAccountAliases', facts)],
  handle: ({ iam }) => ({ AccountAliases: iam.alias === undefined ? [] : [iam.alias], IsTruncated: false }),
};

const deleteAccountAlias: ChangeOperation<DeleteAccountAliasRequest, object> = {
  kind: 'change',
  permissions: (_request, facts) => [onAll('DeleteAccountAlias', facts)],
  handle(account, { AccountAlias: alias = '' }) {
    if (account.iam.alias !== alias) throw noSuchEntity(`The account alias ${alias} cannot be found.`);
    delete account.iam.alias;
    return {};
  },
};

/** A policy that is updated starts from AWS's defaults again: "If you do not specify a value, the default applies". */
const updateAccountPasswordPolicy: ChangeOperation<UpdateAccountPasswordPolicyRequest, object> = {
  kind: 'change',
  permissions: (_request, facts) => [onAll('UpdateAccountPasswordPolicy', facts)],
  handle(account, request) {
    const { MaxPasswordAge, PasswordReusePrevention, HardExpiry } = request;
    account.iam.passwordPolicy = {
      minimumPasswordLength: request.MinimumPasswordLength ?? 6,
      requireSymbols: request.RequireSymbols ?? false,
      requireNumbers: request.RequireNumbers ?? false,
      requireUppercaseCharacters: request.RequireUppercaseCharacters ?? false,
      requireLowercaseCharacters: request.RequireLowercaseCharacters ?? false,
      allowUsersToChangePassword: request.AllowUsersToChangePassword ?? false,
      ...(MaxPasswordAge !== undefined && { maxPasswordAge: MaxPasswordAge }),
      ...(PasswordReusePrevention !== undefined && { passwordReusePrevention: PasswordReusePrevention }),
      ...(HardExpiry !== undefined && { hardExpiry: HardExpiry }),
    };
    return {};
  },
};

const getAccountPasswordPolicy: ReadOperation<object, GetAccountPasswordPolicyResponse> = {
  kind: 'read',
  // A policy that lets users change their password lets them read it (IAM User Guide, "Permit IAM users to change their own
  // passwords").
  permissions: (_request, facts) =>
    facts.caller.kind === 'user' && iamOf(facts).passwordPolicy?.allowUsersToChangePassword
      ? []
      : [onAll('GetAccountPasswordPolicy', facts)],
  handle({ id, iam: { passwordPolicy: policy } }) {
    if (policy === undefined) throw noSuchEntity(`The Password Policy with domain name ${id} cannot be found.`);
    return {
      PasswordPolicy: {
        MinimumPasswordLength: policy.minimumPasswordLength,
        RequireSymbols: policy.requireSymbols,
        RequireNumbers: policy.requireNumbers,
        RequireUppercaseCharacters: policy.requireUppercaseCharacters,
        RequireLowercaseCharacters: policy.requireLowercaseCharacters,
        AllowUsersToChangePassword: policy.allowUsersToChangePassword,
        ExpirePasswords: policy.maxPasswordAge !== undefined,
        ...(policy.maxPasswordAge !== undefined && { MaxPasswordAge: policy.maxPasswordAge }),
        ...(policy.passwordReusePrevention !== undefined && {
          PasswordReusePrevention: policy.passwordReusePrevention,
        }),
        ...(policy.hardExpiry !== undefined && { HardExpiry: policy.hardExpiry }),
      },
    };
  },
};

const deleteAccountPasswordPolicy: ChangeOperation<object, object> = {
  kind: 'change',
  permissions: (_request, facts) => [onAll('DeleteAccountPasswordPolicy', facts)],
  handle(account) {
    if (account.iam.passwordPolicy === undefined) {
      throw noSuchEntity('The account policy with name PasswordPolicy cannot be found.');
    }
    delete account.iam.passwordPolicy;
    return {};
  },
};

const getAccountSummary: ReadOperation<object, GetAccountSummaryResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onAll('GetAccountSummary', facts)],
  handle: ({ iam }) => {
    const devices = Object.values(iam.virtualMfaDevices);
    const policies = Object.values(iam.policies);
    const rootKeys = Object.values(iam.accessKeys).filter(({ user }) => user === undefined);
    const summary = {
      AccessKeysPerUserQuota: quotas.accessKeysPerUser,
      AccountAccessKeysPresent: rootKeys.length > 0 ? 1 : 0,
      AccountMFAEnabled: devices.some(({ user }) => user === 'root') ? 1 : 0,
      AccountPasswordPresent: iam.rootLogin?.kind === 'none' ? 0 : 1,
      AccountSigningCertificatesPresent: 0,
      AssumeRolePolicySizeQuota: quotas.assumeRolePolicySize,
      AttachedPoliciesPerGroupQuota: quotas.attachedPoliciesPerGroup,
      AttachedPoliciesPerRoleQuota: quotas.attachedPoliciesPerRole,
      AttachedPoliciesPerUserQuota: quotas.attachedPoliciesPerUser,
      GlobalEndpointTokenVersion: 1,
      GroupPolicySizeQuota: quotas.groupPolicySize,
      Groups: Object.keys(iam.groups).length,
      GroupsPerUserQuota: quotas.groupsPerUser,
      GroupsQuota: quotas.groups,
      InstanceProfiles: Object.keys(iam.instanceProfiles).length,
      InstanceProfilesQuota: quotas.instanceProfiles,
      MFADevices: devices.length,
      MFADevicesInUse: devices.filter(({ user }) => user !== undefined).length,
      Policies: policies.length,
      PoliciesQuota: quotas.policies,
      PolicySizeQuota: quotas.policySize,
      PolicyVersionsInUse: policies.reduce((sum, { versions }) => sum + versions.length, 0),
      PolicyVersionsInUseQuota: quotas.policyVersionsInUse,
      Providers: Object.keys(iam.oidcProviders).length + Object.keys(iam.samlProviders).length,
      RolePolicySizeQuota: quotas.rolePolicySize,
      Roles: Object.keys(iam.roles).length,
      RolesQuota: quotas.roles,
      ServerCertificates: 0,
      ServerCertificatesQuota: quotas.serverCertificates,
      SigningCertificatesPerUserQuota: quotas.signingCertificatesPerUser,
      UserPolicySizeQuota: quotas.userPolicySize,
      Users: Object.keys(iam.users).length,
      UsersQuota: quotas.users,
      VersionsPerPolicyQuota: quotas.versionsPerPolicy,
    };
    return { SummaryMap: summary };
  },
};

export const accountOperations = {
  CreateAccountAlias: createAccountAlias,
  ListAccountAliases: listAccountAliases,
  DeleteAccountAlias: deleteAccountAlias,
  UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
  GetAccountSummary: getAccountSummary,
};
