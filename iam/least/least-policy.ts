/** The least policy, in readable form, that allows recorded requests and nothing outside of an upper bound. */

import { replayIdentity } from '../analyse/replays.ts';
import { shrinkActions } from '../analyse/shrink.ts';
import type { AnyRequest } from '../model.ts';
import type { ConditionClause, Policy, Statement } from '../policy.ts';
import { charactersOf, type PolicySize, sizedPolicies } from './documents.ts';
import { type Group, groupRequests, statementOf, unfolded } from './statements.ts';
import { type Limits, UpperBound, type Within } from './within.ts';

export interface LeastPolicyOptions extends Limits {
  /** Identity policies beyond which nothing may be allowed. Absent: everything may be. */
  readonly upperBound?: readonly Policy[];
  /** From how many resources of one folder a pattern stands for them, `logs/*`. Absent: every resource is named. */
  readonly foldFrom?: number;
  /**
   * `patterns`: actions by `shrinkActions`, which takes `actions`; what AWS adds later may be among them. `names`, where absent: each
   * by its name.
   */
  readonly actionsAs?: 'names' | 'patterns';
  /** The quota that the documents keep to. `managed` where absent. */
  readonly size?: PolicySize;
}

/** A request that the policy does not allow, and why. */
export interface Uncovered {
  readonly request: AnyRequest;
  /**
   * `outside-bound`: the bound does not allow it. `only-in-part`: it does, and a statement for it would allow `witness` besides.
   * `not-decided`: whether a statement for it stays within the bound is not known within the budget. `not-grantable`: no identity
   * policy allows it.
   */
  readonly because: 'outside-bound' | 'only-in-part' | 'not-decided' | 'not-grantable';
  /** What a statement for it would allow beyond the bound. */
  readonly witness?: AnyRequest;
}

export interface LeastPolicy {
  /** One policy, several where the quota asks for it, none where nothing needs to be allowed. */
  readonly policies: readonly Policy[];
  /** Of each policy, as the quota counts them. */
  readonly characters: readonly number[];
  /** Whether IAM would take them: within the quotas. */
  readonly fits: boolean;
  readonly uncovered: readonly Uncovered[];
}

/**
 * Makes the policy. Statements are by service and action; each names the resources that were asked for, or patterns as far as
 * `foldFrom` and the bound allow. Where the bound allows only under conditions, or denies in part, its conditions and its Deny
 * statements are taken over, no others. What needs no permission gets none. Every request was decided against the policies, and the
 * policies were compared with the bound, before they are returned; a request that fits in no way is left out and said.
 */
export function leastPolicy(requests: readonly AnyRequest[], options: LeastPolicyOptions = {}): LeastPolicy {
  const bound = options.upperBound === undefined ? undefined : new UpperBound(options.upperBound, options);
  const needsNothing = replayIdentity([]);
  const asked = requests.filter((request) => !needsNothing(request));
  const outside = asked.filter((request) => bound?.allows(request) === false);
  const inside = asked.filter((request) => !outside.includes(request));
  const uncovered: Uncovered[] = outside.map((request) => ({ request, because: 'outside-bound' }));
  const allows: Group[] = [];
  const denies = new Set<Statement>();
  for (const group of groupRequests(inside, options.foldFrom)) {
    const fitted = accommodate(group, bound, options);
    allows.push(...fitted.groups);
    for (const deny of fitted.denies) denies.add(deny);
    uncovered.push(...fitted.uncovered);
  }
  const { policies, fits } = sizedPolicies([...allows.map(statementOf), ...denies], options.size ?? 'managed');
  const isAllowed = replayIdentity(policies);
  const left = new Set(uncovered.map(({ request }) => request));
  for (const request of asked) {
    if (!left.has(request) && !isAllowed(request)) uncovered.push({ request, because: 'not-grantable' });
  }
  return { policies, characters: policies.map(charactersOf), fits, uncovered };
}

interface Fitted {
  readonly groups: readonly Group[];
  readonly denies: readonly Statement[];
  readonly uncovered: readonly Uncovered[];
}

