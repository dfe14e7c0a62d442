/** What a resource's properties may hold, and the check of it when a template is read. */
import { listed, type Problems } from './problem.ts';
import type { Value } from './value.ts';

export type Shape =
  /** Text; a number is taken as its digits, as CloudFormation does. */
  | { readonly kind: 'text'; readonly oneOf?: readonly string[] }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  /** A policy document: a map, or its JSON as text. */
  | { readonly kind: 'document' }
  | { readonly kind: 'list'; readonly of: Shape }
  /** Any keys, each with text. */
  | { readonly kind: 'texts' }
  | RecordShape;

export interface RecordShape {
  readonly kind: 'record';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

export const text: Shape = { kind: 'text' };
export const number: Shape = { kind: 'number' };
export const boolean: Shape = { kind: 'boolean' };
export const document: Shape = { kind: 'document' };
export const texts: Shape = { kind: 'texts' };

/** One of a few texts. */
export function oneOf(...values: readonly string[]): Shape {
  return { kind: 'text', oneOf: values };
}

/** Any number of values of one shape. */
export function list(of: Shape): Shape {
  return { kind: 'list', of };
}

/** A map with these members and no others. */
export function record(members: Readonly<Record<string, Shape>>, required: readonly string[] = []): RecordShape {
  return { kind: 'record', members, required };
}

export const tags = list(record({ Key: text, Value: text }, ['Key', 'Value']));

/** Adds what does not fit. What comes to a text only later (`Ref`, `Fn::Sub` …) counts as one; of `Fn::If` both values must fit. */
export function checkShape(value: Value, shape: Shape, name: string, problems: Problems): void {
  const wrong = (what: string) => problems.add('wrong_value', value.place, `${name} must be ${what}.`);
  if (value.kind === 'if') {
    for (const either of [value.then, value.otherwise]) {
      if (either.kind !== 'ref' || either.name !== 'AWS::NoValue') checkShape(either, shape, name, problems);
    }
    return;
  }
  if (value.kind !== 'scalar' && value.kind !== 'list' && value.kind !== 'map') {
    if (shape.kind === 'record' || shape.kind === 'texts') wrong('a map');
    return;
  }
  switch (shape.kind) {
    case 'text':
      if (value.kind !== 'scalar' || value.value === null) wrong('a text');
      else if (shape.oneOf !== undefined && !shape.oneOf.includes(String(value.value))) {
        wrong(`one of ${listed(shape.oneOf)}`);
      }
      return;
    case 'number':
      if (value.kind !== 'scalar' || value.value === '' || !Number.isFinite(Number(value.value ?? Number.NaN))) {
        wrong('a number');
      }
      return;
    case 'boolean':
      if (value.kind !== 'scalar' || !['true', 'false'].includes(String(value.value))) wrong('true or false');
      return;
    case 'document':
      if (value.kind === 'list' || (value.kind === 'scalar' && typeof value.value !== 'string')) {
        wrong('a policy document');
      }
      return;
    case 'list':
      if (value.kind !== 'list') wrong('a list');
      else for (const item of value.items) checkShape(item, shape.of, `Each item of ${name}`, problems);
      return;
    case 'texts':
      if (value.kind !== 'map') wrong('a map of texts');
      else for (const [key, entry] of value.entries) checkShape(entry, text, key, problems);
      return;
    case 'record':
      checkRecord(value, shape, name, problems);
  }
}

/** Adds unknown members, missing ones, and what does not fit in the others. */
export function checkRecord(value: Value, shape: RecordShape, name: string, problems: Problems): void {
  if (value.kind === 'if') {
    checkShape(value, shape, name, problems);
    return;
  }
  if (value.kind !== 'map') {
    problems.add('wrong_value', value.place, `${name} must be a map of ${listed(Object.keys(shape.members))}.`);
    return;
  }
  for (const [key, entry] of value.entries) {
    const member = Object.hasOwn(shape.members, key) ? shape.members[key] : undefined;
    if (member !== undefined) checkShape(entry, member, key, problems);
    else {
      problems.add(
        'unknown_property',
        entry.place,
        `${name} has no property ${key} here: the known ones are ${listed(Object.keys(shape.members))}.`,
      );
    }
  }
  for (const key of shape.required) {
    if (!value.entries.has(key)) problems.add('missing_property', value.place, `${name} needs ${key}.`);
  }
}
