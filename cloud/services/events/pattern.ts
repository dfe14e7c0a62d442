/**
 * Event patterns: what an event must be like for a rule. Amazon EventBridge User Guide, "Creating Amazon EventBridge event patterns".
 */
import { own } from '../../own.ts';
import { badPattern } from './errors.ts';
import { eventsLimits } from './limits.ts';
import { type FieldTest, readFieldTest } from './value-tests.ts';

/** A pattern as it was read. */
export interface EventPattern {
  /** All must hold. */
  readonly fields: readonly { readonly name: string; readonly rule: FieldRule }[];
  /** Of each one must hold. */
  readonly choices: readonly (readonly EventPattern[])[];
}

type FieldRule =
  | { readonly kind: 'within'; readonly pattern: EventPattern }
  | { readonly kind: 'one-of'; readonly tests: readonly FieldTest[] };

const capacity = 1_000;
const patterns = new Map<string, EventPattern>();

/** How deeply patterns are nested at most. */
const deepest = 30;

/** A pattern; each text is read once. @throws InvalidEventPatternException */
export function readPattern(text: string): EventPattern {
  const known = patterns.get(text);
  if (known !== undefined) return known;
  if (text.length > eventsLimits.patternCharacters) throw badPattern('Event pattern is too long');
  const pattern = patternOf(parsed(text), 0);
  if (patterns.size >= capacity) patterns.clear();
  patterns.set(text, pattern);
  return pattern;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badPattern('Invalid JSON');
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function patternOf(json: unknown, depth: number): EventPattern {
  if (!isObject(json)) throw badPattern('Filter is not an object');
  const entries = Object.entries(json);
  if (entries.length === 0) throw badPattern('Empty objects are not allowed');
  if (depth > deepest) throw badPattern('Event pattern is nested too deeply');
  const choices = entries.flatMap(([name, value]) => (name === '$or' ? [choiceOf(value, depth)] : []));
  const fields = entries
    .filter(([name]) => name !== '$or')
    .map(([name, value]) => ({ name, rule: ruleOf(name, value, depth) }));
  return { fields, choices };
}

function choiceOf(value: unknown, depth: number): readonly EventPattern[] {
  if (!Array.isArray(value)) throw badPattern('"$or" must be an array of objects');
  if (value.length < 2) throw badPattern('There must have at least 2 Objects in "$or"');
  return value.map((one) => patternOf(one, depth + 1));
}

function ruleOf(name: string, value: unknown, depth: number): FieldRule {
  if (isObject(value)) return { kind: 'within', pattern: patternOf(value, depth + 1) };
  if (!Array.isArray(value)) throw badPattern(`"${name}" must be an object or an array`);
  if (value.length === 0) throw badPattern('Empty arrays are not allowed');
  return { kind: 'one-of', tests: value.map(readFieldTest) };
}

/** Whether an event is as a pattern says. */
export function meetsPattern(pattern: EventPattern, event: unknown): boolean {
  // Of a list of objects one must hold to all of it.
  if (Array.isArray(event)) return event.some((item) => meetsPattern(pattern, item));
  const held = isObject(event) ? event : {};
  return (
    pattern.fields.every(({ name, rule }) => meetsRule(rule, own(held, name))) &&
    pattern.choices.every((choice) => choice.some((one) => meetsPattern(one, event)))
  );
}

function meetsRule(rule: FieldRule, value: unknown): boolean {
  if (rule.kind === 'within') return meetsPattern(rule.pattern, value);
  return rule.tests.some((test) => meetsTest(test, value));
}

/** A field with an object is none that could be compared: it is there by its members only. */
function meetsTest(test: FieldTest, value: unknown): boolean {
  if (test.kind === 'exists') return (value !== undefined && !isObject(value)) === test.wanted;
  if (value === undefined || isObject(value)) return false;
  return Array.isArray(value) ? value.some(test.holds) : test.holds(value);
}

/** The plain texts that a pattern asks of a field, by its path; empty where it asks none, or by matchers. */
export function textsAskedOf(text: string, path: readonly string[]): readonly string[] {
  let value: unknown = parsed(text);
  for (const name of path) value = isObject(value) ? own(value, name) : undefined;
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
