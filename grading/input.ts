/** The input of a call as an author writes it in YAML, turned into what the operation takes, by the SDK’s own schema. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef } from '@smithy/types';
import type { Schema } from '../cloud/wire/model.ts';

/** An input, or the place in it that the operation does not take, and why. */
export type ReadInput =
  | { readonly kind: 'ok'; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'wrong'; readonly path: readonly (string | number)[]; readonly message: string };

class WrongInput extends Error {
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.path = path;
  }
}

/**
 * Reads an operation’s input: texts become bytes where the operation takes a body (UTF-8), and times where it takes a time
 * (ISO 8601). A policy may be written as a mapping: where a text is wanted, a mapping or list becomes its JSON.
 */
export function readInput(schema: Schema, data: unknown): ReadInput {
  try {
    const input = read(NormalizedSchema.of(schema as $SchemaRef), data, []);
    return { kind: 'ok', input: input as Readonly<Record<string, unknown>> };
  } catch (error) {
    if (error instanceof WrongInput) return { kind: 'wrong', path: error.path, message: error.message };
    throw error;
  }
}

function read(schema: NormalizedSchema, data: unknown, path: readonly (string | number)[]): unknown {
  if (schema.isUnitSchema()) return {};
  if (schema.isStructSchema()) return readStructure(schema, data, path);
  if (schema.isListSchema()) {
    if (!Array.isArray(data)) throw new WrongInput(path, `${nameOf(path)} takes a list.`);
    return data.map((item, index) => read(schema.getValueSchema(), item, [...path, index]));
  }
  if (schema.isMapSchema()) {
    const entries = Object.entries(record(data, path));
    return Object.fromEntries(
      entries.map(([key, value]) => [key, read(schema.getValueSchema(), value, [...path, key])]),
    );
  }
  if (schema.isBlobSchema()) return new TextEncoder().encode(text(data, path));
  if (schema.isTimestampSchema()) return time(data, path);
  if (schema.isBooleanSchema()) {
    if (typeof data !== 'boolean') throw new WrongInput(path, `${nameOf(path)} takes true or false.`);
    return data;
  }
  if (schema.isNumericSchema()) {
    if (typeof data !== 'number') throw new WrongInput(path, `${nameOf(path)} takes a number.`);
    return data;
  }
  return text(data, path);
}

function readStructure(schema: NormalizedSchema, data: unknown, path: readonly (string | number)[]): unknown {
  const members = schema.getMemberSchemas();
  return Object.fromEntries(
    Object.entries(record(data, path)).map(([name, value]) => {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (member === undefined) {
        const known = Object.keys(members);
        const right = known.length === 0 ? 'it takes no input' : `the members are ${known.join(', ')}`;
        throw new WrongInput([...path, name], `${name} is no member of this input: ${right}.`);
      }
      return [name, read(member, value, [...path, name])];
    }),
  );
}

function record(data: unknown, path: readonly (string | number)[]): Readonly<Record<string, unknown>> {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  throw new WrongInput(path, `${nameOf(path)} takes a mapping.`);
}

function text(data: unknown, path: readonly (string | number)[]): string {
  if (typeof data === 'string') return data;
  if (typeof data === 'object' && data !== null) return JSON.stringify(data);
  throw new WrongInput(path, `${nameOf(path)} takes a text: put it in quotation marks.`);
}

function time(data: unknown, path: readonly (string | number)[]): Date {
  const date = new Date(typeof data === 'string' ? data : Number.NaN);
  if (Number.isNaN(date.getTime()))
    throw new WrongInput(path, `${nameOf(path)} takes a time like 2026-01-31T12:00:00Z.`);
  return date;
}

function nameOf(path: readonly (string | number)[]): string {
  const last = path.at(-1);
  return last === undefined ? 'with' : typeof last === 'number' ? `entry ${last + 1}` : last;
}
