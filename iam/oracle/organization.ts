/** Which policies of an organization reach a request (AWS Organizations User Guide, SCPs; RCPs and their syntax). */
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy } from '../model.ts';
import type { Statement } from '../policy.ts';
// A list of names, kept by its date: data of both.
import { RESOURCE_CONTROL_SERVICES } from '../resource-control-services.ts';
import { keyValue } from './keys.ts';

/**
 * The service control policies over the caller, by level: they reach the principals of member accounts, root included, but no
 * service-linked role.
 */
export function serviceControls(
  { caller, organization }: AnyRequest,
  { serviceControl = [] }: ApplicablePolicies,
): readonly (readonly AttachedPolicy[])[] {
  const isOfMember = 'accountId' in caller && caller.accountId !== organization?.managementAccountId;
  return isOfMember && !isServiceLinked(caller) ? serviceControl : [];
}

/** The resource control policies over the resource, whoever asks, with the statements that Organizations saves in one. */
export function resourceControls(
  request: AnyRequest,
  { resourceControl = [] }: ApplicablePolicies,
): readonly AttachedPolicy[] {
  if (!isProtected(request) || isServiceLinked(request.caller)) return [];
  return resourceControl.flat().map((attached) => ({
    ...attached,
    policy: { ...attached.policy, statements: attached.policy.statements.filter(isSaved) },
  }));
}

function isProtected(request: AnyRequest): boolean {
  const [service = '', operation] = request.action.toLowerCase().split(':');
  if (request.resourceAccountId === request.organization?.managementAccountId) return false;
  if (request.resource === '*' || request.resource.includes('role/aws-service-role/')) return false;
  if (service === 'kms' && (operation === 'retiregrant' || isKeyOfAws(request))) return false;
  return RESOURCE_CONTROL_SERVICES.has(service);
}

function isKeyOfAws(request: AnyRequest): boolean {
  const aliases = keyValue(request, 'kms:ResourceAliases') ?? [];
  return [aliases].flat().some((alias) => alias.startsWith('alias/aws/'));
}

/** A customer's statement denies, to everybody, and names its actions. */
function isSaved({ effect, principal, action }: Statement): boolean {
  const forEverybody = principal?.not === false && (principal.everyone || principal.aws.includes('*'));
  return (
    effect === 'Deny' && forEverybody && !action.not && action.values.every((value) => !['*', '*:*'].includes(value))
  );
}

function isServiceLinked(caller: AnyCaller): boolean {
  return caller.kind === 'role-session' && caller.roleArn.includes('role/aws-service-role/');
}
