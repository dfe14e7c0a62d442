/** Witnesses: from the classes of an uncovered box to a request that AWS could get, played back through the engine. */
import type { AnyCaller, AnyRequest, SessionFacts, Tags } from '../model.ts';
import { companions } from './dependent-keys.ts';
import type { Frame } from './frame.ts';
import type { KeyValue } from './key-values.ts';
import type { ResourcePoint } from './resource-points.ts';

/** One class of requests, by its representatives. */
export interface Cell {
  readonly frame: Frame;
  readonly action: string;
  readonly resource: ResourcePoint;
  /** By the key in lower case. Variables are among them. */
  readonly values: ReadonlyMap<string, KeyValue>;
  /** The keys as a policy writes them. */
  readonly names: ReadonlyMap<string, string>;
}

/** The account of AWS's own examples, and one that is nobody's. */
export const EXAMPLE_ACCOUNT = '111122223333';
const OTHER_OWNER = '999999999999';
const NAME = 'Someone';
const SESSION = 'session';
const ISSUED = Date.UTC(2026, 0, 1);
const PRINCIPAL_TAG = 'aws:principaltag/';
/** Keys that the caller brings with it. */
const OF_CALLER: ReadonlySet<string> = new Set([
  'aws:username',
  'aws:userid',
  'aws:principaltype',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:resourceaccount',
]);

/** Requests of users and roles that identity policies are attached to; what has no account is their own. */
export function requestsByAttachment(cell: Cell): readonly AnyRequest[] {
  return arnsOf(cell).flatMap((resource) =>
    callersOf(cell, resource).map((caller): AnyRequest => {
      const own = 'accountId' in caller ? caller.accountId : EXAMPLE_ACCOUNT;
      return {
        caller,
        action: cell.action,
        resource,
        resourceAccountId: ownerIn(cell, resource) ?? own,
        context: contextOf(cell),
      };
    }),
  );
}

/** Requests of whoever a resource's policy may speak of; what has no account is the caller's own, or another's. */
export function requestsByPrincipal(cell: Cell): readonly AnyRequest[] {
  return arnsOf(cell).flatMap((resource) =>
    callersOf(cell, resource).flatMap((caller) => {
      const own = 'accountId' in caller ? [caller.accountId] : [];
      const known = ownerIn(cell, resource);
      const owners = known === undefined ? new Set([...own, EXAMPLE_ACCOUNT, OTHER_OWNER]) : [known];
      return [...owners].map(
        (owner): AnyRequest => ({
          caller,
          action: cell.action,
          resource,
          resourceAccountId: owner,
          context: contextOf(cell),
        }),
      );
    }),
  );
}

function arnsOf({ resource }: Cell): readonly string[] {
  return [...new Set([likelyArn(resource.arn), resource.arn])];
}

function ownerIn({ resource }: Cell, arn: string): string | undefined {
  return accountIn(arn) ?? resource.accountId;
}

/** A region and an account that people know, where the shortest ones stand. */
export function likelyArn(arn: string): string {
  const parts = arn.split(':');
  if (parts.length < 6) return arn;
  if (parts[3] === 'x') parts[3] = 'us-east-1';
  if (parts[4] === '1'.repeat(12)) parts[4] = EXAMPLE_ACCOUNT;
  return parts.join(':');
}

/** The account in an ARN. */
export function accountIn(arn: string): string | undefined {
  const account = arn.split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

function textOf({ values }: Cell, key: string): string | undefined {
  const value = values.get(key);
  return typeof value === 'string' ? value : undefined;
}

function contextOf({ values, names }: Cell): Readonly<Record<string, string | readonly string[]>> {
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, value] of values) {
    if (value !== undefined && !OF_CALLER.has(key) && !key.startsWith(PRINCIPAL_TAG)) {
      context[names.get(key) ?? key] = value;
    }
  }
  return { ...context, ...Object.fromEntries(companions(values)) };
}

