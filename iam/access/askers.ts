/**
 * Who may come to ask for a resource: the users and roles of the accounts, and whom the resource's policy names besides.
 * IAM User Guide, "AWS JSON policy elements: Principal".
 */
import type { Estate } from '../account/account.ts';
import { callerOf, roleSession } from '../account/callers.ts';
import { principalIn } from '../account/policies-in.ts';
import { isAccountId, parseArn } from '../arn.ts';
import type { AnyCaller } from '../model.ts';
import type { Statement } from '../policy.ts';
import type { Acquaintance } from './knowledge.ts';

/** A principal, or principals that are looked at together. */
export interface Asker {
  /** Its ARN; of others than principals of the accounts, as the policy names them. */
  readonly arn: string;
  readonly caller: AnyCaller;
  readonly acquaintance: Acquaintance;
  /** Of a session that the policy names: the role, whose other sessions are looked at by themselves. */
  readonly roleArn?: string;
}

/** Names no session: a policy that names one does not mean it. */
const NO_SESSION = '';

/** Every user and role of the accounts. A role stands for its sessions that nobody names. */
export function insiders({ accounts }: Estate): readonly Asker[] {
  return accounts.flatMap(({ users, roles }) => [
    ...users.map((user) => known(user.arn, callerOf(user))),
    ...roles.map((role) => known(role.arn, roleSession(role, NO_SESSION))),
  ]);
}

function known(arn: string, caller: AnyCaller): Asker {
  return { arn, caller, acquaintance: 'principal' };
}

/**
 * Whom statements of a resource's policy name, besides principals of the accounts: those who are allowed, and those who are exempt from a
 * Deny. Each once.
 */
export function namedBy(statements: readonly Statement[], estate: Estate): readonly Asker[] {
  const found = new Map<string, Asker>();
  for (const { effect, principal } of statements) {
    if (principal === undefined || principal.not !== (effect === 'Deny')) continue;
    const askers = [
      ...(principal.everyone ? [ANYONE] : []),
      ...principal.aws.map((name) => namedInAws(name, estate)),
      ...principal.service.map((name) => known(name, { kind: 'service', service: name })),
      ...principal.federated.map((name) => known(name, { kind: 'federated-identity', provider: name, subject: name })),
    ];
    for (const asker of askers) if (asker !== undefined && !found.has(asker.arn)) found.set(asker.arn, asker);
  }
  return [...found.values()];
}

/** Whoever it is, with credentials or without. */
const ANYONE: Asker = { arn: '*', caller: { kind: 'anonymous' }, acquaintance: 'nothing' };

/** Stands for the account in the ARN of an origin access identity. */
const CLOUDFRONT = 'cloudfront';

/** Undefined: it is a principal of the accounts, root, or nobody. A unique id stands for somebody who is there no longer. */
function namedInAws(name: string, estate: Estate): Asker | undefined {
  if (name === '*') return ANYONE;
  const arn = parseArn(name);
  const accountId = arn?.accountId ?? name;
  const isInside = estate.accounts.some((account) => account.accountId === accountId);
  if (arn === undefined) return isAccountId(name) ? account(name, name, isInside) : sessionById(name, estate);
  const [type, ...path] = arn.resource.split('/');
  const last = path.at(-1) ?? '';
  const isPrincipal = isAccountId(accountId) || accountId === CLOUDFRONT;
  if (!isPrincipal || /[*?]/.test(name)) return undefined;
  if (arn.service === 'iam' && arn.resource === 'root') return account(name, accountId, isInside);
  if (arn.service === 'iam' && type === 'user' && !isInside) return stranger(name, user(name, accountId, last));
  if (arn.service === 'iam' && type === 'role' && !isInside) {
    return stranger(name, strangeSession(name, accountId, last, NO_SESSION));
  }
  if (arn.service !== 'sts') return undefined;
  const [roleName = '', session] = path;
  if (type === 'assumed-role' && session !== undefined) {
    return isInside
      ? sessionOf(estate, name, session, (role) => role.accountId === accountId && role.name === roleName)
      : stranger(
          name,
          strangeSession(`arn:${arn.partition}:iam::${accountId}:role/${roleName}`, accountId, roleName, session),
        );
  }
  if (type !== 'federated-user' || last === '') return undefined;
  const parent = { arn: '', id: '' };
  return stranger(name, {
    kind: 'federated-user',
    accountId,
    arn: name,
    name: last,
    parent,
    tags: {},
    session: { issuedAt: 0 },
  });
}

function account(name: string, accountId: string, isInside: boolean): Asker | undefined {
  if (isInside) return undefined;
  // Some principal of it, whom no policy names.
  const caller = user(`arn:aws:iam::${accountId}:user/`, accountId, '');
  return { arn: name, caller, acquaintance: 'account' };
}

function stranger(arn: string, caller: AnyCaller): Asker {
  return { arn, caller, acquaintance: 'arn' };
}

function user(arn: string, accountId: string, name: string): AnyCaller {
  return { kind: 'user', accountId, arn, name, id: '', tags: {} };
}

function strangeSession(roleArn: string, accountId: string, roleName: string, sessionName: string): AnyCaller {
  const partition = roleArn.split(':')[1] ?? 'aws';
  return {
    kind: 'role-session',
    accountId,
    roleArn,
    roleName,
    roleId: '',
    sessionName,
    sessionArn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    tags: {},
    session: { issuedAt: 0 },
  };
}

/** `AROA…:session`. */
function sessionById(name: string, estate: Estate): Asker | undefined {
  const colon = name.indexOf(':');
  const session = name.slice(colon + 1);
  return colon < 0 ? undefined : sessionOf(estate, name, session, ({ id }) => id === name.slice(0, colon));
}

function sessionOf(
  estate: Estate,
  name: string,
  session: string,
  isIt: (role: { readonly accountId: string; readonly name: string; readonly id: string }) => boolean,
): Asker | undefined {
  const role = estate.accounts.flatMap(({ roles }) => roles).find(isIt);
  return role === undefined ? undefined : { ...known(name, roleSession(role, session)), roleArn: role.arn };
}

/** Whether the estate keeps the asker's own policies. */
export function hasOwnPolicies({ acquaintance, arn, roleArn }: Asker, estate: Estate): boolean {
  return acquaintance === 'principal' && principalIn(estate, roleArn ?? arn) !== undefined;
}
