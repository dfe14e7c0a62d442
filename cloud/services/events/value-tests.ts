/**
 * The tests that an event pattern holds a value to: plain values, and the matchers `prefix`, `suffix`, `equals-ignore-case`, `wildcard`,
 * `numeric`, `cidr`, `anything-but` and `exists`. Amazon EventBridge User Guide, "Comparison operators for use in event patterns".
 */
import { parseIpAddress } from '../../../iam/conditions/ip-address.ts';
import { badPattern } from './errors.ts';

/** Of a field: whether it is there, or what one of its values must be like. */
export type FieldTest =
  | { readonly kind: 'exists'; readonly wanted: boolean }
  | { readonly kind: 'value'; readonly holds: (value: unknown) => boolean };

type Holds = (value: unknown) => boolean;

/** One item of a field's list. @throws InvalidEventPatternException */
export function readFieldTest(item: unknown): FieldTest {
  if (typeof item !== 'object' || item === null) return { kind: 'value', holds: equals(item) };
  if (Array.isArray(item)) throw badPattern('Match value must be String, number, true, false, or null');
  const [entry, ...more] = Object.entries(item);
  if (entry === undefined) throw badPattern('Empty objects are not allowed');
  if (more.length > 0) throw badPattern('Only one key allowed in match expression');
  const [matcher, value] = entry;
  if (matcher === 'exists') {
    if (typeof value !== 'boolean') throw badPattern('exists match pattern must be either true or false.');
    return { kind: 'exists', wanted: value };
  }
  return { kind: 'value', holds: readMatcher(matcher, value) };
}

function equals(wanted: unknown): Holds {
  return (value) => value === wanted;
}

function readMatcher(matcher: string, value: unknown): Holds {
  switch (matcher) {
    case 'prefix':
    case 'suffix':
      return affix(matcher, value);
    case 'equals-ignore-case':
      return ignoringCase(textOf(matcher, value));
    case 'wildcard':
      return wildcard(textOf(matcher, value));
    case 'numeric':
      return numeric(value);
    case 'cidr':
      return cidr(textOf(matcher, value));
    case 'anything-but':
      return anythingBut(value);
    default:
      throw badPattern(`Unrecognized match type ${matcher}`);
  }
}

function textOf(matcher: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw badPattern(`${matcher} match pattern must be a string`);
}

/** A text, or `{"equals-ignore-case": text}`. */
function affix(matcher: 'prefix' | 'suffix', value: unknown): Holds {
  const isLoose = typeof value === 'object' && value !== null && 'equals-ignore-case' in value;
  const wanted = textOf(matcher, isLoose ? value['equals-ignore-case'] : value);
  const shown = (text: string) => (isLoose ? text.toLowerCase() : text);
  return ofTexts((text) =>
    matcher === 'prefix' ? shown(text).startsWith(shown(wanted)) : shown(text).endsWith(shown(wanted)),
  );
}

function ofTexts(holds: (text: string) => boolean): Holds {
  return (value) => typeof value === 'string' && holds(value);
}

function ignoringCase(wanted: string): Holds {
  return ofTexts((text) => text.toLowerCase() === wanted.toLowerCase());
}

/** `*` stands for any text; `\*` and `\\` for themselves. */
function wildcard(pattern: string): Holds {
  const pieces: string[] = [''];
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (letter === '*') {
      if (next === '*') throw badPattern(`Consecutive wildcard characters at pos ${at}`);
      pieces.push('');
      continue;
    }
    if (letter === '\\') {
      if (next !== '*' && next !== '\\') throw badPattern(`Invalid escape character at pos ${at}`);
      at += 1;
    }
    pieces[pieces.length - 1] += letter === '\\' ? next : letter;
  }
  return ofTexts((text) => hasPieces(text, pieces));
}

/** Whether a text is these pieces with anything between them: each is looked for as early as it can be, so no time is lost on trying. */
function hasPieces(text: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

/** The largest number that ranges compare. */
const LARGEST = 5_000_000_000;

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** `["=", 5]`, `[">", 0, "<=", 5]`. */
function numeric(value: unknown): Holds {
  if (!Array.isArray(value)) throw badPattern('Value of numeric must be an array.');
  if (value.length !== 2 && value.length !== 4)
    throw badPattern('Invalid member in numeric match: wrong number of items');
  const bounds: { holds: (a: number, b: number) => boolean; bound: number }[] = [];
  for (let at = 0; at < value.length; at += 2) {
    const [operator, bound] = [String(value[at]), value[at + 1] as unknown];
    const holds = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
    if (holds === undefined) throw badPattern(`Unrecognized numeric range operator: ${operator}`);
    if (typeof bound !== 'number') throw badPattern(`Value of ${operator} must be numeric`);
    if (Math.abs(bound) > LARGEST) throw badPattern(`Value must be between -5.0E9 and 5.0E9, inclusive`);
    bounds.push({ holds, bound });
  }
  const [first, second] = [value[0], value[2]] as readonly unknown[];
  if (second !== undefined && !(String(first).startsWith('>') && String(second).startsWith('<'))) {
    throw badPattern(`Bad numeric range operator: ${String(second)}`);
  }
  return (number) => typeof number === 'number' && bounds.every(({ holds, bound }) => holds(number, bound));
}

function cidr(text: string): Holds {
  const [address = '', length, ...more] = text.split('/');
  if (length === undefined || more.length > 0) throw badPattern("Malformed CIDR, one '/' required");
  const base = parseIpAddress(address);
  if (base === undefined) throw badPattern(`Nonstandard IP address: ${address}`);
  const bits = Number(length);
  if (!/^\d{1,3}$/.test(length) || bits > base.length * 8)
    throw badPattern('Malformed CIDR, mask bits must be an integer');
  return ofTexts((value) => {
    const bytes = parseIpAddress(value);
    return (
      bytes?.length === base.length &&
      base.every((byte, at) => masked(byte, at, bits) === masked(bytes[at] ?? -1, at, bits))
    );
  });
}

/** The part of an address's byte that lies within the mask. */
function masked(byte: number, at: number, bits: number): number {
  const kept = Math.max(0, Math.min(8, bits - at * 8));
  return byte & (0xff << (8 - kept)) & 0xff;
}

const INSIDE = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

/** A value, several of one kind, or a matcher with one or several texts: the field is there, and none of them holds. */
function anythingBut(value: unknown): Holds {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const [entry, ...more] = Object.entries(value);
    if (entry === undefined || more.length > 0) throw badPattern('Only one key allowed in match expression');
    const [matcher, wanted] = entry;
    if (!INSIDE.includes(matcher)) throw badPattern(`Unsupported anything-but pattern: ${matcher}`);
    const tests = listOf(wanted).map((text) => readMatcher(matcher, text));
    return (held) => !tests.some((holds) => holds(held));
  }
  const values = listOf(value);
  const kinds = new Set(values.map((one) => typeof one));
  if (kinds.size > 1) {
    throw badPattern('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  if (!['string', 'number'].includes([...kinds][0] ?? '')) {
    throw badPattern('Value of anything-but must be an array or single string/number value.');
  }
  return (held) => !values.includes(held);
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [value];
  if (value.length === 0) throw badPattern('Empty arrays are not allowed');
  return value;
}
