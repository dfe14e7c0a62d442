/** Values of a document's parameters, as requests give them and as the document has their types. */
import { own } from '../../../own.ts';
import { compileAllowedPattern } from '../allowed-pattern.ts';
import { boundedJson, isList, isMap, type Json, type ParameterDefinition } from './content.ts';
import { textOf } from './filling.ts';

/** Characters of all values together; AWS's own for a document with its parameters. */
const mostCharacters = 64 * 1024;
/** Characters of all values that a pattern is held against: each takes as many steps as the pattern has states. */
const mostMatched = 8192;

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
  if (lengthOf(Object.values(given)) > mostCharacters) {
    return { kind: 'invalid', problem: 'value', names: Object.keys(given) };
  }
  const matched = definitions.filter(({ allowedPattern }) => allowedPattern !== undefined).map(({ name }) => name);
  if (lengthOf(matched.map((name) => own(given, name) ?? [])) > mostMatched) {
    return { kind: 'invalid', problem: 'value', names: matched };
  }
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

function lengthOf(lists: readonly (readonly string[])[]): number {
  return lists.flat().reduce((sum, text) => sum + text.length + 1, 0);
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
      const map = boundedJson(text);
      return isMap(map) ? map : undefined;
    }
    default:
      return text;
  }
}

function listOfMaps(texts: readonly string[]): Json | undefined {
  const maps = texts.map(boundedJson);
  return maps.every((map) => isMap(map)) ? maps : undefined;
}

function isAllowed({ allowedValues, allowedPattern }: ParameterDefinition, value: Json): boolean {
  const items = isList(value) ? value : [value];
  const texts = items.map((item) => textOf(item));
  if (allowedValues !== undefined && !texts.every((text) => allowedValues.includes(text))) return false;
  if (allowedPattern === undefined) return true;
  const pattern = compileAllowedPattern(allowedPattern);
  return pattern.kind === 'ok' && texts.every((text) => pattern.matches(text));
}
