/** Questions about all requests of a principal, put to the analysis of the policy engine. */
import { globalContext } from '../cloud/permissions/context.ts';
import type { World } from '../cloud/world.ts';
import { type Bound, compareAccess, type HeldKeys, type Side } from '../iam/analyse/access.ts';
import type { AnyRequest } from '../iam/model.ts';
import { parsePolicy } from '../iam/parse.ts';
import type { Policy } from '../iam/policy.ts';
import type { Access } from './checks.ts';
import { type KnownActions, knownActions } from './known-actions.ts';
import { clockOf, type Platform, platformRequest } from './requests.ts';

/** What a question is about. */
export interface Question {
  /** Of the requests' condition keys; every one is open where absent. */
  readonly keys?: HeldKeys;
  /** The actions that it is about, all of them where absent. */
  readonly actions?: KnownActions;
}

/**
 * A request that the one side allows and the other does not; undefined where there is none.
 * @throws Error where it is not known within the budget: the check could not be graded.
 */
export function firstBeyond(side: Side, limit: Side, question: Question = {}): AnyRequest | undefined {
  const options = { actions: knownActions(), questions: ['aInB'] as const, ...question };
  const { aInB, witnessA } = compareAccess(side, limit, options);
  if (aInB === 'unknown') throw new Error('The policies are too many to decide this for all requests.');
  return witnessA;
}

/** Every request for these actions on these resources; `everything else`: every one that is not. */
export function requestsFor(
  actions: readonly string[],
  resources: readonly string[],
  which: 'these' | 'everything else',
): Bound {
  const these = { Action: actions, Resource: resources };
  if (which === 'these') return boundOf([{ Effect: 'Allow', ...these }]);
  return boundOf([
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', ...these },
  ]);
}

/**
 * Statements of a check as the requests that they allow.
 * @throws Error where they are no policy; the challenge’s reader says so before.
 */
export function boundOf(statements: readonly object[]): Bound {
  return { bound: statements.length === 0 ? [] : [policyOf(statements)] };
}

function policyOf(statements: readonly object[]): Policy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'identity');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return parsed.policy;
}

/** Services of which the region of a request differs: a pattern for actions of any service leaves the region open. */
const REGION = 'aws:RequestedRegion';
/** These follow from the resource. */
const DERIVED: ReadonlySet<string> = new Set(['aws:ResourceAccount']);

/**
 * The condition keys of an ordinary request for one of the actions, with those that a check gives. `any` leaves a key open, as do
 * `opened`: keys that the check's own statements ask for.
 */
export function ordinaryKeys(
  actions: readonly string[],
  when: NonNullable<Access['when']>,
  { world, platform, opened = [] }: { world: World; platform: Platform; opened?: readonly string[] },
): HeldKeys {
  const services = new Set(actions.map((action) => (action.includes(':') ? action.slice(0, action.indexOf(':')) : '')));
  const [service = ''] = services;
  const request = platformRequest(world);
  const given = Object.entries(when);
  const open = new Set([...opened, ...given.filter(([, value]) => value === 'any').map(([key]) => key)]);
  const values: Record<string, string | readonly string[]> = {};
  const settled = [...given.map(([key]) => key), ...open].map((key) => key.toLowerCase());
  const usual = globalContext(request, `${service}:`, world.primaryAccountId, clockOf(world, platform));
  for (const [key, value] of Object.entries(usual)) {
    if (DERIVED.has(key) || settled.includes(key.toLowerCase())) continue;
    if (key === REGION && (services.size !== 1 || service === '')) open.add(key);
    else values[key] = value;
  }
  for (const [key, value] of given) {
    if (value !== 'any') values[key] = Array.isArray(value) ? value.map(String) : String(value);
  }
  return { values, open: [...open] };
}
