/** An account's own side of invitations: AcceptHandshake, DeclineHandshake, DescribeHandshake, ListHandshakesForAccount, LeaveOrganization. */
import type {
  AcceptHandshakeRequest,
  AcceptHandshakeResponse,
  DescribeHandshakeRequest,
  DescribeHandshakeResponse,
  ListHandshakesForAccountRequest,
  ListHandshakesForAccountResponse,
} from '@aws-sdk/client-organizations';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, PermissionFacts, ReadOperation } from '../../service.ts';
import { callerAccountOf, changing } from './authority.ts';
import { fullAwsAccess } from './aws-policies.ts';
import { organizationsError } from './errors.ts';
import { checkOpen, handshakeShape, type Invitation, invitationOf, invitationsIn } from './invitations.ts';
import { answerInvitation, removeMember } from './inviting.ts';
import { membershipOf } from './membership.ts';
import { pageOf } from './pages.ts';
import { ownPermissions } from './permissions.ts';

/** An answer changes the organization that invited. */
function inviterOf({ HandshakeId }: AcceptHandshakeRequest, { world, now }: PermissionFacts): string {
  return invitationOf(world, HandshakeId, now).from.managementId;
}

/** An answer to an invitation by the account that it went to. */
function answering(
  operation: 'AcceptHandshake' | 'DeclineHandshake',
  state: 'ACCEPTED' | 'DECLINED',
): ChangeOperation<AcceptHandshakeRequest, AcceptHandshakeResponse> {
  return {
    kind: 'change',
    owner: inviterOf,
    permissions: ownPermissions(operation),
    handle(account, { HandshakeId }, call) {
      const { world, now } = call;
      const callerId = callerAccountOf(call);
      const { invitation } = invitationOf(world, HandshakeId, now);
      const { organization } = account.organizations;
      if (invitation.accountId !== callerId) throw organizationsError('AccessDeniedException');
      if (organization === undefined) throw organizationsError('HandshakeNotFoundException');
      checkOpen(invitation, state, now);
      if (state === 'ACCEPTED') {
        if (membershipOf(world, callerId) !== undefined) throw alreadyMember();
        const place = { parentId: organization.rootId, joinedAt: now, isInvited: true as const };
        const member = { id: callerId, name: `Account ${callerId}`, email: `${callerId}@example.com`, ...place };
        Object.assign(organization.accounts, { [callerId]: member });
        if (organization.policyTypes.includes('SERVICE_CONTROL_POLICY')) {
          Object.assign(organization.attachments, { [callerId]: [fullAwsAccess.id] });
        }
      }
      const answered = answerInvitation(organization as Parameters<typeof answerInvitation>[0], invitation, state, now);
      const from = { organization, managementId: account.id };
      return { Handshake: handshakeShape({ from, invitation: answered }, now) };
    },
  };
}

function alreadyMember(): AwsError {
  return new AwsError('HandshakeConstraintViolationException', 'The account is already a member of an organization.', {
    status: 400,
    details: { Reason: 'ALREADY_IN_AN_ORGANIZATION' },
  });
}

/** From the next decision on the organization's policies are over the account. */
export const acceptHandshake = answering('AcceptHandshake', 'ACCEPTED');

export const declineHandshake = answering('DeclineHandshake', 'DECLINED');

/** Whoever sent it or got it may look. */
function concerns({ from, invitation }: Invitation, accountId: string): boolean {
  return invitation.accountId === accountId || from.managementId === accountId;
}

export const describeHandshake: ReadOperation<DescribeHandshakeRequest, DescribeHandshakeResponse> = {
  kind: 'read',
  permissions: ownPermissions('DescribeHandshake'),
  handle(_account, { HandshakeId }, call) {
    const found = invitationOf(call.world, HandshakeId, call.now);
    if (!concerns(found, callerAccountOf(call))) throw organizationsError('AccessDeniedException');
    return { Handshake: handshakeShape(found, call.now) };
  },
};

export const listHandshakesForAccount: ReadOperation<
  ListHandshakesForAccountRequest,
  ListHandshakesForAccountResponse
> = {
  kind: 'read',
  permissions: ownPermissions('ListHandshakesForAccount'),
  handle(_account, { Filter, ...page }, call) {
    const { world, now } = call;
    const callerId = callerAccountOf(call);
    const isAsked = Filter?.ActionType === undefined || Filter.ActionType === 'INVITE';
    const own = invitationsIn(world, now).filter(({ invitation }) => isAsked && invitation.accountId === callerId);
    const { items, position } = pageOf(own, page, ({ invitation }) => invitation.id);
    return { Handshakes: items.map((invitation) => handshakeShape(invitation, now)), ...position };
  },
};

export const leaveOrganization = changing(
  'LeaveOrganization',
  'everyone',
  (organization, _input, { managementId, call }): Record<string, never> => {
    removeMember(organization, callerAccountOf(call), managementId);
    return {};
  },
);
