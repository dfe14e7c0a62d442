/**
 * The input of an operation out of plain JSON, as people write it in documents and targets: members by the names of the API reference,
 * whatever the case of their first letter; texts for bytes and times.
 */
import type { Shape } from './shape.ts';

export type PlainInput =
  | { readonly kind: 'ok'; readonly value: unknown }
  /** A member that the operation does not have. */
  | { readonly kind: 'unknown'; readonly name: string }
  /** A value of another kind than the `wanted` one. */
  | { readonly kind: 'wrong'; readonly value: unknown; readonly wanted: string };

/** Reads JSON data as a value of a shape. */
export function plainInput(shape: Shape, json: unknown): PlainInput {
  switch (shape.kind) {
    case 'structure':
      return isObject(json)
        ? gathered(Object.entries(json), (name, value) => {
            const member = shape.members.find((known) => isSameName(known.name, name));
            return member === undefined
              ? { kind: 'unknown', name }
              : named(member.name, plainInput(member.shape, value));
          })
        : wrong(json, 'an object');
    case 'map':
      return isObject(json)
        ? gathered(Object.entries(json), (name, value) => named(name, plainInput(shape.value.shape, value)))
        : wrong(json, 'an object');
    case 'list':
      return Array.isArray(json) ? listOf(shape.item.shape, json) : wrong(json, 'a list');
    case 'blob':
      return ok(new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)));
    case 'timestamp': {
      const date = new Date(typeof json === 'number' ? json * 1000 : String(json));
      return Number.isNaN(date.getTime()) ? wrong(json, 'a time') : ok(date);
    }
    case 'string':
    case 'number':
    case 'boolean':
      return typeof json === shape.kind ? ok(json) : wrong(json, `a ${shape.kind}`);
    default:
      return ok(json);
  }
}

type Named =
  | { readonly kind: 'named'; readonly name: string; readonly value: unknown }
  | Exclude<PlainInput, { kind: 'ok' }>;

function gathered(
  entries: readonly (readonly [string, unknown])[],
  read: (name: string, value: unknown) => Named,
): PlainInput {
  const members: [string, unknown][] = [];
  for (const [name, value] of entries) {
    const member = read(name, value);
    if (member.kind !== 'named') return member;
    members.push([member.name, member.value]);
  }
  return ok(Object.fromEntries(members));
}

function named(name: string, input: PlainInput): Named {
  return input.kind === 'ok' ? { kind: 'named', name, value: input.value } : input;
}

function listOf(shape: Shape, items: readonly unknown[]): PlainInput {
  const values: unknown[] = [];
  for (const item of items) {
    const input = plainInput(shape, item);
    if (input.kind !== 'ok') return input;
    values.push(input.value);
  }
  return ok(values);
}

function ok(value: unknown): PlainInput {
  return { kind: 'ok', value };
}

function wrong(value: unknown, wanted: string): PlainInput {
  return { kind: 'wrong', value, wanted };
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isSameName(known: string, name: string): boolean {
  return known.slice(1) === name.slice(1) && known.charAt(0).toLowerCase() === name.charAt(0).toLowerCase();
}
