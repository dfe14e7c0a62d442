/** Which role an identity gets in the enhanced flow. Amazon Cognito Developer Guide, "Using role-based access control". */
import { own } from '../../own.ts';
import { stateKey } from '../../state-key.ts';
import type { Claims } from '../../tokens/token.ts';
import { badRoles, invalidParameter, notAuthorized } from './errors.ts';
import type { ProvenLogin } from './logins.ts';
import type { MappingRule, PoolState, RoleMappingState } from './state.ts';

/**
 * @param customRoleArn the one that the user asks for, of several that a token names
 * @throws InvalidIdentityPoolConfigurationException, InvalidParameterException, NotAuthorizedException
 */
export function roleFor(pool: PoolState, login: ProvenLogin | undefined, customRoleArn: string | undefined): string {
  const mapping = login && mappingOf(pool, login);
  const chosen = login && mapping && mappedRole(mapping, login.claims, customRoleArn);
  if (chosen !== undefined) return chosen;
  if (customRoleArn !== undefined) throw invalidParameter('Please provide a valid custom role ARN.');
  if (mapping?.ambiguous === 'Deny') throw notAuthorized('No role can be determined for this identity.');
  const role = login === undefined ? pool.roles.unauthenticated : pool.roles.authenticated;
  if (role === undefined) throw badRoles();
  return role;
}

/** A mapping is by provider, of a user pool with the application behind it. */
function mappingOf({ roleMappings = {}, oidcProviders = [] }: PoolState, login: ProvenLogin) {
  const { provider, audience } = login;
  const arn = oidcProviders.find((name) => name.endsWith(`:oidc-provider/${provider}`));
  const names = [`${provider}:${audience}`, provider, ...(arn === undefined ? [] : [arn])];
  return names.flatMap((name) => own(roleMappings, stateKey(name)) ?? [])[0];
}

function mappedRole(
  { type, rules = [] }: RoleMappingState,
  claims: Claims,
  customRoleArn: string | undefined,
): string | undefined {
  if (type === 'Rules') return rules.find((rule) => isMet(rule, claims))?.roleArn;
  const { 'cognito:roles': listed, 'cognito:preferred_role': preferred } = claims;
  const roles = Array.isArray(listed) ? listed.map(String) : [];
  if (customRoleArn !== undefined) return roles.find((role) => role === customRoleArn);
  if (typeof preferred === 'string') return preferred;
  return roles.length === 1 ? roles[0] : undefined;
}

function isMet({ claim, match, value }: MappingRule, claims: Claims): boolean {
  const held = own(claims, claim);
  if (held === undefined) return false;
  const texts = [held].flat().map(String);
  switch (match) {
    case 'Equals':
      return texts.includes(value);
    case 'NotEqual':
      return !texts.includes(value);
    case 'StartsWith':
      return texts.some((text) => text.startsWith(value));
    case 'Contains':
      return texts.some((text) => text.includes(value));
  }
}