/** The group in the shortest form that stays within the bound; in parts, where it does not as a whole. */
function accommodate(group: Group, bound: UpperBound | undefined, options: LeastPolicyOptions): Fitted {
  const forms = formsOf(group, options);
  if (bound === undefined) return { groups: forms.slice(0, 1), denies: [], uncovered: [] };
  for (const form of forms) {
    for (const limited of [form, ...limitedForms(form, bound)]) {
      const within = bound.holds(statementOf(limited));
      if (within.kind === 'within') return { groups: [limited], denies: within.denies, uncovered: [] };
    }
  }
  const parts = partsOf(group);
  if (parts.length > 1) return joined(parts.map((part) => accommodate(part, bound, options)));
  const last = [unfolded(group), ...limitedForms(unfolded(group), bound)].map((limited) =>
    bound.holds(statementOf(limited)),
  );
  return { groups: [], denies: [], uncovered: group.requests.map((request) => leftOut(request, last)) };
}

function leftOut(request: AnyRequest, tried: readonly Within[]): Uncovered {
  const beyond = tried.find((within) => within.kind === 'beyond');
  return beyond === undefined
    ? { request, because: 'not-decided' }
    : { request, because: 'only-in-part', witness: beyond.witness };
}

/** As short as the options allow, and then plainer. */
function formsOf(group: Group, { actionsAs, actions }: LeastPolicyOptions): readonly Group[] {
  const named = unfolded(group);
  const plain = named.resources.length > group.resources.length ? [group, named] : [group];
  if (actionsAs !== 'patterns' || actions === undefined) return plain;
  const patterns = shrinkActions(group.actions, actions);
  const short = patterns.length < group.actions.length ? plain.map((form) => ({ ...form, actions: patterns })) : [];
  return [...short, ...plain];
}

/** The group under the conditions of each Allow of the bound that lets all of its requests in. */
function limitedForms(group: Group, bound: UpperBound): readonly Group[] {
  const [first, ...others] = group.requests.map((request) => bound.allowing(request));
  const shared = (first ?? []).filter((statement) => others.every((allowing) => allowing.includes(statement)));
  const conditions = new Map<string, readonly ConditionClause[]>();
  for (const statement of shared) conditions.set(JSON.stringify(statement.conditions), statement.conditions);
  return [...conditions.values()]
    .filter((clauses) => clauses.length > 0)
    .map((clauses) => ({ ...group, conditions: clauses }));
}

/** Resource by resource; a single one action by action, and those request by request. */
function partsOf(group: Group): readonly Group[] {
  const { resources, actions, requests } = unfolded(group);
  if (resources.length > 1) {
    return resources.map((resource) => ({
      ...group,
      resources: [resource],
      requests: requests.filter(({ resource: arn }) => resource.recorded.includes(arn)),
    }));
  }
  if (actions.length === 1) return requests.map((request) => ({ ...group, requests: [request] }));
  return actions.map((action) => ({
    ...group,
    actions: [action],
    requests: requests.filter((request) => request.action.toLowerCase() === action.toLowerCase()),
  }));
}

function joined(parts: readonly Fitted[]): Fitted {
  return {
    groups: merged(parts.flatMap(({ groups }) => groups)),
    denies: parts.flatMap(({ denies }) => denies),
    uncovered: parts.flatMap(({ uncovered }) => uncovered),
  };
}

/** Parts with the same actions and conditions in one statement again. */
function merged(groups: readonly Group[]): readonly Group[] {
  const byKind = new Map<string, Group>();
  for (const group of groups) {
    const id = JSON.stringify([group.actions, group.conditions]);
    const known = byKind.get(id);
    byKind.set(id, known === undefined ? group : union(known, group));
  }
  return [...byKind.values()];
}

function union(one: Group, two: Group): Group {
  const known = new Set(one.resources.map(({ pattern }) => pattern));
  return {
    ...one,
    resources: [...one.resources, ...two.resources.filter(({ pattern }) => !known.has(pattern))],
    requests: [...one.requests, ...two.requests],
  };
}
