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
  /** Whether one of `exact` can be a session's unique id, `AROA…:name`. */
  readonly hasSessionIds: boolean;
}

/**
 * How an element names a caller, as bits that can be set together: as one of everybody, by its account, by its own ARN or unique id, by
 * its role's, by its parent user's (of federated users), by its session's ARN, as a service, or by its identity provider.
 */
export const NAMED = {
  everyone: 1,
  account: 2,
  user: 4,
  role: 8,
  parent: 16,
  session: 32,
  service: 64,
  provider: 128,
} as const;

/** Some of `NAMED`; 0 where an element does not name the caller. */
export type Naming = number;

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
  const hasSessionIds = [...exact].some((text) => !text.startsWith('arn:') && text.includes(':'));
  return { not: element.not, everyone, accounts, exact, services, providers, hasPartialWildcard, hasSessionIds };
}

function accountOf(text: string): string | undefined {
  if (isAccountId(text)) return text;
  const arn = parseArn(text);
  const isRoot = arn?.service === 'iam' && arn.resource === 'root' && isAccountId(arn.accountId);
  return isRoot ? arn.accountId : undefined;
}

/** Every way in which the listed principals name the caller. */
export function namingOf(principal: CompiledPrincipal, caller: AnyCaller): Naming {
  const { accounts, exact } = principal;
  let naming = principal.everyone ? NAMED.everyone : 0;
  if ('accountId' in caller && accounts.size > 0 && accounts.has(caller.accountId)) naming |= NAMED.account;
  switch (caller.kind) {
    case 'anonymous':
    case 'root':
      break;
    case 'service':
      if (principal.services.has(caller.service)) naming |= NAMED.service;
      break;
    case 'federated-identity':
      if (principal.providers.has(caller.provider)) naming |= NAMED.provider;
      break;
    case 'user':
      if (exact.size > 0 && (exact.has(caller.arn) || exact.has(caller.id))) naming |= NAMED.user;
      break;
    case 'federated-user':
      if (exact.size === 0) break;
      if (exact.has(caller.parent.arn) || exact.has(caller.parent.id)) naming |= NAMED.parent;
      if (exact.has(caller.arn)) naming |= NAMED.session;
      break;
    case 'role-session':
      if (exact.size === 0) break;
      if (exact.has(caller.roleArn) || exact.has(caller.roleId)) naming |= NAMED.role;
      if (exact.has(caller.sessionArn)) naming |= NAMED.session;
      if (principal.hasSessionIds && exact.has(`${caller.roleId}:${caller.sessionName}`)) naming |= NAMED.session;
      break;
  }
  return naming;
}

const OWN_NAME = { user: NAMED.user, 'role-session': NAMED.role, 'federated-user': NAMED.session } as const;

/** Whether a Deny with NotPrincipal spares the caller. `doubtful`: it denies here, but AWS leaves it to the service. */
export type Exemption = 'exempt' | 'denied' | 'doubtful';

/**
 * To spare a user, its ARN and its account must be listed; for a role session the role's ARN and the account. A principal with a
 * permissions boundary is denied whatever is listed.
 */
export function exemption(principal: CompiledPrincipal, caller: AnyCaller, hasBoundary: boolean): Exemption {
  const naming = namingOf(principal, caller);
  if ((naming & NAMED.everyone) !== 0) return 'exempt';
  if (caller.kind === 'anonymous' || naming === 0) return 'denied';
  if (caller.kind === 'service' || caller.kind === 'root' || caller.kind === 'federated-identity') return 'exempt';
  if (hasBoundary) return 'denied';
  const whole = NAMED.account | OWN_NAME[caller.kind];
  return (naming & whole) === whole ? 'exempt' : 'doubtful';
}
