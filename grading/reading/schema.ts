/**
 * Holds data against one of the file schemas and says each fault in an author’s words: which field, what is wrong, what
 * would be right. It reads the JSON Schema keywords that the file schemas use; a test compares its verdicts with TypeBox’s.
 */
import type { TSchema } from 'typebox';
import type { Path } from './document.ts';

/** A fault of the data against the schema. */
export interface Fault {
  readonly kind: 'missing' | 'unknown' | 'wrong';
  /** For `missing` and `unknown` the path of the key. */
  readonly path: Path;
  readonly message: string;
}

/** The keywords that the file schemas use. */
interface Rules {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Rules[];
  readonly properties?: Readonly<Record<string, Rules>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly patternProperties?: Readonly<Record<string, Rules>>;
  readonly items?: Rules;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** Every fault of `value`, in the order of the file’s fields. */
export function faultsOf(schema: TSchema, value: unknown): readonly Fault[] {
  return faults(schema as Rules, value, []);
}

function faults(rules: Rules, value: unknown, path: Path): readonly Fault[] {
  if (rules.anyOf !== undefined) return unionFaults(rules, rules.anyOf, value, path);
  if ('const' in rules) return value === rules.const ? [] : [wrong(rules, value, path)];
  switch (rules.type) {
    case 'object':
      return isRecord(value) ? objectFaults(rules, value, path) : [wrong(rules, value, path)];
    case 'array':
      return Array.isArray(value) ? arrayFaults(rules, value, path) : [wrong(rules, value, path)];
    case 'string':
      return typeof value === 'string' ? stringFaults(rules, value, path) : [wrong(rules, value, path)];
    case 'integer':
    case 'number':
      return numberFaults(rules, value, path);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrong(rules, value, path)];
    default:
      return [];
  }
}

function objectFaults(rules: Rules, value: Readonly<Record<string, unknown>>, path: Path): readonly Fault[] {
  const properties = rules.properties ?? {};
  const found: Fault[] = [];
  for (const name of rules.required ?? []) {
    if (value[name] !== undefined) continue;
    const what = properties[name]?.description;
    const message = `${name} is missing${what === undefined ? '' : `: it takes ${what}`}.`;
    found.push({ kind: 'missing', path: [...path, name], message });
  }
  for (const [name, member] of Object.entries(value)) {
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (inner !== undefined) {
      if (member !== undefined) found.push(...faults(inner, member, [...path, name]));
      continue;
    }
    const byPattern = Object.entries(rules.patternProperties ?? {}).find(([pattern]) => new RegExp(pattern).test(name));
    if (byPattern !== undefined) found.push(...faults(byPattern[1], member, [...path, name]));
    else if (rules.patternProperties !== undefined || rules.additionalProperties === false) {
      found.push(unknown(rules, name, path));
    }
  }
  return found;
}

function unknown(rules: Rules, name: string, path: Path): Fault {
  const known = Object.keys(rules.properties ?? {});
  const patterns = Object.keys(rules.patternProperties ?? {});
  const right =
    patterns.length > 0
      ? `a name here looks like ${patterns.join(' or ')}${rules.description === undefined ? '' : ` (${rules.description})`}`
      : known.length > 0
        ? `the fields here are ${known.join(', ')}`
        : 'there is no field here';
  return { kind: 'unknown', path: [...path, name], message: `${name} is no field of this: ${right}.` };
}

function arrayFaults(rules: Rules, value: readonly unknown[], path: Path): readonly Fault[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = rules;
  if (value.length < minItems) return [short(path, `has ${count(value.length)}; it needs at least ${minItems}`)];
  if (value.length > maxItems) return [short(path, `has ${count(value.length)}; it takes at most ${maxItems}`)];
  const { items } = rules;
  return items === undefined ? [] : value.flatMap((item, index) => faults(items, item, [...path, index]));
}

function stringFaults(rules: Rules, value: string, path: Path): readonly Fault[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = rules;
  if (value.length < minLength && value.length === 0) return [short(path, 'is empty')];
  if (value.length < minLength) return [short(path, `is shorter than ${minLength} characters`)];
  if (value.length > maxLength) {
    return [short(path, `has ${value.length} characters; it takes at most ${maxLength}`)];
  }
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return [wrong(rules, value, path)];
  return [];
}

function numberFaults(rules: Rules, value: unknown, path: Path): readonly Fault[] {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = rules;
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (rules.type === 'number' || Number.isInteger(value)) &&
    value >= minimum &&
    value <= maximum;
  return fits ? [] : [wrong(rules, value, path)];
}

/**
 * Of several forms the one that the author most likely meant: none of its faults says that the value is of another type,
 * and the fewest lie at the value itself. Where no form stands out, what is expected is said as a whole.
 */
function unionFaults(rules: Rules, forms: readonly Rules[], value: unknown, path: Path): readonly Fault[] {
  const tried = forms.map((form) => ({ form, found: faults(form, value, path) }));
  if (tried.some(({ found }) => found.length === 0)) return [];
  const meant = tried.filter(({ form }) => form.type !== undefined && form.type === typeOf(value));
  const distance = (found: readonly Fault[]) => found.filter((fault) => isAt(fault, path)).length;
  const [best, second] = meant.toSorted((a, b) => distance(a.found) - distance(b.found));
  if (best === undefined) return [wrong(rules, value, path)];
  const standsOut = second === undefined || distance(best.found) < distance(second.found);
  return standsOut ? best.found : [wrong(rules, value, path)];
}

function isAt(fault: Fault, path: Path): boolean {
  return fault.path.length <= path.length + (fault.kind === 'wrong' ? 0 : 1);
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return isRecord(value) ? 'object' : typeof value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function short(path: Path, message: string): Fault {
  return { kind: 'wrong', path, message: `${nameOf(path)} ${message}.` };
}

function wrong(rules: Rules, value: unknown, path: Path): Fault {
  const right =
    rules.description ?? (rules.type === undefined ? `"${String(rules.const)}"` : `a value of type ${rules.type}`);
  return { kind: 'wrong', path, message: `${nameOf(path)} is ${shown(value)}; it takes ${right}.` };
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  return typeof last === 'number' ? `entry ${last + 1} of ${String(path.at(-2) ?? 'the list')}` : last;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return `a mapping of ${Object.keys(value).join(', ') || 'nothing'}`;
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

function count(items: number): string {
  return items === 1 ? '1 entry' : `${items} entries`;
}
