/** What a principal can do, and under which conditions. */
import type { AccountPrincipal, Estate } from '../account/account.ts';
import { callerOf, roleSession } from '../account/callers.ts';
import { policiesIn } from '../account/policies-in.ts';
import type { KnownActions } from '../analyse/actions.ts';
import { shrinkActions } from '../analyse/shrink.ts';
import { compileGlob, matchGlob } from '../glob.ts';
import type { AnyRequest, Caller } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { AccessCondition } from './condition.ts';
import { type FoundValues, knowledgeOf } from './knowledge.ts';
import { requestIn } from './question.ts';
import { ownPolicies, resourceClasses } from './resource-classes.ts';
import { type Term, termsFor } from './terms.ts';
import { whenAllowed } from './when-allowed.ts';

export interface WhatCanOptions {
  /** The actions that there are: of services that are not here nothing is said. */
  readonly actions: KnownActions;
  /** Condition keys that are known, as in a request. All others are open, save those of the principal and the resource. */
  readonly context?: AnyRequest['context'];
}

/** Actions on resources that are allowed under the same conditions. */
export interface Permission {
  /** Patterns: an action is meant that one of them matches, and none of `notActions`. */
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  /** Patterns of ARNs, as in a Resource element: a resource is meant that one of them matches … */
  readonly resources: readonly string[];
  /** … and each of these, … */
  readonly within?: readonly string[];
  /** … and none of these. */
  readonly notResources?: readonly string[];
  /** Every one must hold. */
  readonly conditions: readonly AccessCondition[];
}

export interface WhatCan {
  readonly permissions: readonly Permission[];
  /** Actions, as patterns, whose resources hang on the request's own keys, or have too many classes. */
  readonly notDecided: readonly string[];
}

/** Actions beside those of the policies that are told apart: rules of their own stand for them. */
const SPECIAL = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoot',
  'sts:GetCallerIdentity',
  'sts:GetFederationToken',
  'sts:GetSessionToken',
  'sts:SetSourceIdentity',
  'sts:TagSession',
  'iam:PassRole',
  'kms:*',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:ListBucketVersions',
];

/**
 * What a user or a role of the estate can do to resources of its account, to those of other accounts whose policies the estate has, and
 * to the estate's roles (assuming them). Sessions, known keys and conditions are as in `whoCan`; the same is answered for each action
 * and resource as there. Of an action that is asked on no resource what is said of any resource counts.
 */
export function whatCan(estate: Estate, principal: AccountPrincipal, options: WhatCanOptions): WhatCan {
  const caller = principal.kind === 'user' ? callerOf(principal) : roleSession(principal, '');
  const classes = actionClasses(policiesAbout(estate, caller), options.actions);
  const found: FoundValues = new Map();
  const rows = new Map<string, { readonly row: Row; readonly classes: Set<number> }>();
  const notDecided: string[] = [];
  for (const [at, { actions }] of classes.list.entries()) {
    const decided = rowsOf(estate, caller, actions, options, found);
    if (decided === undefined) notDecided.push(...actions);
    for (const row of decided ?? []) {
      const id = JSON.stringify(row);
      const same = rows.get(id);
      if (same === undefined) rows.set(id, { row, classes: new Set([at]) });
      else same.classes.add(at);
    }
  }
  const permissions = [...rows.values()].flatMap(({ row, classes: wanted }) =>
    termsFor(
      classes.list.map(({ bits }) => bits),
      wanted,
    ).map((term) => ({ ...named(term, classes, options.actions), ...row })),
  );
  return { permissions: joined(permissions), notDecided: shrinkActions(notDecided, options.actions) };
}

type Row = Omit<Permission, 'actions' | 'notActions'>;

/** Every policy that may say something of the caller's requests. */
function policiesAbout(estate: Estate, caller: Caller): readonly Policy[] {
  return [
    ...ownPolicies(estate, caller),
    ...estate.resourcePolicies.map(({ policy }) => policy),
    ...estate.accounts.flatMap(({ roles }) => roles.map(({ trust }) => trust.policy)),
  ];
}

/** Actions that no policy and no rule tells apart. */
interface ActionClasses {
  readonly patterns: readonly string[];
  readonly list: readonly { readonly bits: bigint; readonly actions: readonly string[] }[];
}

