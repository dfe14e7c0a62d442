import type {
  CreateServiceLinkedRoleRequest,
  CreateServiceLinkedRoleResponse,
  DeleteServiceLinkedRoleRequest,
  DeleteServiceLinkedRoleResponse,
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse,
} from '@aws-sdk/client-iam';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { roleArn } from './arns.ts';
import { invalidInput, noSuchEntity, quotaExceeded } from './errors.ts';
import { type LinkedService, linkedServices } from './linked-services.ts';
import { findByName, roleNamed } from './names.ts';
import { iamPermission, onRole } from './permissions.ts';
import { quotas } from './quotas.ts';
import { shownRole } from './shapes.ts';
import { principalNames } from './trust.ts';
import { makeUniqueId } from './unique-id.ts';

const maxSessionDuration = 3600;

/** @throws InvalidInput for a service without service-linked roles, or one that takes no suffix */
function linkedRole(serviceName: string, suffix: string | undefined): LinkedService & { readonly roleName: string } {
  const service = own(linkedServices, serviceName);
  if (service === undefined) throw invalidInput(`Service-linked roles are not supported for ${serviceName}.`);
  if (suffix !== undefined && !service.takesSuffix) {
    throw invalidInput(`Custom suffix is not allowed for ${serviceName}`);
  }
  return { ...service, roleName: `AWSServiceRoleFor${service.role}${suffix === undefined ? '' : `_${suffix}`}` };
}

const createServiceLinkedRole: ChangeOperation<CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse> = {
  kind: 'change',
  permissions({ AWSServiceName: serviceName = '', CustomSuffix }, facts) {
    const suffix = CustomSuffix === undefined ? '' : `_${CustomSuffix}`;
    const name = `AWSServiceRoleFor${own(linkedServices, serviceName)?.role ?? '*'}${suffix}`;
    const arn = roleArn(facts.callerAccountId, { path: `/aws-service-role/${serviceName}/`, name });
    const context = { 'iam:AWSServiceName': serviceName };
    return [iamPermission('CreateServiceLinkedRole', arn, facts, { context })];
  },
  handle(account, { AWSServiceName: serviceName = '', CustomSuffix, Description }, call) {
    const { roles } = account.iam;
    const { roleName: name, policy, description: usual } = linkedRole(serviceName, CustomSuffix);
    if (findByName(roles, name) !== undefined) {
      throw invalidInput(`Service role name ${name} has been taken in this account, please try a different suffix.`);
    }
    if (Object.keys(roles).length >= quotas.roles) throw quotaExceeded('RolesPerAccount', quotas.roles);
    const description = Description ?? usual;
    const role = {
      name,
      path: `/aws-service-role/${serviceName}/`,
      id: makeUniqueId('AROA', call.random),
      createdAt: call.now,
      ...(description !== undefined && { description }),
      maxSessionDuration,
      trustPolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: serviceName }, Action: 'sts:AssumeRole' }],
      }),
      tags: [],
      inlinePolicies: {},
      attachedPolicies: [`arn:aws:iam::aws:policy/aws-service-role/${policy}`],
    };
    roles[name] = role;
    return { Role: shownRole(account.id, role, principalNames(call.world)) };
  },
};

/** Nothing in this cloud uses a service-linked role, so its deletion, at AWS a task of its own, is done at once. */
const deleteServiceLinkedRole: ChangeOperation<DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse> = {
  kind: 'change',
  permissions: ({ RoleName = '' }, facts) => [onRole('DeleteServiceLinkedRole', RoleName, facts)],
  handle(account, { RoleName = '' }, call) {
    const role = roleNamed(account.iam, RoleName);
    if (!role.path.startsWith('/aws-service-role/')) {
      throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
    }
    delete account.iam.roles[role.name];
    const task = hexOf(call.random.bytes(16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { DeletionTaskId: `task${role.path}${role.name}/${task}` };
  },
};

const taskId = /^task\/aws-service-role\/[^/]+\/([^/]+)\/[0-9a-f-]{36}$/;

const getServiceLinkedRoleDeletionStatus: ReadOperation<
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse
> = {
  kind: 'read',
  permissions: ({ DeletionTaskId = '' }, facts) => [
    onRole('GetServiceLinkedRoleDeletionStatus', taskId.exec(DeletionTaskId)?.[1] ?? '', facts),
  ],
  handle(_account, { DeletionTaskId = '' }) {
    if (!taskId.test(DeletionTaskId)) throw noSuchEntity(`The deletion task ${DeletionTaskId} cannot be found.`);
    return { Status: 'SUCCEEDED' };
  },
};

export const serviceLinkedRoleOperations = {
  CreateServiceLinkedRole: createServiceLinkedRole,
  DeleteServiceLinkedRole: deleteServiceLinkedRole,
  GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
};
