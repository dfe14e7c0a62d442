/** The input of a call as an author writes it in YAML, turned into what the operation takes, by the SDK’s own schema. */
import { type Shape, type StructureShape, structureOf } from '../cloud/wire/shape.ts';

type Path = readonly (string | number)[];

/** An input, or the place in it that the operation does not take, and why. */
export type ReadInput =
  | { readonly kind: 'ok'; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'wrong'; readonly path: Path; readonly message: string };

class WrongInput extends Error {
  readonly path: Path;

  constructor(path: Path, message: string) {
    super(message);
    this.path = path;
  }
}

/**
 * Reads an operation’s input: texts become bytes where the operation takes a body (UTF-8), and times where it takes a time
 * (ISO 8601). A policy may be written as a mapping: where a text is wanted, a mapping or list becomes its JSON.
 */
export function readInput(schema: Shape, data: unknown): ReadInput {
  try {
    return { kind: 'ok', input: readStructure(structureOf(schema), data, []) };
  } catch (error) {
    if (error instanceof WrongInput) return { kind: 'wrong', path: error.path, message: error.message };
    throw error;
  }
}

function read(shape: Shape, data: unknown, path: Path): unknown {
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, data, path);
    case 'list':
      if (!Array.isArray(data)) throw new WrongInput(path, `${nameOf(path)} takes a list.`);
      return data.map((item, index) => read(shape.item.shape, item, [...path, index]));
    case 'map':
      return Object.fromEntries(
        Object.entries(record(data, path)).map(([key, value]) => [key, read(shape.value.shape, value, [...path, key])]),
      );
    case 'blob':
      return new TextEncoder().encode(text(data, path));
    case 'timestamp':
      return time(data, path);
    case 'boolean':
    case 'number':
      if (typeof data === shape.kind) return data;
      throw new WrongInput(path, `${nameOf(path)} takes ${shape.kind === 'number' ? 'a number' : 'true or false'}.`);
    case 'string':
      return text(data, path);
    case 'document':
    case 'unit':
      return data;
  }
}

function readStructure(shape: StructureShape, data: unknown, path: Path): Readonly<Record<string, unknown>> {
  const members = new Map(shape.members.map((member) => [member.name, member.shape]));
  return Object.fromEntries(
    Object.entries(record(data, path)).map(([name, value]) => {
      const member = members.get(name);
      if (member === undefined) {
        const known = [...members.keys()].join(', ');
        const right = known === '' ? 'it takes no input' : `the members are ${known}`;
        throw new WrongInput([...path, name], `${name} is no member of this input: ${right}.`);
      }
      return [name, read(member, value, [...path, name])];
    }),
  );
}

function record(data: unknown, path: Path): Readonly<Record<string, unknown>> {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  throw new WrongInput(path, `${nameOf(path)} takes a mapping.`);
}

function text(data: unknown, path: Path): string {
  if (typeof data === 'string') return data;
  if (typeof data === 'object' && data !== null) return JSON.stringify(data);
  throw new WrongInput(path, `${nameOf(path)} takes a text: put it in quotation marks.`);
}

function time(data: unknown, path: Path): Date {
  const date = new Date(typeof data === 'string' ? data : Number.NaN);
  if (Number.isNaN(date.getTime()))
    throw new WrongInput(path, `${nameOf(path)} takes a time like 2026-01-31T12:00:00Z.`);
  return date;
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  return last === undefined ? 'with' : typeof last === 'number' ? `entry ${last + 1}` : last;
}
