/**
 * What is known of the keys of a request: given, following from its caller and resource, or open. Follows the IAM User Guide, "AWS
 * global condition context keys".
 */
import { type KeyValues, textPatterns, valuesOfKey } from '../analyse/key-values.ts';
import { goesWithAction, isMultivalued, NAME, universeOf, type Who } from '../analyse/known-keys.ts';
import { literal } from '../analyse/language.ts';
import { classMembers } from '../analyse/members.ts';
import type { CompiledClause } from '../conditions/clause.ts';
import type { AnyRequest } from '../model.ts';
import { type RequestContext, requestContext } from '../request-context.ts';

/**
 * How much is known of the caller. `principal`: all that its account keeps of it, though not what a session adds. `arn`: its ARN,
 * neither its tags nor its unique id. `account`: its account alone. `nothing`: it may be anybody.
 */
export type Acquaintance = 'principal' | 'arn' | 'account' | 'nothing';

export interface Knowledge {
  /** The keys that are known; open ones are absent from it. */
  readonly context: RequestContext;
  /** Whether the value of a key (in lower case) is not known. */
  isOpen(key: string): boolean;
  /** Whether the value of a policy variable (its key in lower case) is not known. Keys of many values have none as variables. */
  isOpenVariable(key: string): boolean;
  /** Values of an open key that the clauses can tell apart, absence among them where it can be absent. */
  valuesOf(key: string, clauses: readonly CompiledClause[]): KeyValues;
}

/** Values of keys that have been found, by what they depend on. Kept by whoever asks about many callers. */
export type FoundValues = Map<string, KeyValues>;

/** States of an automaton past which the classes of a key's values are not known. */
const BUDGET = 20_000;

/** What sessions bring along: nothing in the account tells it. */
const OF_SESSIONS: ReadonlySet<string> = new Set([
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:tokenissuetime',
  'aws:sourceidentity',
  'aws:federatedprovider',
]);
const OF_ORGANIZATIONS: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalorgmasteraccountid',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
]);
const NOT_OF_THE_ACCOUNT = /^aws:(userid$|username$|principaltag\/|principalarn$|principaltype$|sourceidentity$)/;
const NOT_OF_THE_ARN = /^aws:(userid$|principaltag\/)/;
const OF_RESOURCE_TAGS = /^(aws|iam):resourcetag\//;
const OF_THE_CALLER = /^aws:(principal|source|userid$|username$|federatedprovider$)|^kms:calleraccount$/;

/** What is known of a request. Keys in its context are; `absent`: those, in lower case, that it lacks for other reasons than its caller. */
export function knowledgeOf(
  request: AnyRequest,
  acquaintance: Acquaintance,
  found: FoundValues,
  absent: ReadonlySet<string> = new Set(),
): Knowledge {
  const derived = requestContext(request);
  const given = new Set(Object.keys(request.context).map((name) => name.toLowerCase()));
  const action = request.action.toLowerCase();
  const who = whoIs(request);
  const asked = new Map<string, boolean>();
  const isOpen = (key: string): boolean => {
    const known = asked.get(key) ?? findOpen(key);
    asked.set(key, known);
    return known;
  };
  const findOpen = (key: string): boolean => {
    if (given.has(key) || absent.has(key) || !goesWithAction(key, action)) return false;
    if (acquaintance === 'nothing' && OF_THE_CALLER.test(key)) return true;
    if (acquaintance === 'account' && NOT_OF_THE_ACCOUNT.test(key)) return true;
    if (acquaintance === 'arn' && NOT_OF_THE_ARN.test(key)) return true;
    if (universeOf(key, who).length === 0) return false;
    if (OF_ORGANIZATIONS.has(key)) return request.organization === undefined;
    if (OF_SESSIONS.has(key)) return request.caller.kind !== 'federated-identity' || key !== 'aws:federatedprovider';
    if (key === 'aws:userid') return hasOpenId(request);
    if (OF_RESOURCE_TAGS.test(key)) return request.resourceTags === undefined;
    return derived.get(key) === undefined && !key.startsWith('aws:principaltag/');
  };
  const isStranger = (key: string) => acquaintance !== 'principal' && OF_THE_CALLER.test(key);
  return {
    context: { get: (key) => (isOpen(key) ? undefined : derived.get(key)) },
    isOpen,
    isOpenVariable: (key) => !isMultivalued(key) && isOpen(key),
    valuesOf(key, clauses) {
      const id = JSON.stringify([key, isStranger(key), who.kind, ...clauses.map(({ clause }) => clause)]);
      const known = key === 'aws:userid' ? undefined : found.get(id);
      if (known !== undefined) return known;
      const values =
        key === 'aws:userid' && request.caller.kind === 'role-session' && acquaintance === 'principal'
          ? idsOfSessions(request.caller.roleId, clauses, derived)
          : // Of a stranger's keys nothing is known but what is asked.
            valuesOfKey(
              isStranger(key) ? `?${key}` : key,
              clauses.map((clause) => ({ clause, context: derived })),
              who,
              BUDGET,
            );
      found.set(id, values);
      return values;
    },
  };
}

/** Where a session's own name is not told, the end of `aws:userid` is not; where an answer told no id, nothing of it. */
function hasOpenId({ caller }: AnyRequest): boolean {
  if (caller.kind === 'role-session') return caller.sessionName === '' || caller.roleId === '';
  return caller.kind === 'user' && caller.id === '';
}

function idsOfSessions(roleId: string, clauses: readonly CompiledClause[], context: RequestContext): KeyValues {
  const universe =
    roleId === '' ? universeOf('aws:userid', { kind: 'role-session' }) : [[...literal(`${roleId}:`), ...NAME]];
  const members = classMembers(
    clauses.flatMap((clause) => textPatterns(clause, context)),
    universe,
    BUDGET,
  );
  return { values: members?.map(({ text }) => text) ?? [], exact: members !== undefined };
}

function whoIs({ caller }: AnyRequest): Who {
  switch (caller.kind) {
    case 'user':
    case 'root':
      return { kind: 'user', account: caller.accountId, caller };
    case 'role-session':
    case 'federated-user':
      return { kind: 'role-session', account: caller.accountId, caller };
    case 'service':
      return { kind: 'service', caller };
    default:
      return { kind: 'anonymous', caller };
  }
}
