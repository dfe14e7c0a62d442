/**
 * Values of a document's parameters, and the places in it where they go: `{{ name }}`. A value is put in once and never read again: what
 * looks like a placeholder in it stays text.
 */
import { own } from '../../../own.ts';
import { compileAllowedPattern } from '../allowed-pattern.ts';
import { isList, isMap, type Json, type ParameterDefinition } from './content.ts';

/** As requests give them: a list of texts for each parameter, also for one that takes a single text. */
export type GivenValues = Readonly<Record<string, readonly string[]>>;

export type ReadValues =
  | { readonly kind: 'ok'; readonly values: ReadonlyMap<string, Json> }
  | {
      readonly kind: 'invalid';
      readonly problem: 'unknown' | 'missing' | 'value';
      readonly names: readonly string[];
    };

/** The values that a document runs with, defaults filled in. */
export function readValues(definitions: readonly ParameterDefinition[], given: GivenValues): ReadValues {
  const known = new Set(definitions.map(({ name }) => name));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  if (unknown.length > 0) return { kind: 'invalid', problem: 'unknown', names: unknown };
  const values = new Map<string, Json>();
  const missing: string[] = [];
  const wrong: string[] = [];
  for (const definition of definitions) {
    const { name, defaultValue } = definition;
    const texts = own(given, name);
    if (texts === undefined) {
      if (defaultValue === undefined) missing.push(name);
      else values.set(name, defaultValue);
      continue;
    }
    const value = typedValue(definition, texts);
    if (value === undefined || !isAllowed(definition, value)) wrong.push(name);
    else values.set(name, value);
  }
  if (missing.length > 0) return { kind: 'invalid', problem: 'missing', names: missing };
  return wrong.length > 0 ? { kind: 'invalid', problem: 'value', names: wrong } : { kind: 'ok', values };
}

function typedValue({ type }: ParameterDefinition, texts: readonly string[]): Json | undefined {
  if (type === 'StringList' || type.startsWith('List<')) return texts;
  if (type === 'MapList') return listOfMaps(texts);
  const [text] = texts;
  if (text === undefined || texts.length > 1) return undefined;
  switch (type) {
    case 'Boolean':
      return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
    case 'Integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'StringMap': {
      const map = jsonOf(text);
      return isMap(map) ? map : undefined;
    }
    default:
      return text;
  }
}

function listOfMaps(texts: readonly string[]): Json | undefined {
  const maps = texts.map(jsonOf);
  return maps.every((map) => isMap(map)) ? maps : undefined;
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isAllowed({ allowedValues, allowedPattern }: ParameterDefinition, value: Json): boolean {
  const items = isList(value) ? value : [value];
  const texts = items.map((item) => textOf(item));
  if (allowedValues !== undefined && !texts.every((text) => allowedValues.includes(text))) return false;
  if (allowedPattern === undefined) return true;
  const pattern = compileAllowedPattern(allowedPattern);
  return pattern.kind === 'ok' && texts.every((text) => pattern.matches(text));
}

/** As a value stands in the middle of a text. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const placeholder = /\{\{\s*([A-Za-z0-9_:.$[\]*-]+)\s*\}\}/;

/** The names between the braces of a value, as deep as it goes. */
export function namesIn(value: Json): readonly string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(new RegExp(placeholder, 'g'))].map(([, name = '']) => name);
  }
  if (isList(value)) return value.flatMap(namesIn);
  return isMap(value) ? Object.values(value).flatMap(namesIn) : [];
}

/**
 * A value with its placeholders filled in. One that is the whole of a text becomes what it stands for, whatever that is, and as an item of a
 * list that stands for a list, its items. What `lookup` does not know stays as it is.
 */
export function filledIn(value: Json, lookup: (name: string) => Json | undefined): Json {
  if (typeof value === 'string') return filledText(value, lookup);
  if (isList(value)) {
    return value.flatMap((item) => {
      const filled = filledIn(item, lookup);
      return typeof item === 'string' && isList(filled) ? filled : [filled];
    });
  }
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filledIn(member, lookup)]));
}

function filledText(text: string, lookup: (name: string) => Json | undefined): Json {
  const [all, name = ''] = placeholder.exec(text.trim()) ?? [];
  if (all === text.trim()) return lookup(name) ?? text;
  return text.replaceAll(new RegExp(placeholder, 'g'), (place, inner: string) => {
    const value = lookup(inner);
    return value === undefined ? place : textOf(value);
  });
}
