/**
 * Which policies of an organization reach a request.
 * Follows the AWS Organizations User Guide, "Service control policies (SCPs)" and "Resource control policies (RCPs)".
 */
import type { AnyCaller, AnyRequest, Organization } from './model.ts';
import type { Statement } from './policy.ts';
import type { RequestContext } from './request-context.ts';
import { RESOURCE_CONTROL_SERVICES } from './resource-control-services.ts';
import { serviceOf } from './service-of.ts';
import type { Subject } from './statement.ts';

/** Whether an account is in the organization. */
export function isMember(organization: Organization, accountId: string, { caller }: AnyRequest): boolean {
  if (accountId === organization.managementAccountId) return true;
  if (organization.paths !== undefined) return Object.hasOwn(organization.paths, accountId);
  return 'accountId' in caller && caller.accountId === accountId;
}

/** Where an account is in its organization. */
export function pathOf({ paths }: Organization, accountId: string): string | undefined {
  return paths !== undefined && Object.hasOwn(paths, accountId) ? paths[accountId] : undefined;
}

/** Whether service control policies limit the caller. */
export function isUnderServiceControl(request: AnyRequest): boolean {
  return whyNotUnderServiceControl(request) === undefined;
}

/**
 * Why service control policies do not limit the caller; undefined where they do: users, roles and the root user of member accounts.
 * Not the management account, not service-linked roles, not services, and nobody who is no principal of an account.
 */
export function whyNotUnderServiceControl({ caller, organization }: AnyRequest): string | undefined {
  if (!('accountId' in caller)) return 'they limit the principals of accounts only';
  if (isServiceLinked(caller)) return 'they do not limit service-linked roles';
  return caller.accountId === organization?.managementAccountId
    ? 'they do not reach the management account'
    : undefined;
}

/** Whether resource control policies protect the resource. */
export function isUnderResourceControl(subject: Subject): boolean {
  return whyNotUnderResourceControl(subject) === undefined;
}

/**
 * Why resource control policies do not protect the resource; undefined where they do, whoever asks: of a member account, of a service
 * that supports them, and named by the action. The keys of KMS that AWS manages are told by their aliases, `alias/aws/…`.
 */
export function whyNotUnderResourceControl({ request, action, context }: Subject): string | undefined {
  const { caller, resource, resourceAccountId, organization } = request;
  if (resource === '*') return 'the action has no resource of its own';
  if (resourceAccountId === organization?.managementAccountId) return 'they do not reach the management account';
  if (isServiceLinked(caller) || resource.includes(SERVICE_LINKED_ROLE)) return 'they spare service-linked roles';
  if (action === 'kms:retiregrant') return 'they do not limit kms:RetireGrant';
  if (action.startsWith('kms:') && isAwsManagedKey(context)) return 'they do not protect AWS managed keys';
  return RESOURCE_CONTROL_SERVICES.has(serviceOf(action)) ? undefined : 'the service does not support them';
}

function isAwsManagedKey(context: RequestContext): boolean {
  const aliases = context.get('kms:resourcealiases') ?? [];
  return [aliases].flat().some((alias) => alias.startsWith('alias/aws/'));
}

/**
 * Whether a statement is one that Organizations saves in a resource control policy: a Deny for everybody, with Action, whose values name
 * their service: neither `*` nor `*:*`. Others match nothing.
 */
export function isResourceControl({ effect, principal, action }: Statement): boolean {
  if (effect !== 'Deny' || principal === undefined || principal.not) return false;
  return (principal.everyone || principal.aws.includes('*')) && !action.not && !action.values.some(isOfEveryService);
}

function isOfEveryService(action: string): boolean {
  return /^\*+(:|$)/.test(action);
}

const SERVICE_LINKED_ROLE = ':role/aws-service-role/';

/** Whether a caller is a session of a service-linked role. */
export function isServiceLinked(caller: AnyCaller): boolean {
  return caller.kind === 'role-session' && caller.roleArn.includes(SERVICE_LINKED_ROLE);
}

/** Whether the caller's account may call AssumeRoot: the management account, and the delegated administrators for IAM. */
export function mayAssumeRoot({ caller, organization }: AnyRequest): boolean {
  if (organization === undefined || !('accountId' in caller)) return false;
  const { managementAccountId, delegatedAdministrators = [] } = organization;
  return caller.accountId === managementAccountId || delegatedAdministrators.includes(caller.accountId);
}
