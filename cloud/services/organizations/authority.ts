/**
 * Who may call what. The management account may call everything; members what the organization leaves to every account, to its delegated
 * administrators, or to those that its resource policy names. AWS Organizations API Reference, "API operations by account"; User
 * Guide, "Delegated administrator for AWS Organizations".
 */
import type { AccountDraft, Call, Draft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, PermissionFacts, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { type Named, organizationArn } from './arns.ts';
import { organizationsError } from './errors.ts';
import { membershipOf } from './membership.ts';
import { ownPermissions } from './permissions.ts';
import type { OrganizationState } from './state.ts';

/**
 * `everyone`: every account of the organization. `administrators`: also a delegated administrator of any service. `delegates`: also whom
 * the organization's resource policy allows it. `management`: nobody else.
 */
export type Authority = 'everyone' | 'administrators' | 'delegates' | 'management';

/** What a handler gets besides organization and input. */
export interface At extends Named {
  readonly call: Call;
}

/** An operation that reads what an organization is. */
export function reading<Input extends object, Output>(
  operation: string,
  authority: Authority,
  handle: (organization: OrganizationState, input: Input, at: At) => Output,
): ReadOperation<Input, Output> {
  return {
    kind: 'read',
    owner: managementOf,
    permissions: ownPermissions(operation),
    handle(account: Account, input, call) {
      const organization = authorized(account, authority, operation, input, call);
      return handle(organization, input, { organization, managementId: account.id, call });
    },
  };
}

/** An operation that changes an organization. */
export function changing<Input extends object, Output>(
  operation: string,
  authority: Authority,
  handle: (organization: Draft<OrganizationState>, input: Input, at: At) => Output,
): ChangeOperation<Input, Output> {
  return {
    kind: 'change',
    owner: managementOf,
    permissions: ownPermissions(operation),
    handle(account: AccountDraft, input, call) {
      // A member that may be absent is no draft by its type.
      const organization = authorized(account, authority, operation, input, call) as Draft<OrganizationState>;
      return handle(organization, input, { organization, managementId: account.id, call });
    },
  };
}

/** Who is in no organization works on its own account, where there is none to be found. */
function managementOf(_input: object, { world, callerAccountId }: PermissionFacts): string {
  return membershipOf(world, callerAccountId)?.managementId ?? callerAccountId;
}

/** The account that a call counts as. */
export function callerAccountOf({ caller, by, world }: Call): string {
  if ('accountId' in caller) return caller.accountId;
  return by?.source?.accountId ?? world.primaryAccountId;
}

/** @throws AWSOrganizationsNotInUseException, AccessDeniedException */
function authorized(
  account: { readonly id: string; readonly organizations: { readonly organization?: OrganizationState } },
  authority: Authority,
  operation: string,
  input: object,
  call: Call,
): OrganizationState {
  const { organization } = account.organizations;
  const callerId = callerAccountOf(call);
  if (organization === undefined || own(organization.accounts, callerId) === undefined) {
    throw organizationsError('AWSOrganizationsNotInUseException');
  }
  const isAllowed =
    callerId === account.id ||
    authority === 'everyone' ||
    (authority === 'administrators' && own(organization.delegatedAdministrators, callerId) !== undefined) ||
    (authority !== 'management' && isDelegated({ organization, managementId: account.id }, operation, input, call));
  if (!isAllowed) throw organizationsError('AccessDeniedException');
  return organization;
}

/** Whether the organization's resource policy lets a member do it. What names no resource is asked of the organization itself. */
function isDelegated(named: Named & { organization: OrganizationState }, operation: string, input: object, call: Call) {
  if (named.organization.resourcePolicy === undefined) return false;
  const { world, caller, now, hashes, request } = call;
  const facts = { world, caller, now, hashes, region: request.region, callerAccountId: callerAccountOf(call) };
  return ownPermissions(operation)(input, facts).every(
    (permission) =>
      call.refusal({
        ...permission,
        resource: permission.resource === '*' ? organizationArn(named) : permission.resource,
        resourceAccountId: named.managementId,
      }) === undefined,
  );
}
