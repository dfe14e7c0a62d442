/** The functions of templates: what each is written with (AWS CloudFormation Template Reference, "Intrinsic functions"). */
import type { Place, Value } from './value.ts';

interface TemplateFunction {
  /** What it takes, as a sentence goes on. */
  readonly takes: string;
  /** Undefined where the argument does not fit. */
  readonly read: (argument: Value, place: Place) => Value | undefined;
}

const takesCondition = 'from 2 to 10 conditions, [a, b]';

/** By the long form's key. */
export const functions: Readonly<Record<string, TemplateFunction>> = {
  Ref: {
    takes: 'the name of a parameter or a resource',
    read: (argument, place) => (isText(argument) ? { kind: 'ref', name: argument.value, place } : undefined),
  },
  'Fn::GetAtt': {
    takes: 'a resource and one of its attributes, [Name, Arn] or Name.Arn',
    read(argument, place) {
      const parts = isText(argument) ? argument.value.split(/\.(.*)/s) : texts(argument);
      const [resource, attribute] = parts ?? [];
      return resource && attribute ? { kind: 'attribute', resource, attribute, place } : undefined;
    },
  },
  'Fn::Sub': {
    takes: 'a text, or [text, {Name: value}]',
    read(argument, place) {
      if (isText(argument)) return { kind: 'sub', pieces: substitutions(argument.value, new Map(), place), place };
      const [text, own] = itemsOf(argument);
      if (text === undefined || !isText(text) || own?.kind !== 'map') return undefined;
      return { kind: 'sub', pieces: substitutions(text.value, own.entries, place), place };
    },
  },
  'Fn::Join': {
    takes: 'a delimiter and a list, [",", [a, b]]',
    read(argument, place) {
      const [delimiter, parts] = itemsOf(argument);
      if (delimiter === undefined || !isText(delimiter) || parts === undefined || !isList(parts)) return undefined;
      return { kind: 'join', delimiter: delimiter.value, parts, place };
    },
  },
  'Fn::Select': {
    takes: 'an index from 0 and a list, [0, [a, b]]',
    read(argument, place) {
      const [index, items] = itemsOf(argument);
      if (index === undefined || items === undefined || !isList(items)) return undefined;
      if (index.kind === 'scalar' && !/^\d+$/.test(String(index.value))) return undefined;
      return { kind: 'select', index, items, place };
    },
  },
  'Fn::Split': {
    takes: 'a delimiter and a text, [",", "a,b"]',
    read(argument, place) {
      const [delimiter, text] = itemsOf(argument);
      if (delimiter === undefined || !isText(delimiter) || delimiter.value === '') return undefined;
      return text === undefined || !isTextLike(text)
        ? undefined
        : { kind: 'split', delimiter: delimiter.value, text, place };
    },
  },
  'Fn::Base64': {
    takes: 'a text',
    read: (argument, place) => (isTextLike(argument) ? { kind: 'base64', text: argument, place } : undefined),
  },
  'Fn::GetAZs': {
    takes: 'a region, or an empty text',
    read: (argument, place) => (isTextLike(argument) ? { kind: 'zones', region: argument, place } : undefined),
  },
  'Fn::ImportValue': {
    takes: 'the name of an export',
    read: (argument, place) => (isTextLike(argument) ? { kind: 'import', name: argument, place } : undefined),
  },
  'Fn::FindInMap': {
    takes: 'a mapping and two keys, [Map, Top, Second]',
    read(argument, place) {
      const [map, top, second, ...others] = itemsOf(argument);
      if (map === undefined || top === undefined || second === undefined || others.length > 0) return undefined;
      return [map, top, second].every(isTextLike) ? { kind: 'lookup', map, top, second, place } : undefined;
    },
  },
  'Fn::If': {
    takes: 'a condition and two values, [Condition, a, b]',
    read(argument, place) {
      const [condition, then, otherwise, ...others] = itemsOf(argument);
      if (condition === undefined || !isText(condition) || then === undefined || otherwise === undefined)
        return undefined;
      return others.length > 0 ? undefined : { kind: 'if', condition: condition.value, then, otherwise, place };
    },
  },
  'Fn::Equals': {
    takes: 'two values, [a, b]',
    read(argument, place) {
      const [left, right, ...others] = itemsOf(argument);
      if (left === undefined || right === undefined || others.length > 0) return undefined;
      return { kind: 'equals', left, right, place };
    },
  },
  'Fn::And': { takes: takesCondition, read: (argument, place) => several('and', argument, place) },
  'Fn::Or': { takes: takesCondition, read: (argument, place) => several('or', argument, place) },
  'Fn::Not': {
    takes: 'a condition in a list, [a]',
    read(argument, place) {
      const [of, ...others] = itemsOf(argument);
      return of === undefined || others.length > 0 ? undefined : { kind: 'not', of, place };
    },
  },
  Condition: {
    takes: 'the name of a condition',
    read: (argument, place) => (isText(argument) ? { kind: 'condition', name: argument.value, place } : undefined),
  },
};

/** The long form's key by the tag of the short form: `!Sub`. */
export const shortForms: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(functions).map((name) => [`!${name.replace('Fn::', '')}`, name]),
);

function several(kind: 'and' | 'or', argument: Value, place: Place): Value | undefined {
  const of = itemsOf(argument);
  return of.length >= 2 && of.length <= 10 ? { kind, of, place } : undefined;
}

function itemsOf(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : [];
}

function isText(value: Value): value is Value & { kind: 'scalar'; value: string } {
  return value.kind === 'scalar' && typeof value.value === 'string';
}

/** A text, or what may come to one. */
function isTextLike(value: Value): boolean {
  return value.kind === 'scalar' ? value.value !== null : value.kind !== 'list' && value.kind !== 'map';
}

/** A list, or what may come to one. */
function isList(value: Value): boolean {
  return value.kind !== 'scalar' && value.kind !== 'map';
}

function texts(value: Value): readonly string[] | undefined {
  if (value.kind !== 'list') return undefined;
  const found = value.items.flatMap((item) => (isText(item) ? [item.value] : []));
  return found.length === value.items.length ? found : undefined;
}

/**
 * The pieces of a text with `${Name}`, `${Name.Attribute}` and `${AWS::Region}`. `${!Literal}` stands for `${Literal}`; a
 * name with a single colon (`${aws:username}`) is a policy variable of IAM's and stays.
 */
export function substitutions(
  text: string,
  own: ReadonlyMap<string, Value>,
  place: Place,
): readonly (string | Value)[] {
  return text
    .split(/(\$\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece): string | Value => {
      const name = /^\$\{([^{}]*)\}$/.exec(piece)?.[1]?.trim();
      if (name === undefined) return piece;
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (/^[^:]+:[^:]+$/.test(name)) return piece;
      const given = own.get(name);
      if (given !== undefined) return given;
      const [resource = '', attribute] = name.split(/\.(.*)/s);
      return attribute === undefined ? { kind: 'ref', name, place } : { kind: 'attribute', resource, attribute, place };
    });
}
