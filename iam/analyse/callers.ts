/** Whose requests an analysis is about. */
import { isAccountId, parseArn } from '../arn.ts';
import type { AnyCaller, AnyRequest } from '../model.ts';
import { principalArn } from '../request-context.ts';
import { dependsOnCallerKind, type Who } from './known-keys.ts';
import type { Reading } from './readings.ts';
import type { Viewpoint } from './space.ts';
import { EXAMPLE_ACCOUNT } from './witness.ts';

function userCalled(arn: string, accountId: string): AnyCaller {
  return { kind: 'user', accountId, arn, name: nameIn(arn), id: 'AIDACKCEVSQ6C2EXAMPLE', tags: {} };
}

function sessionOfRole(roleArn: string, accountId: string, sessionName: string): AnyCaller {
  const roleName = nameIn(roleArn);
  return {
    kind: 'role-session',
    accountId,
    roleArn,
    roleName,
    roleId: 'AROADBQP57FF2AEXAMPLE',
    sessionName,
    sessionArn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    tags: {},
    session: { issuedAt: 0 },
  };
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

const SESSION = 'session';
const USER = userCalled(`arn:aws:iam::${EXAMPLE_ACCOUNT}:user/Someone`, EXAMPLE_ACCOUNT);
const ROLE_SESSION = sessionOfRole(`arn:aws:iam::${EXAMPLE_ACCOUNT}:role/Someone`, EXAMPLE_ACCOUNT, SESSION);
/** An account that nobody knows, where no policy names it, and a service. */
const OUTSIDE = '444455556666';
const SERVICE_TO_COME = 'service-to-come.amazonaws.com';

/** Identity policies are a user's or a role's. Where no key tells the two apart, a user stands for both. */
export function identityViewpoints(readings: readonly Reading[]): readonly Viewpoint[] {
  const user = viewpoint({ kind: 'user' }, USER, 'by-attachment');
  const isTold = readings.some(
    ({ compiled, resources }) =>
      compiled.clauses.some(({ key, clause }) => dependsOnCallerKind(key) || hasVariable(clause.values)) ||
      hasVariable(compiled.statement.resource?.values ?? []) ||
      resources === undefined,
  );
  return isTold ? [user, viewpoint({ kind: 'role-session' }, ROLE_SESSION, 'by-attachment')] : [user];
}

export interface Viewpoints {
  readonly views: readonly Viewpoint[];
  /** Whether there is one for every caller that the policies tell apart. */
  readonly exact: boolean;
}

/**
 * Resource policies speak to everybody: anonymous callers, each principal that they name, users and role sessions of each account
 * that they mention and of another one, the services that they name and another one.
 */
export function resourceViewpoints(readings: readonly Reading[]): Viewpoints {
  const principals = readings.flatMap(({ compiled }) => compiled.statement.principal ?? []);
  const named = new Set(principals.flatMap(({ aws }) => aws));
  const services = new Set([...principals.flatMap(({ service }) => service), SERVICE_TO_COME]);
  const conditions = readings.flatMap(({ compiled }) => compiled.clauses.flatMap(({ clause }) => clause.values));
  const accounts = new Set([EXAMPLE_ACCOUNT]);
  for (const text of [...named, ...conditions])
    for (const account of text.match(/\b\d{12}\b/g) ?? []) accounts.add(account);
  let outside = OUTSIDE;
  while (accounts.has(outside)) outside = String(Number(outside) + 1);
  accounts.add(outside);
  const views = [viewpoint({ kind: 'anonymous' }, { kind: 'anonymous' }, 'by-principal')];
  let exact = principals.every(({ federated, canonicalUser }) => federated.length + canonicalUser.length === 0);
  for (const text of named) {
    if (text === '*' || isAccountId(text) || text.endsWith(':root')) continue;
    const caller = callerNamed(text);
    if (caller === undefined) exact = false;
    else
      views.push(viewpoint({ kind: caller.kind === 'user' ? 'user' : 'role-session', caller }, caller, 'by-principal'));
  }
  const own = views.flatMap(({ subject }) => principalArn(subject.request.caller) ?? []);
  // A session that is named by itself leaves the others of its role.
  const unlike = own.filter((arn) => named.has(arn));
  let name = 'Someone';
  while ([...named].some((text) => text.includes(name))) name += 'x';
  for (const account of accounts) {
    const user = userCalled(`arn:aws:iam::${account}:user/${name}`, account);
    const session = sessionOfRole(`arn:aws:iam::${account}:role/${name}`, account, SESSION);
    views.push(viewpoint({ kind: 'user', account, unlike }, user, 'by-principal'));
    views.push(viewpoint({ kind: 'role-session', account, unlike }, session, 'by-principal'));
  }
  for (const service of services) {
    const caller: AnyCaller = { kind: 'service', service };
    views.push(viewpoint({ kind: 'service', caller }, caller, 'by-principal'));
  }
  return { views, exact };
}

/** The caller that an ARN in a Principal element names; undefined for ids and what else there may be. */
function callerNamed(text: string): AnyCaller | undefined {
  const arn = parseArn(text);
  if (arn === undefined || text.includes('*')) return undefined;
  const { service, accountId, resource } = arn;
  if (service === 'iam' && resource.startsWith('user/')) return userCalled(text, accountId);
  if (service === 'iam' && resource.startsWith('role/')) return sessionOfRole(text, accountId, SESSION);
  const [type, role = '', session] = resource.split('/');
  if (service !== 'sts' || type !== 'assumed-role' || session === undefined) return undefined;
  return sessionOfRole(`arn:aws:iam::${accountId}:role/${role}`, accountId, session);
}

function hasVariable(texts: readonly string[]): boolean {
  return texts.some((text) => text.includes('${'));
}

/** A viewpoint of such callers, `example` one of them. */
export function viewpoint(who: Who, example: AnyCaller, addressing: Viewpoint['addressing']): Viewpoint {
  const own = 'accountId' in example ? example.accountId : EXAMPLE_ACCOUNT;
  const request: AnyRequest = { caller: example, action: '', resource: '', resourceAccountId: own, context: {} };
  return { who, addressing, subject: { request, action: '', context: { get: () => undefined }, hasBoundary: false } };
}
