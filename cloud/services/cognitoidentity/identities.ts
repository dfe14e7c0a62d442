/** Identities: made and found by GetId, and looked after by the pool's owner. */
import type {
  DeleteIdentitiesInput,
  DeleteIdentitiesResponse,
  DescribeIdentityInput,
  GetIdInput,
  GetIdResponse,
  IdentityDescription,
  ListIdentitiesInput,
  ListIdentitiesResponse,
} from '@aws-sdk/client-cognito-identity';
import type { AccountDraft, Call } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { identityId } from '../../unsigned.ts';
import { limitExceeded, notAuthorized } from './errors.ts';
import { identityOf, ownerOf, poolOf } from './finding.ts';
import { cognitoIdentityLimits } from './limits.ts';
import { provenLogins } from './logins.ts';
import { pageOf } from './pages.ts';
import type { IdentityState, LoginState, PoolState } from './state.ts';

export function guestsRefused() {
  return notAuthorized('Unauthenticated access is not supported for this identity pool.');
}

/** GetId: a guest is someone new each time, who signs in is found again. Whoever knows the pool's id may call it. */
export const getId: ChangeOperation<GetIdInput, GetIdResponse> = {
  kind: 'change',
  owner: ({ IdentityPoolId }, facts) => ownerOf(IdentityPoolId, facts),
  permissions: () => [],
  handle(account, { IdentityPoolId, Logins }, call) {
    const pool: PoolState = poolOf(account, IdentityPoolId, call.request.region);
    const proving = { world: call.world, accountId: account.id, now: call.now, hashes: call.hashes };
    const logins = provenLogins(pool, Logins, proving).map(({ provider, subject }) => ({ provider, subject }));
    if (logins.length === 0 && !pool.allowsGuests) throw guestsRefused();
    const known = Object.values(account.cognitoidentity.identities).find((identity) =>
      isWho(identity, pool.id, logins),
    );
    return { IdentityId: (known ?? addIdentity(account, pool, logins, call)).id };
  },
};

function isWho(identity: IdentityState, poolId: string, logins: readonly LoginState[]): boolean {
  return identity.poolId === poolId && logins.some((login) => hasLogin(identity, login));
}

export function hasLogin({ logins }: IdentityState, login: LoginState): boolean {
  return logins.some(({ provider, subject }) => provider === login.provider && subject === login.subject);
}

function addIdentity(
  account: AccountDraft,
  pool: PoolState,
  logins: readonly LoginState[],
  call: Pick<Call, 'random' | 'now'>,
): IdentityState {
  const { identities } = account.cognitoidentity;
  if (Object.keys(identities).length >= cognitoIdentityLimits.identities) {
    throw limitExceeded(`An account here has at most ${cognitoIdentityLimits.identities} identities.`);
  }
  const id = identityId(pool.region, account.id, call.random.bytes(10));
  const identity: IdentityState = { id, poolId: pool.id, logins, createdAt: call.now, modifiedAt: call.now };
  identities[id] = identity as (typeof identities)[string];
  return identity;
}

function shownIdentity({ id, logins, createdAt, modifiedAt }: IdentityState): IdentityDescription {
  return {
    IdentityId: id,
    ...(logins.length > 0 && { Logins: logins.map(({ provider }) => provider) }),
    CreationDate: new Date(createdAt),
    LastModifiedDate: new Date(modifiedAt),
  };
}

export const describeIdentity: ReadOperation<DescribeIdentityInput, IdentityDescription> = {
  kind: 'read',
  handle: (account, { IdentityId }, call) =>
    shownIdentity(identityOf(account, IdentityId, call.request.region).identity),
};

export const listIdentities: ReadOperation<ListIdentitiesInput, ListIdentitiesResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { id } = poolOf(account, input.IdentityPoolId, call.request.region);
    const inPool = Object.values(account.cognitoidentity.identities).filter(({ poolId }) => poolId === id);
    const { page, NextToken } = pageOf(inPool, input);
    return {
      IdentityPoolId: id,
      Identities: page.map(shownIdentity),
      ...(NextToken !== undefined && { NextToken }),
    };
  },
};

/** What is not there is deleted already. */
export const deleteIdentities: ChangeOperation<DeleteIdentitiesInput, DeleteIdentitiesResponse> = {
  kind: 'change',
  handle(account, { IdentityIdsToDelete = [] }, call) {
    const { identities, pools } = account.cognitoidentity;
    for (const id of IdentityIdsToDelete) {
      const identity = own(identities, id);
      if (identity !== undefined && own(pools, identity.poolId)?.region === call.request.region) delete identities[id];
    }
    return { UnprocessedIdentityIds: [] };
  },
};
