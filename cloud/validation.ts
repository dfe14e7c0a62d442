/**
 * What AWS's front ends check of an input before an operation sees it: required members, lengths, patterns, ranges and
 * enumerations, from the tables of constraints.ts.
 */
import { type ConstraintTable, constraintsOf, type ShapeConstraints, type Wording } from './constraints.ts';
import { AwsError } from './errors.ts';
import { own } from './own.ts';

/** What is wrong with an input. */
export interface InvalidInput {
  readonly error: AwsError;
  /** Whether a required member is missing: then not even the resource may be known. */
  readonly incomplete: boolean;
}

interface Violation {
  readonly path: string;
  readonly value: unknown;
  readonly constraint: string;
}

/** Checks a decoded input against its operation's constraints. The error lists every violation, as AWS does. */
export function checkInput(
  service: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): InvalidInput | undefined {
  const rules = constraintsOf(service);
  const shape = rules && own(rules.table.operations, operation);
  if (rules === undefined || shape === undefined) return undefined;
  const violations: Violation[] = [];
  check(rules.table, shape, input, '', violations);
  if (violations.length === 0) return undefined;
  return {
    error: new AwsError(rules.code, message(rules.wording, violations), { status: 400 }),
    incomplete: violations.some((violation) => violation.value === undefined),
  };
}

function check(table: ConstraintTable, shape: string, value: unknown, path: string, found: Violation[]): void {
  const limits = table.shapes[shape];
  if (limits === undefined) return;
  if (typeof value === 'string') checkString(limits, value, path, found);
  else if (typeof value === 'number') checkNumber(limits, value, path, found);
  else if (Array.isArray(value)) {
    checkLength(limits, value.length, value, path, found);
    const { item } = limits;
    if (item === undefined) return;
    for (const [i, member] of value.entries()) check(table, item, member, `${path}.${i + 1}.member`, found);
  } else if (limits.key !== undefined || limits.value !== undefined) {
    checkMap(table, limits, value as Readonly<Record<string, unknown>>, path, found);
  } else if (typeof value === 'object' && value !== null && (limits.members || limits.required)) {
    checkStructure(table, limits, value as Readonly<Record<string, unknown>>, path, found);
  }
}

function checkStructure(
  table: ConstraintTable,
  limits: ShapeConstraints,
  value: Readonly<Record<string, unknown>>,
  path: string,
  found: Violation[],
): void {
  for (const name of limits.required ?? []) {
    if (value[name] === undefined || value[name] === null) {
      found.push({ path: join(path, name), value: undefined, constraint: 'Member must not be null' });
    }
  }
  for (const [name, shape] of Object.entries(limits.members ?? {})) {
    const member = value[name];
    if (member !== undefined && member !== null) check(table, shape, member, join(path, name), found);
  }
}

function checkMap(
  table: ConstraintTable,
  limits: ShapeConstraints,
  value: Readonly<Record<string, unknown>>,
  path: string,
  found: Violation[],
): void {
  const entries = Object.entries(value);
  checkLength(limits, entries.length, value, path, found);
  for (const [key, member] of entries) {
    if (limits.key !== undefined) check(table, limits.key, key, path, found);
    if (limits.value !== undefined) check(table, limits.value, member, `${path}.${key}.member`, found);
  }
}

function checkString(limits: ShapeConstraints, value: string, path: string, found: Violation[]): void {
  if (limits.enum !== undefined && !limits.enum.includes(value)) {
    found.push({ path, value, constraint: `Member must satisfy enum value set: [${limits.enum.join(', ')}]` });
  }
  // A value that is too long is not put to the pattern: the length alone is fault enough, and bounds the work.
  const short = checkLength(limits, value.length, value, path, found);
  if (short && limits.pattern !== undefined && isMatch(limits.pattern, value) === false) {
    found.push({ path, value, constraint: `${patternConstraint}${limits.pattern}` });
  }
}

const patternConstraint = 'Member must satisfy regular expression pattern: ';

/** Adds the violations of a length; answers whether the value is not too long. */
function checkLength(
  limits: ShapeConstraints,
  length: number,
  value: unknown,
  path: string,
  found: Violation[],
): boolean {
  const { min, max } = limits;
  if (max !== undefined && length > max) {
    found.push({ path, value, constraint: `Member must have length less than or equal to ${max}` });
    return false;
  }
  if (min !== undefined && length < min) {
    found.push({ path, value, constraint: `Member must have length greater than or equal to ${min}` });
  }
  return true;
}

function checkNumber(limits: ShapeConstraints, value: number, path: string, found: Violation[]): void {
  const { min, max } = limits;
  if (max !== undefined && value > max) {
    found.push({ path, value, constraint: `Member must have value less than or equal to ${max}` });
  }
  if (min !== undefined && value < min) {
    found.push({ path, value, constraint: `Member must have value greater than or equal to ${min}` });
  }
}

const compiled = new Map<string, RegExp | undefined>();

/** Whether the whole value matches; undefined where the pattern is one that JavaScript cannot read. */
function isMatch(pattern: string, value: string): boolean | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern)?.test(value);
}

function compile(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {
      // Java's syntax is wider: without the flag, escapes that it alone knows are read as themselves.
    }
  }
  return undefined;
}

/** IAM words two faults in its own way, and then names nothing else. */
const iamTexts: Readonly<Record<string, string>> = {
  '[\\w+=,.@-]+': 'It must contain only alphanumeric characters and/or the following: +=,.@_-',
  '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)':
    'It must begin and end with / and contain only alphanumeric characters and/or / characters.',
};

function message(wording: Wording, violations: readonly Violation[]): string {
  const [first] = violations;
  if (wording.startsWith('missing-parameter') && first?.value === undefined) {
    const name = first === undefined ? '' : first.path.charAt(0).toUpperCase() + first.path.slice(1);
    return `The request must contain the parameter ${name}${wording === 'missing-parameter.' ? '.' : ''}`;
  }
  if (wording === 'iam' && violations.length === 1) {
    const [only] = violations;
    const text = only?.constraint.startsWith(patternConstraint)
      ? iamTexts[only.constraint.slice(patternConstraint.length)]
      : undefined;
    if (only !== undefined && text !== undefined) return `The specified value for ${only.path} is invalid. ${text}`;
  }
  const count = violations.length;
  const listed = violations.map(
    ({ path, value, constraint }) =>
      `Value ${value === undefined ? 'null' : `'${shown(value)}'`} at '${path}' failed to satisfy constraint: ${constraint}`,
  );
  return `${count} validation error${count === 1 ? '' : 's'} detected: ${listed.join('; ')}`;
}

/** A value as AWS's (Java) front ends print it. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${name}=${shown(member)}`);
    return `{${members.join(', ')}}`;
  }
  return String(value);
}

function join(path: string, name: string): string {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return path === '' ? member : `${path}.${member}`;
}
