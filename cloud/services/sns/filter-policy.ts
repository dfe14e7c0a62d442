/**
 * Filter policies: which messages a subscription takes. Amazon SNS Developer Guide, "Amazon SNS subscription filter policies": each name must
 * have a value that meets one of its conditions; of `$or` one alternative must be met.
 */
import { parseCidr, parseIpAddress } from '../../../iam/conditions/ip-address.ts';

/** A value that conditions are held against. */
export type FilterValue = string | number | boolean | null;

/** The values of a message by name; a name that is absent has none. Nested names lead to values of their own. */
export type FilterSubject = { readonly [name: string]: readonly FilterValue[] | readonly FilterSubject[] };

export type FilterPolicy = { readonly [name: string]: FilterPolicy | readonly unknown[] };

/** Whether a message meets a filter policy that `checkFilterPolicy` has let through. */
export function meetsFilter(policy: FilterPolicy, subject: FilterSubject): boolean {
  return Object.entries(policy).every(([name, rule]) => {
    if (isAlternatives(name, rule)) return rule.some((alternative) => meetsFilter(alternative, subject));
    const found = Object.hasOwn(subject, name) ? subject[name] : undefined;
    if (!isList(rule)) return (found ?? [{}]).some((inner) => isSubject(inner) && meetsFilter(rule, inner));
    const values = (found ?? []).filter((value): value is FilterValue => !isSubject(value));
    return rule.some((condition) => meetsCondition(condition, values));
  });
}

/** `$or` over two objects or more; with anything else it is a name like another. */
export function isAlternatives(name: string, rule: unknown): rule is readonly FilterPolicy[] {
  return name === '$or' && isList(rule) && rule.length > 1 && rule.every(isObject);
}

function meetsCondition(condition: unknown, values: readonly FilterValue[]): boolean {
  if (!isObject(condition)) return values.some((value) => value === condition);
  const [[operator, operand] = []] = Object.entries(condition);
  if (operator === 'exists') return values.length > 0 === (operand === true);
  return values.some((value) => meetsOperator(operator ?? '', operand, value));
}

function meetsOperator(operator: string, operand: unknown, value: FilterValue): boolean {
  switch (operator) {
    case 'anything-but':
      return meetsAnythingBut(operand, value);
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(operand));
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(operand));
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase();
    case 'wildcard':
      return typeof value === 'string' && wildcard(String(operand)).test(value);
    case 'numeric':
      return typeof value === 'number' && isList(operand) && meetsNumeric(operand, value);
    case 'cidr':
      return typeof value === 'string' && isWithin(value, String(operand));
    default:
      return false;
  }
}

function meetsAnythingBut(operand: unknown, value: FilterValue): boolean {
  if (isObject(operand)) {
    const [[operator, refused] = []] = Object.entries(operand);
    return ![refused].flat().some((text) => meetsOperator(operator ?? '', text, value));
  }
  return ![operand].flat().includes(value);
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}$`);
}

/** Pairs of a comparison and a number: `[">", 0, "<=", 150]`. */
function meetsNumeric(operand: readonly unknown[], value: number): boolean {
  for (let i = 0; i + 1 < operand.length; i += 2) {
    const bound = Number(operand[i + 1]);
    if (!compares(String(operand[i]), value, bound)) return false;
  }
  return true;
}

function compares(comparison: string, value: number, bound: number): boolean {
  switch (comparison) {
    case '=':
      return value === bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      return false;
  }
}

function isWithin(address: string, block: string): boolean {
  const bytes = parseIpAddress(address);
  const range = parseCidr(block);
  if (bytes === undefined || range === undefined || bytes.length !== range.bytes.length) return false;
  for (let bit = 0; bit < range.bits; bit += 1) {
    const mask = 0x80 >> (bit % 8);
    const index = bit >> 3;
    if (((bytes[index] ?? 0) & mask) !== ((range.bytes[index] ?? 0) & mask)) return false;
  }
  return true;
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSubject(value: unknown): value is FilterSubject {
  return isObject(value);
}
