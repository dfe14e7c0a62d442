import type { Permission, PermissionFacts } from '../service.ts';

/**
 * One permission, with what most operations share filled in: the owner is the caller's account, and there are no condition
 * keys but the global ones.
 */
export function permission(
  action: string,
  resource: string,
  facts: Pick<PermissionFacts, 'callerAccountId'>,
  options: { readonly owner?: string; readonly context?: Permission['context'] } = {},
): Permission {
  return {
    action,
    resource,
    resourceAccountId: options.owner ?? facts.callerAccountId,
    context: options.context ?? {},
  };
}

/**
 * AWS's default rule: an operation needs the permission of its own name, under its service's prefix, on the resource that
 * the input names (Service Authorization Reference).
 * @param resourceOf the resource's ARN from the input; `*` for an operation without one
 */
export function ownPermission<Input>(
  service: string,
  operation: string,
  resourceOf: (input: Input, facts: PermissionFacts) => string,
): (input: Input, facts: PermissionFacts) => readonly Permission[] {
  const action = `${service}:${operation}`;
  return (input, facts) => [permission(action, resourceOf(input, facts), facts)];
}