function callersOf(cell: Cell, resource: string): readonly AnyCaller[] {
  const { who } = cell.frame;
  const tags = tagsOf(cell);
  if (who.caller !== undefined) {
    const id = who.caller.kind === 'user' ? textOf(cell, 'aws:userid') : undefined;
    return ['tags' in who.caller ? { ...who.caller, tags, ...(id === undefined ? {} : { id }) } : who.caller];
  }
  if (who.kind === 'anonymous') return [{ kind: 'anonymous' }];
  const arn = textOf(cell, 'aws:principalarn');
  const account =
    who.account ??
    textOf(cell, 'aws:principalaccount') ??
    (arn === undefined ? undefined : accountIn(arn)) ??
    textOf(cell, 'aws:resourceaccount') ??
    accountIn(resource) ??
    EXAMPLE_ACCOUNT;
  const make = (ofArn: string | undefined) => {
    if (who.kind === 'federated-user') return federatedUserOf(cell, account, ofArn, tags);
    return who.kind === 'user' ? userOf(cell, account, ofArn, tags) : sessionOf(cell, account, ofArn, tags);
  };
  return arn === undefined ? [make(undefined)] : [make(arn), make(undefined)];
}

function userOf(cell: Cell, account: string, arn: string | undefined, tags: Tags): AnyCaller {
  const name = arn === undefined ? (textOf(cell, 'aws:username') ?? NAME) : lastOf(arn);
  const session = sessionFacts(cell);
  return {
    kind: 'user',
    accountId: account,
    arn: arn ?? `arn:aws:iam::${account}:user/${name}`,
    name,
    id: textOf(cell, 'aws:userid') ?? cell.frame.who.id ?? 'AIDACKCEVSQ6C2EXAMPLE',
    tags,
    ...(session === undefined ? {} : { session }),
  };
}

function sessionOf(cell: Cell, account: string, arn: string | undefined, tags: Tags): AnyCaller {
  const roleArn = arn ?? `arn:aws:iam::${account}:role/${NAME}`;
  const roleName = lastOf(roleArn);
  const id = textOf(cell, 'aws:userid') ?? cell.frame.who.id ?? 'AROADBQP57FF2AEXAMPLE';
  const [roleId = '', sessionName = SESSION] = id.split(':');
  return {
    kind: 'role-session',
    accountId: account,
    roleArn,
    roleName,
    roleId,
    sessionName,
    sessionArn: `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`,
    tags,
    session: sessionFacts(cell) ?? { issuedAt: ISSUED },
  };
}

function federatedUserOf(cell: Cell, accountId: string, ofArn: string | undefined, tags: Tags): AnyCaller {
  const arn = ofArn ?? `arn:aws:sts::${accountId}:federated-user/${NAME}`;
  const { parent = { arn: '', id: '' } } = cell.frame.who;
  const session = sessionFacts(cell) ?? { issuedAt: ISSUED };
  return { kind: 'federated-user', accountId, arn, name: lastOf(arn), parent, tags, session };
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function tagsOf({ values, names }: Cell): Tags {
  const tags: Record<string, string> = {};
  for (const [key, value] of values) {
    if (key.startsWith(PRINCIPAL_TAG) && typeof value === 'string') {
      tags[(names.get(key) ?? key).slice(PRINCIPAL_TAG.length)] = value;
    }
  }
  return tags;
}

/** Temporary credentials, where a key is there that only they bring. */
function sessionFacts(cell: Cell): SessionFacts | undefined {
  const issued = textOf(cell, 'aws:tokenissuetime');
  const mfa = textOf(cell, 'aws:multifactorauthpresent');
  const age = textOf(cell, 'aws:multifactorauthage');
  const source = textOf(cell, 'aws:sourceidentity');
  if ([issued, mfa, age, source].every((text) => text === undefined)) return undefined;
  const issuedAt = issued === undefined ? ISSUED : Date.parse(issued);
  return {
    issuedAt,
    ...(mfa === 'true' || age !== undefined ? { mfa: { authenticatedAt: issuedAt } } : {}),
    ...(source === undefined ? {} : { sourceIdentity: source }),
  };
}
