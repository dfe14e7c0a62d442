/**
 * Invitations: how an account that exists becomes a member. AWS Organizations User Guide, "Managing account invitations"; API Reference,
 * "Handshake".
 */
import type { Handshake, HandshakeState } from '@aws-sdk/client-organizations';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { handshakeArn } from './arns.ts';
import { organizationsError } from './errors.ts';
import type { Membership } from './membership.ts';
import type { InvitationState } from './state.ts';

const day = 24 * 60 * 60 * 1000;
/** How long an invitation is open. */
const openFor = 15 * day;
/** How long it is told that an invitation was answered, or that it expired. */
const toldFor = 30 * day;

export function stateOf({ requestedAt, answer }: InvitationState, now: number): HandshakeState {
  if (answer !== undefined) return answer.state;
  return now < requestedAt + openFor ? 'OPEN' : 'EXPIRED';
}

/** Whether it is still told. */
export function isTold({ requestedAt, answer }: InvitationState, now: number): boolean {
  return now < (answer?.at ?? requestedAt + openFor) + toldFor;
}

/** An invitation of any of the sandbox's organizations. */
export interface Invitation {
  readonly from: Membership;
  readonly invitation: InvitationState;
}

/** All that are told, by organization. */
export function invitationsIn({ accounts }: World, now: number): readonly Invitation[] {
  return Object.values(accounts).flatMap(({ id, organizations: { organization } }) =>
    organization === undefined
      ? []
      : Object.values(organization.invitations ?? {})
          .filter((invitation) => isTold(invitation, now))
          .map((invitation) => ({ from: { organization, managementId: id }, invitation })),
  );
}

/** The invitation with this id. @throws HandshakeNotFoundException where no organization has it, or it is no longer told */
export function invitationOf(world: World, id: string | undefined, now: number): Invitation {
  const found = invitationsIn(world, now).find(({ invitation }) => invitation.id === id);
  if (found === undefined) throw organizationsError('HandshakeNotFoundException');
  return found;
}

/** @throws HandshakeAlreadyInStateException, InvalidHandshakeTransitionException where it is not open */
export function checkOpen(invitation: InvitationState, wanted: HandshakeState, now: number): void {
  const state = stateOf(invitation, now);
  if (state === wanted) throw organizationsError('HandshakeAlreadyInStateException');
  if (state !== 'OPEN') throw organizationsError('InvalidHandshakeTransitionException');
}

export function handshakeShape({ from, invitation }: Invitation, now: number): Handshake {
  const { organization, managementId } = from;
  const { id, accountId, requestedAt, notes } = invitation;
  const manager = own(organization.accounts, managementId);
  return {
    Id: id,
    Arn: handshakeArn(from, id),
    Parties: [
      { Id: organization.id.slice('o-'.length), Type: 'ORGANIZATION' },
      { Id: accountId, Type: 'ACCOUNT' },
    ],
    State: stateOf(invitation, now),
    RequestedTimestamp: new Date(requestedAt),
    ExpirationTimestamp: new Date(requestedAt + openFor),
    Action: 'INVITE',
    Resources: [
      {
        Value: organization.id,
        Type: 'ORGANIZATION',
        Resources: [
          { Type: 'MASTER_EMAIL', Value: manager?.email },
          { Type: 'MASTER_NAME', Value: manager?.name },
          { Type: 'ORGANIZATION_FEATURE_SET', Value: organization.featureSet ?? 'ALL' },
        ],
      },
      { Type: 'ACCOUNT', Value: accountId },
      ...(notes === undefined ? [] : [{ Type: 'NOTES' as const, Value: notes }]),
    ],
  };
}
