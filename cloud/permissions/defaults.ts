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
