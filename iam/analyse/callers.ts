/** Whose requests an analysis is about. */
import { isAccountId, parseArn } from '../arn.ts';
import type { AnyCaller, AnyRequest } from '../model.ts';
import { principalArn } from '../request-context.ts';
import type { Frame, SettledResource } from './frame.ts';
import { dependsOnCallerKind, type Who } from './known-keys.ts';
import type { Reading } from './readings.ts';
import { accountIn, EXAMPLE_ACCOUNT } from './witness.ts';

function userCalled(arn: string, accountId: string): Extract<AnyCaller, { kind: 'user' }> {
  return { kind: 'user', accountId, arn, name: nameIn(arn), id: 'AIDACKCEVSQ6C2EXAMPLE', tags: {} };
}

function sessionOfRole(
  roleArn: string,
  accountId: string,
  sessionName: string,
): Extract<AnyCaller, { kind: 'role-session' }> {
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
const RESOURCE_ACCOUNT = 'aws:resourceaccount';
const USER = userCalled(`arn:aws:iam::${EXAMPLE_ACCOUNT}:user/Someone`, EXAMPLE_ACCOUNT);
const ROLE_SESSION = sessionOfRole(`arn:aws:iam::${EXAMPLE_ACCOUNT}:role/Someone`, EXAMPLE_ACCOUNT, SESSION);
/** An account that nobody knows, where no policy names it, and a service. */
const OUTSIDE = '444455556666';
const SERVICE_TO_COME = 'service-to-come.amazonaws.com';

/** Identity policies are a user's or a role's. Where no key tells the two apart, a user stands for both. */
export function identityFrames(readings: readonly Reading[]): readonly Frame[] {
  const isTold = readings.some(
    ({ compiled, resources }) =>
      compiled.clauses.some(({ key, clause }) => dependsOnCallerKind(key) || hasVariable(clause.values)) ||
      hasVariable(compiled.statement.resource?.values ?? []) ||
      resources === undefined,
  );
  const user = openFrame({ kind: 'user' }, USER);
  return isTold ? [user, openFrame({ kind: 'role-session' }, ROLE_SESSION)] : [user];
}

export interface Frames {
  readonly frames: readonly Frame[];
  /** Whether there is one for every caller that the policies tell apart. */
  readonly exact: boolean;
}

/**
 * Resource policies speak to everybody: anonymous callers, each principal that they name, root, users, role sessions and federated users
 * of each account that they mention and of another one, the services that they name and another one. Holders of tokens can only
 * become roles. The federated users of a user that is named are looked at by themselves; a unique id is one of a principal whom no ARN
 * names. Under a Deny with NotPrincipal also callers with a permissions boundary, whom it never spares.
 */
export function resourceFrames(readings: readonly Reading[]): Frames {
  const principals = readings.flatMap(({ compiled }) => compiled.statement.principal ?? []);
  const named = new Set(principals.flatMap(({ aws }) => aws));
  const conditions = readings.flatMap(({ compiled }) => compiled.clauses.flatMap(({ clause }) => clause.values));
  const accounts = new Set([EXAMPLE_ACCOUNT]);
  for (const text of [...named, ...conditions])
    for (const account of text.match(/\b\d{12}\b/g) ?? []) accounts.add(account);
  let outside = OUTSIDE;
  while (accounts.has(outside)) outside = String(Number(outside) + 1);
  accounts.add(outside);
  const frames = [openFrame({ kind: 'anonymous' }, { kind: 'anonymous' })];
  let exact = true;
  const unlike: string[] = [];
  const ids: string[] = [];
  const parents: { readonly arn: string; readonly id: string; readonly accountId: string }[] = [];
  for (const text of named) {
    if (text === '*' || isAccountId(text) || text.endsWith(':root')) continue;
    const caller = callerNamed(text);
    if (caller === undefined) {
      if (UNIQUE_ID.test(text)) ids.push(text);
      else exact = false;
      continue;
    }
    frames.push(openFrame({ kind: caller.kind, caller }, caller));
    if (caller.kind === 'user') parents.push({ arn: text, id: '', accountId: caller.accountId });
    // A session that is named by itself leaves the others of its role.
    if (principalArn(caller) === text) unlike.push(text);
  }
  let name = 'Someone';
  while ([...named].some((text) => text.includes(name))) name += 'x';
  for (const accountId of accounts) {
    const root = openFrame({ kind: 'root', caller: { kind: 'root', accountId } }, { kind: 'root', accountId });
    // Who stands for an account that a policy names is its root; else the plainest caller is a user.
    const isNamed = named.has(accountId) || named.has(`arn:aws:iam::${accountId}:root`);
    if (isNamed) frames.push(root);
    for (const caller of someoneOf(accountId, name)) {
      frames.push(openFrame({ kind: caller.kind, account: accountId, unlike }, caller));
    }
    if (!isNamed) frames.push(root);
    // Whose account an id is of, it does not tell.
    for (const id of ids) frames.push(...framesById(id, accountId, name, unlike));
  }
  for (const { accountId, ...parent } of parents) {
    const guest = federatedUser(name, accountId, parent);
    frames.push(openFrame({ kind: 'federated-user', account: accountId, unlike, parent }, guest));
  }
  for (const service of new Set([...principals.flatMap((principal) => principal.service), SERVICE_TO_COME])) {
    const caller: AnyCaller = { kind: 'service', service };
    frames.push(openFrame({ kind: 'service', caller }, caller));
  }
  const spares = readings.some(({ compiled }) => compiled.isDeny && compiled.principal?.not === true);
  return { frames: spares ? [...frames, ...frames.flatMap(withBoundary)] : frames, exact };
}

/** `AIDA…`, `AROA…`, `AROA…:session`. */
const UNIQUE_ID = /^(AIDA|AROA)[A-Z0-9]+(:[^:]+)?$/;

/** The principal of a unique id: a user and the federated users that are from it, or the sessions of a role. */
function framesById(id: string, account: string, name: string, unlike: readonly string[]): readonly Frame[] {
  if (id.startsWith('AIDA')) {
    const parent = { arn: '', id };
    const user = { ...userCalled(`arn:aws:iam::${account}:user/${name}`, account), id };
    return [
      openFrame({ kind: 'user', account, unlike, id }, user),
      openFrame({ kind: 'federated-user', account, unlike, parent }, federatedUser(name, account, parent)),
    ];
  }
  const [roleId = '', sessionName = SESSION] = id.split(':');
  const session = { ...sessionOfRole(`arn:aws:iam::${account}:role/${name}`, account, sessionName), roleId };
  return [openFrame({ kind: 'role-session', account, unlike, id }, session)];
}

function someoneOf(account: string, name: string): readonly AnyCaller[] {
  return [
    userCalled(`arn:aws:iam::${account}:user/${name}`, account),
    sessionOfRole(`arn:aws:iam::${account}:role/${name}`, account, SESSION),
    federatedUser(name, account),
  ];
}

function withBoundary(frame: Frame): readonly Frame[] {
  const [subject] = frame.subjects;
  if (subject === undefined || !['user', 'role-session'].includes(subject.request.caller.kind)) return [];
  return [{ ...frame, subjects: [{ ...subject, hasBoundary: true }] }];
}

/** The caller that an ARN in a Principal element names; undefined for ids and what else there may be. */
function callerNamed(text: string): AnyCaller | undefined {
  const arn = parseArn(text);
  if (arn === undefined || text.includes('*')) return undefined;
  const { service, accountId, resource } = arn;
  if (service === 'iam' && resource.startsWith('user/')) return userCalled(text, accountId);
  if (service === 'iam' && resource.startsWith('role/')) return sessionOfRole(text, accountId, SESSION);
  const [type, name = '', session] = resource.split('/');
  if (service !== 'sts') return undefined;
  if (type === 'federated-user' && session === undefined) return federatedUser(name, accountId);
  if (type !== 'assumed-role' || session === undefined) return undefined;
  return sessionOfRole(`arn:aws:iam::${accountId}:role/${name}`, accountId, session);
}

/** A federated user; unless told, one whose user no policy names. */
function federatedUser(name: string, accountId: string, parent = { arn: '', id: '' }): AnyCaller {
  const arn = `arn:aws:sts::${accountId}:federated-user/${name}`;
  return {
    kind: 'federated-user',
    accountId,
    arn,
    name,
    parent,
    tags: {},
    session: { issuedAt: 0 },
  };
}

function hasVariable(texts: readonly string[]): boolean {
  return texts.some((text) => text.includes('${'));
}

/** A frame of such callers, `example` one of them, in which only the owner goes with the resource. */
function openFrame(who: Who, example: AnyCaller): Frame {
  const own = 'accountId' in example ? example.accountId : EXAMPLE_ACCOUNT;
  const request: AnyRequest = { caller: example, action: '', resource: '', resourceAccountId: own, context: {} };
  const settled = new Map<string, SettledResource>();
  return {
    who,
    subjects: [{ request, action: '', context: { get: () => undefined }, hasBoundary: false }],
    standing: (key) => (key === RESOURCE_ACCOUNT ? 'of-resource' : 'open'),
    valueOf: () => undefined,
    resourcePatterns: () => [],
    settledBy(arn) {
      const known = settled.get(arn) ?? ownerIn(arn);
      settled.set(arn, known);
      return known;
    },
    settledValues: () => [],
  };
}

function ownerIn(arn: string): SettledResource {
  const accountId = accountIn(arn);
  return { accountId, values: [new Map(accountId === undefined ? [] : [[RESOURCE_ACCOUNT, accountId]])], zone: '' };
}
