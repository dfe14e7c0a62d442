import { expect, test } from 'vitest';
import { isReadOnly } from '../../service.ts';
import { iamService } from './index.ts';

const offered = `
AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachRolePolicy
AttachUserPolicy ChangePassword CreateAccessKey CreateAccountAlias CreateGroup CreateInstanceProfile
CreateLoginProfile CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion CreateRole CreateSAMLProvider
CreateServiceLinkedRole CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice
DeleteAccessKey DeleteAccountAlias DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteInstanceProfile
DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole
DeleteRolePermissionsBoundary DeleteRolePolicy DeleteSAMLProvider DeleteSSHPublicKey DeleteServiceLinkedRole
DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy
DeleteVirtualMFADevice DetachGroupPolicy DetachRolePolicy DetachUserPolicy
DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions EnableMFADevice
EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions GenerateCredentialReport
GenerateServiceLastAccessedDetails GetAccessKeyLastUsed GetAccountAuthorizationDetails GetAccountPasswordPolicy
GetAccountSummary GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy GetCredentialReport GetGroup
GetGroupPolicy GetInstanceProfile GetLoginProfile GetMFADevice GetOpenIDConnectProvider GetPolicy GetPolicyVersion
GetRole GetRolePolicy GetSAMLProvider GetSSHPublicKey GetServiceLastAccessedDetails
GetServiceLastAccessedDetailsWithEntities GetServiceLinkedRoleDeletionStatus GetUser GetUserPolicy ListAccessKeys
ListAccountAliases ListAttachedGroupPolicies ListAttachedRolePolicies ListAttachedUserPolicies ListEntitiesForPolicy
ListGroupPolicies ListGroups ListGroupsForUser ListInstanceProfileTags ListInstanceProfiles
ListInstanceProfilesForRole ListMFADeviceTags ListMFADevices ListOpenIDConnectProviderTags ListOpenIDConnectProviders
ListOrganizationsFeatures ListPolicies ListPolicyTags ListPolicyVersions ListRolePolicies ListRoleTags ListRoles
ListSAMLProviderTags ListSAMLProviders ListSSHPublicKeys ListServerCertificates ListServiceSpecificCredentials
ListSigningCertificates ListUserPolicies ListUserTags ListUsers ListVirtualMFADevices PutGroupPolicy
PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy
RemoveClientIDFromOpenIDConnectProvider RemoveRoleFromInstanceProfile RemoveUserFromGroup
ResetServiceSpecificCredential ResyncMFADevice SetDefaultPolicyVersion SimulateCustomPolicy SimulatePrincipalPolicy
TagInstanceProfile TagMFADevice TagOpenIDConnectProvider TagPolicy TagRole TagSAMLProvider TagUser
UntagInstanceProfile UntagMFADevice UntagOpenIDConnectProvider UntagPolicy UntagRole UntagSAMLProvider UntagUser
UpdateAccessKey UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup UpdateLoginProfile
UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription UpdateSAMLProvider UpdateSSHPublicKey
UpdateServiceSpecificCredential UpdateSigningCertificate UpdateUser UploadSSHPublicKey UploadSigningCertificate
`;

test('offers these operations and no other', () => {
  expect(Object.keys(iamService.operations).sort()).toEqual(offered.trim().split(/\s+/).sort());
});

test('offers operations of AWS’s own model alone', () => {
  for (const name of Object.keys(iamService.operations)) expect(iamService.model.operations.has(name), name).toBe(true);
});

/** Names that mean a change of state; every other operation reads. */
const changing =
  /^(Add|Attach|Change|Create|Deactivate|Delete|Detach|Disable|Enable|Generate|Put|Remove|Reset|Resync|Set|Tag|Untag|Update|Upload)/;

test.each(Object.entries(iamService.operations))('%s is of its kind', (name, operation) => {
  expect(isReadOnly(operation)).toBe(!changing.test(name));
});
