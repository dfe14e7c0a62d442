/** Pools and identities by their ids. */
import { own } from '../../own.ts';
import type { PermissionFacts } from '../../service.ts';
import { accountOfIdentity } from '../../unsigned.ts';
import type { Account, World } from '../../world.ts';
import { identityNotFound, poolNotFound } from './errors.ts';
import type { IdentityState, PoolState } from './state.ts';

interface Holder<Pool> {
  readonly cognitoidentity: { readonly pools: Readonly<Record<string, Pool>> };
}

/** A pool of the account in the region that the request is for. @throws ResourceNotFoundException */
export function poolOf<Pool extends Pick<PoolState, 'region'>>(account: Holder<Pool>, id = '', region = ''): Pool {
  const pool = own(account.cognitoidentity.pools, id);
  if (pool === undefined || pool.region !== region) throw poolNotFound(id);
  return pool;
}

/** An identity, and the pool that it is in. @throws ResourceNotFoundException */
export function identityOf(
  account: Account,
  id = '',
  region = '',
): { readonly identity: IdentityState; readonly pool: PoolState } {
  const identity = own(account.cognitoidentity.identities, id);
  const pool = identity && own(account.cognitoidentity.pools, identity.poolId);
  if (identity === undefined || pool === undefined || pool.region !== region) throw identityNotFound(id);
  return { identity, pool };
}

/** The account that a pool's or an identity's id leads to, where the sandbox has it; else the caller's, where it is not found. */
export function ownerOf(id: string | undefined, { world, callerAccountId }: PermissionFacts): string {
  const accountId = accountOfIdentity(id);
  return accountId !== undefined && own(world.accounts, accountId) !== undefined ? accountId : callerAccountId;
}

export function poolArn(accountId: string, { id, region }: Pick<PoolState, 'id' | 'region'>): string {
  return `arn:aws:cognito-identity:${region}:${accountId}:identitypool/${id}`;
}

/** The pool of an ARN; undefined for one that is not there. */
export function poolOfArn(world: World, arn: string): PoolState | undefined {
  const [, region, accountId, id] = /^arn:[^:]+:cognito-identity:([^:]+):(\d{12}):identitypool\/(.+)$/.exec(arn) ?? [];
  if (accountId === undefined || id === undefined) return undefined;
  const pool = own(own(world.accounts, accountId)?.cognitoidentity.pools ?? {}, id);
  return pool?.region === region ? pool : undefined;
}

/** The secret of the pool that a token says to be for. */
export function poolSecret(world: World, poolId: unknown): string | undefined {
  const account = own(world.accounts, accountOfIdentity(poolId) ?? '');
  return account && own(account.cognitoidentity.pools, String(poolId))?.tokenSecret;
}
