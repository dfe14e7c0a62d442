/** The management account's side of invitations: InviteAccountToOrganization, CancelHandshake, RemoveAccountFromOrganization and the list. */
import type {
  CancelHandshakeRequest,
  CancelHandshakeResponse,
  InviteAccountToOrganizationRequest,
  InviteAccountToOrganizationResponse,
  ListHandshakesForOrganizationRequest,
  ListHandshakesForOrganizationResponse,
  RemoveAccountFromOrganizationRequest,
} from '@aws-sdk/client-organizations';
import type { Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { changing, reading } from './authority.ts';
import { constraintViolation, invalidInput, organizationsError } from './errors.ts';
import { newHandshakeId } from './ids.ts';
import { checkOpen, handshakeShape, invitationOf, isTold, stateOf } from './invitations.ts';
import { organizationsLimits } from './limits.ts';
import { memberOf, membershipOf } from './membership.ts';
import { pageOf } from './pages.ts';
import type { InvitationState, OrganizationState } from './state.ts';
import { dropTags } from './tags.ts';

function handshakeViolation(reason: string, message: string): AwsError {
  const details = { Reason: reason };
  return new AwsError('HandshakeConstraintViolationException', message, { status: 400, details });
}

export const inviteAccountToOrganization = changing(
  'InviteAccountToOrganization',
  'management',
  (organization, input: InviteAccountToOrganizationRequest, at): InviteAccountToOrganizationResponse => {
    const { world, now, random } = at.call;
    const accountId = input.Target?.Type === 'ACCOUNT' ? (input.Target.Id ?? '') : '';
    // Accounts of the sandbox have no addresses to be invited by.
    if (own(world.accounts, accountId) === undefined) {
      throw invalidInput('INVALID_PARTY_TYPE_TARGET', "You specified an account that doesn't exist.");
    }
    if (membershipOf(world, accountId) !== undefined) {
      throw handshakeViolation('ALREADY_IN_AN_ORGANIZATION', 'The account is already a member of an organization.');
    }
    const told = Object.values(organization.invitations ?? {}).filter((one) => isTold(one, now));
    const open = told.filter((one) => stateOf(one, now) === 'OPEN');
    if (open.some((one) => one.accountId === accountId)) throw organizationsError('DuplicateHandshakeException');
    if (Object.keys(organization.accounts).length + open.length >= organizationsLimits.accounts) {
      throw handshakeViolation('ACCOUNT_NUMBER_LIMIT_EXCEEDED', 'You have exceeded the number of accounts allowed.');
    }
    if (told.length >= organizationsLimits.invitations) {
      throw handshakeViolation('HANDSHAKE_RATE_LIMIT_EXCEEDED', 'You have sent too many invitations.');
    }
    const id = newHandshakeId(random);
    const { Notes } = input;
    const invitation = { id, accountId, requestedAt: now, ...(Notes !== undefined && { notes: Notes }) };
    organization.invitations = Object.fromEntries([...told, invitation].map((one) => [one.id, one]));
    return { Handshake: handshakeShape({ from: { ...at, organization }, invitation }, now) };
  },
);

/** Notes what became of an invitation. */
export function answerInvitation(
  organization: Draft<OrganizationState>,
  invitation: InvitationState,
  state: 'CANCELED' | 'ACCEPTED' | 'DECLINED',
  now: number,
): InvitationState {
  const answered = { ...invitation, answer: { state, at: now } };
  organization.invitations = { ...organization.invitations, [invitation.id]: answered };
  return answered;
}

export const cancelHandshake = changing(
  'CancelHandshake',
  'management',
  (organization, input: CancelHandshakeRequest, at): CancelHandshakeResponse => {
    const { world, now } = at.call;
    const { from, invitation } = invitationOf(world, input.HandshakeId, now);
    if (from.managementId !== at.managementId) throw organizationsError('AccessDeniedException');
    checkOpen(invitation, 'CANCELED', now);
    const canceled = answerInvitation(organization, invitation, 'CANCELED', now);
    return { Handshake: handshakeShape({ from: { ...at, organization }, invitation: canceled }, now) };
  },
);

export const listHandshakesForOrganization = reading(
  'ListHandshakesForOrganization',
  'administrators',
  (
    organization,
    { Filter, ...page }: ListHandshakesForOrganizationRequest,
    at,
  ): ListHandshakesForOrganizationResponse => {
    const { now } = at.call;
    const isAsked = Filter?.ActionType === undefined || Filter.ActionType === 'INVITE';
    const told = Object.values(organization.invitations ?? {}).filter((one) => isAsked && isTold(one, now));
    const { items, position } = pageOf(told, page, ({ id }) => id);
    return {
      Handshakes: items.map((invitation) => handshakeShape({ from: { ...at, organization }, invitation }, now)),
      ...position,
    };
  },
);

/** Forgets a member, with what was attached to it. @throws MasterCannotLeaveOrganizationException, ConstraintViolationException */
export function removeMember(organization: Draft<OrganizationState>, accountId: string, managementId: string): void {
  if (accountId === managementId) throw organizationsError('MasterCannotLeaveOrganizationException');
  if (own(organization.delegatedAdministrators, accountId) !== undefined) {
    throw constraintViolation(
      'CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG',
      'You cannot remove an account that is a delegated administrator. Deregister it first.',
    );
  }
  delete organization.accounts[accountId];
  delete organization.attachments[accountId];
  dropTags(organization, accountId);
}

export const removeAccountFromOrganization = changing(
  'RemoveAccountFromOrganization',
  'management',
  (organization, { AccountId }: RemoveAccountFromOrganizationRequest, { managementId }): Record<string, never> => {
    removeMember(organization, memberOf(organization, AccountId).id, managementId);
    return {};
  },
);
