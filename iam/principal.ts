/**
 * Who a Principal or NotPrincipal element speaks of.
 * Follows the IAM User Guide, "AWS JSON policy elements: Principal" and "… NotPrincipal".
 */
import { isAccountId, parseArn } from './arn.ts';
import type { AnyCaller } from './model.ts';
import type { PrincipalElement } from './policy.ts';

export interface CompiledPrincipal {
  readonly not: boolean;
  readonly everyone: boolean;
  /** Account ids, written as such or as the account's root ARN. */
  readonly accounts: ReadonlySet<string>;
  /** Principal ARNs and unique ids (`AIDA…`, `AROA…`), compared as they stand: wildcards in them match nothing. */
  readonly exact: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Identity providers, by ARN or, of the well-known ones, by domain. */
  readonly providers: ReadonlySet<string>;
  /** Whether a wildcard stands for a part of a principal: IAM does not save that. */
  readonly hasPartialWildcard: boolean;
}

/**
 * How an element names a caller: as one of everybody, by its account, by its own ARN or unique id, by its role's, by its parent
 * user's (of federated users), by its session's ARN, as a service, or by its identity provider.
 */
export type PrincipalMatch = 'everyone' | 'account' | 'user' | 'role' | 'parent' | 'session' | 'service' | 'provider';

/** Sorts what the element names, once, so that each request asks sets alone. */
export function compilePrincipal(element: PrincipalElement): CompiledPrincipal {
  const accounts = new Set<string>();
  const exact = new Set<string>();
  let everyone = element.everyone;
  for (const text of element.aws) {
    const account = accountOf(text);
    if (text === '*') everyone = true;
    else if (account !== undefined) accounts.add(account);
    else exact.add(text);
  }
  const services = new Set(element.service);
  const providers = new Set(element.federated);
  const hasPartialWildcard = [...exact, ...services].some((text) => text.includes('*') || text.includes('?'));
  return { not: element.not, everyone, accounts, exact, services, providers, hasPartialWildcard };
}

function accountOf(text: string): string | undefined {
  if (isAccountId(text)) return text;
  const arn = parseArn(text);
  const isRoot = arn?.service === 'iam' && arn.resource === 'root' && isAccountId(arn.accountId);
  return isRoot ? arn.accountId : undefined;
}

/** Every way in which the listed principals name the caller. */
export function principalMatches(principal: CompiledPrincipal, caller: AnyCaller): readonly PrincipalMatch[] {
  const found: PrincipalMatch[] = [];
  if (principal.everyone) found.push('everyone');
  switch (caller.kind) {
    case 'anonymous':
      break;
    case 'service':
      if (principal.services.has(caller.service)) found.push('service');
      break;
    case 'federated-identity':
      if (principal.providers.has(caller.provider)) found.push('provider');
      break;
    case 'root':
      if (principal.accounts.has(caller.accountId)) found.push('account');
      break;
    case 'user':
      if (principal.accounts.has(caller.accountId)) found.push('account');
      if (principal.exact.has(caller.arn) || principal.exact.has(caller.id)) found.push('user');
      break;
    case 'federated-user':
      if (principal.accounts.has(caller.accountId)) found.push('account');
      if (principal.exact.has(caller.parent.arn) || principal.exact.has(caller.parent.id)) found.push('parent');
      if (principal.exact.has(caller.arn)) found.push('session');
      break;
    case 'role-session':
      if (principal.accounts.has(caller.accountId)) found.push('account');
      if (principal.exact.has(caller.roleArn) || principal.exact.has(caller.roleId)) found.push('role');
      if (principal.exact.has(caller.sessionArn) || principal.exact.has(`${caller.roleId}:${caller.sessionName}`)) {
        found.push('session');
      }
      break;
  }
  return found;
}

const OWN_MATCH = { user: 'user', 'role-session': 'role', 'federated-user': 'session' } as const;

/** Whether a Deny with NotPrincipal spares the caller. `doubtful`: it denies here, but AWS leaves it to the service. */
export type Exemption = 'exempt' | 'denied' | 'doubtful';

/**
 * To spare a user, its ARN and its account must be listed; for a role session the role's ARN and the account. A principal with a
 * permissions boundary is denied whatever is listed.
 */
export function exemption(principal: CompiledPrincipal, caller: AnyCaller, hasBoundary: boolean): Exemption {
  const matches = principalMatches(principal, caller);
  if (matches.includes('everyone')) return 'exempt';
  if (caller.kind === 'anonymous' || matches.length === 0) return 'denied';
  if (caller.kind === 'service' || caller.kind === 'root' || caller.kind === 'federated-identity') return 'exempt';
  if (hasBoundary) return 'denied';
  const own = OWN_MATCH[caller.kind];
  return matches.includes('account') && matches.includes(own) ? 'exempt' : 'doubtful';
}