function actionClasses(policies: readonly Policy[], known: KnownActions): ActionClasses {
  const texts = policies.flatMap(({ statements }) => statements.flatMap(({ action }) => action.values));
  const patterns = [...new Map([...texts, ...SPECIAL].map((text) => [text.toLowerCase(), text])).values()];
  const globs = patterns.map((text) => compileGlob([{ pattern: text.toLowerCase() }], 'text'));
  const classes = new Map<bigint, string[]>();
  for (const [service, { actions }] of known) {
    for (const { name } of actions.values()) {
      const action = `${service}:${name}`;
      const lower = action.toLowerCase();
      const bits = globs.reduce((sum, glob, at) => (matchGlob(glob, lower) ? sum | (1n << BigInt(at)) : sum), 0n);
      const same = classes.get(bits);
      if (same === undefined) classes.set(bits, [action]);
      else same.push(action);
    }
  }
  return { patterns, list: [...classes].map(([bits, actions]) => ({ bits, actions })) };
}

/** Where the actions of a class are allowed, and when. Undefined: that is not known. */
function rowsOf(
  estate: Estate,
  caller: Caller,
  [action = '', ...more]: readonly string[],
  { context, actions: known }: WhatCanOptions,
  found: FoundValues,
): readonly Row[] | undefined {
  const question = { action, resource: '*', ...(context === undefined ? {} : { context }) };
  const knowledge = knowledgeOf(requestIn(estate, question, caller), 'principal', found);
  const services = [...new Set([action, ...more].flatMap((one) => servicesOfResources(one, known)))];
  const classes = resourceClasses(estate, action, services, caller, knowledge);
  if (classes === undefined) return undefined;
  const byWhen = new Map<string, { readonly conditions: readonly AccessCondition[]; readonly places: Set<number> }>();
  for (const [at, { resource }] of classes.list.entries()) {
    const request = requestIn(estate, { ...question, resource }, caller);
    const known = knowledgeOf(request, 'principal', found);
    const conditions = whenAllowed(request, policiesIn(estate, request), known);
    if (conditions === undefined) continue;
    const id = JSON.stringify(conditions);
    const same = byWhen.get(id);
    if (same === undefined) byWhen.set(id, { conditions, places: new Set([at]) });
    else same.places.add(at);
  }
  const bits = classes.list.map((one) => one.bits);
  const textsOf = (places: readonly number[]) => places.map((place) => classes.patterns[place] ?? '');
  return [...byWhen.values()].flatMap(({ conditions, places }) =>
    termsFor(bits, places).map(({ matching, except }): Row => {
      const [first = '*', ...within] = textsOf(matching);
      return {
        resources: [first],
        ...(within.length === 0 ? {} : { within }),
        ...(except.length === 0 ? {} : { notResources: textsOf(except) }),
        conditions,
      };
    }),
  );
}

/** The services in the ARNs of an action's resources; its own where it has none. */
function servicesOfResources(action: string, known: KnownActions): readonly string[] {
  const [service = '', name = ''] = action.split(':');
  const types = known.get(service)?.actions.get(name.toLowerCase())?.resourceTypes ?? [];
  const named = types.map(({ arn }) => arn.split(':')[2] ?? '').filter((text) => /^[a-z0-9-]+$/.test(text));
  return named.length === 0 ? [service] : named;
}

/** The actions of a term: by the pattern of a policy where one says it, else by patterns for exactly these. */
function named(
  { matching, except }: Term,
  { patterns, list }: ActionClasses,
  known: KnownActions,
): Pick<Permission, 'actions' | 'notActions'> {
  const has = (bits: bigint, at: number) => ((bits >> BigInt(at)) & 1n) === 1n;
  const [only, ...more] = matching;
  if (only !== undefined && more.length === 0 && except.length <= MOST_EXCEPTIONS) {
    const notActions = except.map((at) => patterns[at] ?? '').sort();
    return { actions: [patterns[only] ?? ''], ...(except.length === 0 ? {} : { notActions }) };
  }
  const meant = list.filter(({ bits }) => matching.every((at) => has(bits, at)) && !except.some((at) => has(bits, at)));
  return {
    actions: shrinkActions(
      meant.flatMap(({ actions }) => actions),
      known,
    ),
  };
}

/** Exceptions of a pattern of actions past which the actions themselves are easier to read. */
const MOST_EXCEPTIONS = 8;

/** Permissions that differ in their actions alone, or in their resources alone, made one. */
function joined(permissions: readonly Permission[]): readonly Permission[] {
  const byActions = join(permissions, 'actions', ({ notActions }) => notActions === undefined);
  return join(byActions, 'resources', () => true);
}

function join(
  permissions: readonly Permission[],
  part: 'actions' | 'resources',
  mayJoin: (permission: Permission) => boolean,
): readonly Permission[] {
  const found = new Map<string, Permission>();
  for (const permission of permissions) {
    const id = mayJoin(permission) ? JSON.stringify({ ...permission, [part]: [] }) : JSON.stringify(permission);
    const same = found.get(id);
    const values = [...new Set([...(same?.[part] ?? []), ...permission[part]])].sort();
    found.set(id, same === undefined ? permission : { ...same, [part]: values });
  }
  return [...found.values()];
}
