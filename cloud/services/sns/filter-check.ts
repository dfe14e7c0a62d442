/** What a filter policy may be when it is saved (Amazon SNS Developer Guide, "Filter policy constraints in Amazon SNS"). */
import { parseCidr } from '../../../iam/conditions/ip-address.ts';
import type { AwsError } from '../../errors.ts';
import { invalidParameter } from './errors.ts';
import { type FilterPolicy, isAlternatives, isList, isObject } from './filter-policy.ts';

export type FilterScope = 'MessageAttributes' | 'MessageBody';

const mostNames = 5;
const mostCombinations = 150;
/** A policy of a message's body may be nested so deeply that nothing is left to tell; this many levels are read. */
const mostLevels = 20;

/** Reads a filter policy. @throws InvalidParameter */
export function checkFilterPolicy(text: string, scope: FilterScope): FilterPolicy {
  const policy = parsed(text);
  if (!isObject(policy)) throw refused('failed to parse JSON.');
  if (Object.keys(policy).length > mostNames) throw refused(`Filter policy can not have more than ${mostNames} keys`);
  if (combinations(policy, scope, 1) > mostCombinations) throw refused('Filter policy is too complex');
  return policy as FilterPolicy;
}

function refused(reason: string): AwsError {
  return invalidParameter(`FilterPolicy: ${reason}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The number of values times their depth, multiplied over all names; alternatives add up. */
function combinations(policy: Readonly<Record<string, unknown>>, scope: FilterScope, depth: number): number {
  if (depth > mostLevels) throw refused('Filter policy is too complex');
  let total = 1;
  for (const [name, rule] of Object.entries(policy)) {
    if (isAlternatives(name, rule)) {
      total *= rule.reduce((sum, alternative) => sum + combinations(alternative, scope, depth), 0);
    } else if (isObject(rule)) {
      if (scope === 'MessageAttributes') {
        throw invalidParameter('Filter policy scope MessageAttributes does not support nested filter policy');
      }
      total *= combinations(rule, scope, depth + 1);
    } else if (isList(rule)) {
      if (rule.length === 0) throw refused('Empty arrays are not allowed');
      for (const condition of rule) checkCondition(condition);
      total *= rule.length * depth;
    } else throw refused(`"${name}" must be an object or an array`);
  }
  return total;
}

function checkCondition(condition: unknown): void {
  if (isList(condition)) throw refused('Match value must be String, number, true, false, or null');
  if (!isObject(condition)) return;
  const [[operator = '', operand] = [], ...more] = Object.entries(condition);
  if (more.length > 0) throw refused('Only one key allowed in match expression');
  checkOperand(operator, operand);
}

function checkOperand(operator: string, operand: unknown): void {
  switch (operator) {
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
      if (typeof operand !== 'string') throw refused(`${operator} match pattern must be a string`);
      return;
    case 'cidr':
      if (typeof operand !== 'string' || !operand.includes('/') || parseCidr(operand) === undefined)
        throw refused("Malformed CIDR, one '/' required");
      return;
    case 'exists':
      if (typeof operand !== 'boolean') throw refused('exists match pattern must be either true or false.');
      return;
    case 'numeric':
      if (!isNumericRange(operand)) throw refused('Value of numeric must be an array of comparisons and numbers.');
      return;
    case 'anything-but':
      checkAnythingBut(operand);
      return;
    default:
      throw refused(`Unrecognized match type ${operator}`);
  }
}

const comparisons: readonly unknown[] = ['=', '<', '<=', '>', '>='];

function isNumericRange(operand: unknown): boolean {
  return (
    isList(operand) &&
    (operand.length === 2 || operand.length === 4) &&
    operand.every((part, i) => (i % 2 === 0 ? comparisons.includes(part) : typeof part === 'number'))
  );
}

function checkAnythingBut(operand: unknown): void {
  if (isObject(operand)) {
    const [[operator, text] = [], ...more] = Object.entries(operand);
    const isKnown =
      operator === 'prefix' || operator === 'suffix' || operator === 'equals-ignore-case' || operator === 'wildcard';
    if (!isKnown || more.length > 0) throw refused('Unsupported anything-but pattern');
    for (const one of [text].flat()) checkOperand(operator, one);
    return;
  }
  const values = [operand].flat();
  if (values.length === 0 || !values.every((value) => typeof value === 'string' || typeof value === 'number')) {
    throw refused('anything-but must be a string, a number, or a list of them');
  }
}
