/** AWS Organizations, as far as lessons reach: accounts, units, service and resource control policies, delegation. */
import type { Service } from '../../service.ts';
import { organizationsModel } from '../../wire/models.ts';
import { describeAccount, listAccounts, listAccountsForParent, moveAccount } from './accounts.ts';
import { attachPolicy, detachPolicy, listPoliciesForTarget, listTargetsForPolicy } from './attachments.ts';
import {
  cancelHandshake,
  inviteAccountToOrganization,
  listHandshakesForOrganization,
  removeAccountFromOrganization,
} from './inviting.ts';
import {
  acceptHandshake,
  declineHandshake,
  describeHandshake,
  leaveOrganization,
  listHandshakesForAccount,
} from './joining.ts';
import { createOrganization, deleteOrganization, describeOrganization, listRoots } from './organization.ts';
import { createPolicy, deletePolicy, describePolicy, listPolicies, updatePolicy } from './policies.ts';
import { describeEffectivePolicy, disablePolicyType, enablePolicyType } from './policy-types.ts';
import { deleteResourcePolicy, describeResourcePolicy, putResourcePolicy } from './resource-policy.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { listChildren, listParents } from './tree.ts';
import {
  deregisterDelegatedAdministrator,
  disableAWSServiceAccess,
  enableAWSServiceAccess,
  listAWSServiceAccessForOrganization,
  listDelegatedAdministrators,
  listDelegatedServicesForAccount,
  registerDelegatedAdministrator,
} from './trusted-services.ts';
import {
  createOrganizationalUnit,
  deleteOrganizationalUnit,
  describeOrganizationalUnit,
  listOrganizationalUnitsForParent,
  updateOrganizationalUnit,
} from './units.ts';

export const organizationsService: Service = {
  name: 'organizations',
  model: organizationsModel,
  operations: {
    AcceptHandshake: acceptHandshake,
    AttachPolicy: attachPolicy,
    CancelHandshake: cancelHandshake,
    CreateOrganization: createOrganization,
    CreateOrganizationalUnit: createOrganizationalUnit,
    CreatePolicy: createPolicy,
    DeclineHandshake: declineHandshake,
    DeleteOrganization: deleteOrganization,
    DeleteOrganizationalUnit: deleteOrganizationalUnit,
    DeletePolicy: deletePolicy,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeregisterDelegatedAdministrator: deregisterDelegatedAdministrator,
    DescribeAccount: describeAccount,
    DescribeEffectivePolicy: describeEffectivePolicy,
    DescribeHandshake: describeHandshake,
    DescribeOrganization: describeOrganization,
    DescribeOrganizationalUnit: describeOrganizationalUnit,
    DescribePolicy: describePolicy,
    DescribeResourcePolicy: describeResourcePolicy,
    DetachPolicy: detachPolicy,
    DisableAWSServiceAccess: disableAWSServiceAccess,
    DisablePolicyType: disablePolicyType,
    EnableAWSServiceAccess: enableAWSServiceAccess,
    EnablePolicyType: enablePolicyType,
    InviteAccountToOrganization: inviteAccountToOrganization,
    LeaveOrganization: leaveOrganization,
    ListAWSServiceAccessForOrganization: listAWSServiceAccessForOrganization,
    ListAccounts: listAccounts,
    ListAccountsForParent: listAccountsForParent,
    ListChildren: listChildren,
    ListDelegatedAdministrators: listDelegatedAdministrators,
    ListDelegatedServicesForAccount: listDelegatedServicesForAccount,
    ListHandshakesForAccount: listHandshakesForAccount,
    ListHandshakesForOrganization: listHandshakesForOrganization,
    ListOrganizationalUnitsForParent: listOrganizationalUnitsForParent,
    ListParents: listParents,
    ListPolicies: listPolicies,
    ListPoliciesForTarget: listPoliciesForTarget,
    ListRoots: listRoots,
    ListTagsForResource: listTagsForResource,
    ListTargetsForPolicy: listTargetsForPolicy,
    MoveAccount: moveAccount,
    PutResourcePolicy: putResourcePolicy,
    RegisterDelegatedAdministrator: registerDelegatedAdministrator,
    RemoveAccountFromOrganization: removeAccountFromOrganization,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateOrganizationalUnit: updateOrganizationalUnit,
    UpdatePolicy: updatePolicy,
  },
};
