/** Witnesses: from the classes of an uncovered box to a request that AWS could get, played back through the engine. */
import { decide } from '../decide.ts';
import { needsTrust } from '../fixed-rules.ts';
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, SessionFacts, Tags } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { KeyValue } from './key-values.ts';
import type { Viewpoint } from './space.ts';

/** A key as a policy writes it, and its value. */
export interface NamedValue {
  readonly name: string;
  readonly value: KeyValue;
}

/** One class of requests, by its representatives. */
export interface Cell {
  readonly view: Viewpoint;
  readonly action: string;
  readonly resource: string;
  /** By the key in lower case. Variables are among them. */
  readonly values: ReadonlyMap<string, NamedValue>;
}

/** The account of AWS's own examples. */
export const EXAMPLE_ACCOUNT = '111122223333';
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

/** Requests of the cell, the likeliest first. Keys that depend on each other may not agree in all of them. */
export function requestsOf(cell: Cell): readonly AnyRequest[] {
  const resources = new Set([likelyArn(cell.resource), cell.resource]);
  return [...resources].flatMap((resource) =>
    callersOf(cell, resource).map((caller): AnyRequest => {
      const own = 'accountId' in caller ? caller.accountId : '';
      const usual = cell.view.addressing === 'by-principal' ? EXAMPLE_ACCOUNT : own;
      const owner = textOf(cell, 'aws:resourceaccount') ?? accountIn(resource) ?? (usual || EXAMPLE_ACCOUNT);
      return { caller, action: cell.action, resource, resourceAccountId: owner, context: contextOf(cell) };
    }),
  );
}

/** A region and an account that people know, where the shortest ones stand. */
function likelyArn(arn: string): string {
  const parts = arn.split(':');
  if (parts.length < 6) return arn;
  if (parts[3] === 'x') parts[3] = 'us-east-1';
  if (parts[4] === '1'.repeat(12)) parts[4] = EXAMPLE_ACCOUNT;
  return parts.join(':');
}

function accountIn(arn: string): string | undefined {
  const account = arn.split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

function textOf({ values }: Cell, key: string): string | undefined {
  const value = values.get(key)?.value;
  return typeof value === 'string' ? value : undefined;
}

function contextOf({ values }: Cell): Readonly<Record<string, string | readonly string[]>> {
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, { name, value }] of values) {
    if (value !== undefined && !OF_CALLER.has(key) && !key.startsWith(PRINCIPAL_TAG)) context[name] = value;
  }
  return context;
}

function callersOf(cell: Cell, resource: string): readonly AnyCaller[] {
  const { who } = cell.view;
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
  const make = (ofArn: string | undefined) =>
    who.kind === 'user' ? userOf(cell, account, ofArn, tags) : sessionOf(cell, account, ofArn, tags);
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
    id: textOf(cell, 'aws:userid') ?? 'AIDACKCEVSQ6C2EXAMPLE',
    tags,
    ...(session === undefined ? {} : { session }),
  };
}

function sessionOf(cell: Cell, account: string, arn: string | undefined, tags: Tags): AnyCaller {
  const roleArn = arn ?? `arn:aws:iam::${account}:role/${NAME}`;
  const roleName = lastOf(roleArn);
  const [roleId = '', sessionName = SESSION] = (textOf(cell, 'aws:userid') ?? `AROADBQP57FF2AEXAMPLE:${SESSION}`).split(
    ':',
  );
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

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function tagsOf({ values }: Cell): Tags {
  const tags: Record<string, string> = {};
  for (const [key, { name, value }] of values) {
    if (key.startsWith(PRINCIPAL_TAG) && typeof value === 'string') tags[name.slice(PRINCIPAL_TAG.length)] = value;
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

/** Whether the policies allow the request, everybody else's part in it taken for granted. */
export type Replay = (request: AnyRequest) => boolean;

/**
 * Identity policies: what has an owner elsewhere is open to the caller's account, and a role's trust policy delegates to it, so that
 * only these policies decide.
 */
export function replayIdentity(policies: readonly Policy[]): Replay {
  const identity = policies.map((policy, i) => attach(policy, 'identity', `Policy${i + 1}`));
  return (request) => {
    const own = 'accountId' in request.caller ? request.caller.accountId : '';
    const open = openTo(own, request);
    const isTrust = needsTrust(request.action.toLowerCase(), request.resource);
    const applicable: ApplicablePolicies =
      isTrust || own !== request.resourceAccountId
        ? { identity, resource: attach(open, isTrust ? 'trust' : 'resource', 'Owner') }
        : { identity };
    return decide(request, applicable).verdict === 'allowed';
  };
}

function openTo(account: string, { action }: AnyRequest): Policy {
  const principal = { not: false, everyone: false, aws: [account], service: [], federated: [], canonicalUser: [] };
  return {
    version: '2012-10-17',
    statements: [{ effect: 'Allow', principal, action: { not: false, values: [action] }, conditions: [] }],
  };
}

const EVERYTHING: Policy = {
  version: '2012-10-17',
  statements: [
    {
      effect: 'Allow',
      action: { not: false, values: ['*'] },
      resource: { not: false, values: ['*'] },
      conditions: [],
    },
  ],
};
/** An owner whom no caller belongs to. */
const OTHER_OWNER = '000000000000';

/**
 * Resource policies: what they allow to a caller whose own policies allow everything. Callers of the owner's account are asked about
 * as if they were of another one, so that their own policies alone do not suffice.
 */
export function replayResource(policies: readonly Policy[]): Replay {
  const own = attach(EVERYTHING, 'identity', 'Everything');
  const all = policies.map((policy) => attach(policy, 'resource', 'Resource'));
  return (request) => {
    const context = { 'aws:ResourceAccount': request.resourceAccountId, ...request.context };
    const asked = { ...request, resourceAccountId: OTHER_OWNER, context };
    const decisions = all.map((resource) => decide(asked, { identity: [own], resource }).verdict);
    return decisions.includes('allowed') && !decisions.includes('explicitly-denied');
  };
}

function attach(policy: Policy, layer: AttachedPolicy['layer'], name: string): AttachedPolicy {
  const kind = layer === 'identity' ? 'managed' : layer === 'trust' ? 'trust' : 'resource';
  return { layer, name, kind, attachedTo: 'analysis', policy };
}
