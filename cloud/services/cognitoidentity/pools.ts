/** Making, changing and describing identity pools. */
import type {
  CreateIdentityPoolInput,
  DeleteIdentityPoolInput,
  DescribeIdentityPoolInput,
  IdentityPool,
  ListIdentityPoolsInput,
  ListIdentityPoolsResponse,
} from '@aws-sdk/client-cognito-identity';
import { hexOf } from '../../hex.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { keptByKey, shownByName } from '../../state-key.ts';
import { identityId } from '../../unsigned.ts';
import { conflict, invalidParameter, limitExceeded } from './errors.ts';
import { poolOf } from './finding.ts';
import { cognitoIdentityLimits } from './limits.ts';
import { pageOf } from './pages.ts';
import type { PoolSettings, PoolState } from './state.ts';
import { checkTags } from './tags.ts';

type Settings = Omit<CreateIdentityPoolInput, 'IdentityPoolTags'>;

/** @throws InvalidParameterException */
function readSettings(input: Settings): PoolSettings {
  const { SupportedLoginProviders: logins, CognitoIdentityProviders: userPools } = input;
  const most = cognitoIdentityLimits.userPoolsPerPool;
  if ((userPools ?? []).length > most) throw invalidParameter(`An identity pool has at most ${most} user pools.`);
  for (const { ProviderName, ClientId } of userPools ?? []) {
    if (ProviderName === undefined || ClientId === undefined) {
      throw invalidParameter('Invalid Cognito Identity Provider: ProviderName and ClientId are needed.');
    }
  }
  return {
    name: input.IdentityPoolName ?? '',
    allowsGuests: input.AllowUnauthenticatedIdentities ?? false,
    ...(input.AllowClassicFlow !== undefined && { allowsClassicFlow: input.AllowClassicFlow }),
    ...(logins && Object.keys(logins).length > 0 && { loginProviders: keptByKey(logins) }),
    ...(input.DeveloperProviderName !== undefined && { developerProvider: input.DeveloperProviderName }),
    ...(given(input.OpenIdConnectProviderARNs) && { oidcProviders: given(input.OpenIdConnectProviderARNs) }),
    ...(given(userPools) && {
      userPools: (userPools ?? []).map(({ ProviderName = '', ClientId = '', ServerSideTokenCheck }) => ({
        provider: ProviderName,
        clientId: ClientId,
        ...(ServerSideTokenCheck !== undefined && { checksTokens: ServerSideTokenCheck }),
      })),
    }),
    ...(given(input.SamlProviderARNs) && { samlProviders: given(input.SamlProviderARNs) }),
  };
}

/** A list that is there and holds something. */
function given<Item>(list: readonly Item[] | undefined): Item[] | undefined {
  return list === undefined || list.length === 0 ? undefined : [...list];
}

function shownPool(pool: PoolState): IdentityPool {
  const { loginProviders, developerProvider, oidcProviders, userPools, samlProviders, allowsClassicFlow } = pool;
  return {
    IdentityPoolId: pool.id,
    IdentityPoolName: pool.name,
    AllowUnauthenticatedIdentities: pool.allowsGuests,
    ...(allowsClassicFlow !== undefined && { AllowClassicFlow: allowsClassicFlow }),
    ...(loginProviders && { SupportedLoginProviders: shownByName(loginProviders) }),
    ...(developerProvider !== undefined && { DeveloperProviderName: developerProvider }),
    ...(oidcProviders && { OpenIdConnectProviderARNs: [...oidcProviders] }),
    ...(userPools && {
      CognitoIdentityProviders: userPools.map(({ provider, clientId, checksTokens = false }) => ({
        ProviderName: provider,
        ClientId: clientId,
        ServerSideTokenCheck: checksTokens,
      })),
    }),
    ...(samlProviders && { SamlProviderARNs: [...samlProviders] }),
    IdentityPoolTags: shownByName(pool.tags),
  };
}

export const createIdentityPool: ChangeOperation<CreateIdentityPoolInput, IdentityPool> = {
  kind: 'change',
  handle(account, input, call) {
    const { pools } = account.cognitoidentity;
    const { pools: most } = cognitoIdentityLimits;
    if (Object.keys(pools).length >= most) throw limitExceeded(`Identity pools per account exceeded: ${most}`);
    const { region } = call.request;
    const pool: PoolState = {
      ...readSettings(input),
      id: identityId(region, account.id, call.random.bytes(10)),
      region,
      tags: checkTags({}, input.IdentityPoolTags ?? {}),
      roles: {},
      tokenSecret: hexOf(call.random.bytes(32)),
    };
    pools[pool.id] = pool as (typeof pools)[string];
    return shownPool(pool);
  },
};

/** UpdateIdentityPool says the whole anew: what the request leaves out is gone, but tags and roles stay. */
export const updateIdentityPool: ChangeOperation<IdentityPool, IdentityPool> = {
  kind: 'change',
  handle(account, input, call) {
    const before: PoolState = poolOf(account, input.IdentityPoolId, call.request.region);
    const settings = readSettings(input);
    if (before.developerProvider !== undefined && settings.developerProvider !== before.developerProvider) {
      throw conflict('Developer provider name cannot be changed once it is set.');
    }
    const { id, region, roles, roleMappings, tokenSecret } = before;
    const tags = input.IdentityPoolTags === undefined ? before.tags : checkTags({}, input.IdentityPoolTags);
    const pool: PoolState = {
      ...settings,
      id,
      region,
      roles,
      tags,
      tokenSecret,
      ...(roleMappings && { roleMappings }),
    };
    account.cognitoidentity.pools[id] = pool as (typeof account.cognitoidentity.pools)[string];
    return shownPool(pool);
  },
};

export const describeIdentityPool: ReadOperation<DescribeIdentityPoolInput, IdentityPool> = {
  kind: 'read',
  handle: (account, { IdentityPoolId }, call) => shownPool(poolOf(account, IdentityPoolId, call.request.region)),
};

/** The identities of the pool go with it. */
export const deleteIdentityPool: ChangeOperation<DeleteIdentityPoolInput, object> = {
  kind: 'change',
  handle(account, { IdentityPoolId }, call) {
    const { id } = poolOf(account, IdentityPoolId, call.request.region);
    const { pools, identities } = account.cognitoidentity;
    delete pools[id];
    for (const identity of Object.values(identities)) if (identity.poolId === id) delete identities[identity.id];
    return {};
  },
};

export const listIdentityPools: ReadOperation<ListIdentityPoolsInput, ListIdentityPoolsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const here = Object.values(account.cognitoidentity.pools).filter(({ region }) => region === call.request.region);
    const { page, NextToken } = pageOf(here, input);
    return {
      IdentityPools: page.map(({ id, name }) => ({ IdentityPoolId: id, IdentityPoolName: name })),
      ...(NextToken !== undefined && { NextToken }),
    };
  },
};
