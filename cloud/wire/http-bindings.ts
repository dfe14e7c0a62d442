/** Members that travel in the path, the query string and the headers (Smithy, "HTTP binding traits"). */

import { define } from '../own.ts';
import { percentEncode } from '../percent.ts';
import { readScalar, writeScalar } from './scalar.ts';
import type { Member, Shape, StructureShape } from './shape.ts';

/** Whether a member is part of the body of its own: bound to nothing else. */
export function isUnbound(member: Member): boolean {
  return member.binding === undefined;
}

/** The member that is the body, where one is. */
export function payloadOf(shape: StructureShape): Member | undefined {
  return shape.members.find((member) => member.binding?.in === 'payload');
}

/**
 * The headers of a structure's members, names in lower case. Members that have no value, and collections that are empty, have
 * none.
 */
export function writeHeaders(shape: StructureShape, value: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { binding, shape: type, name } of shape.members) {
    const child = value[name];
    if (child === undefined || child === null) continue;
    if (binding?.in === 'header') {
      const text = headerText(type, child);
      if (text !== undefined) headers[binding.name] = text;
    } else if (binding?.in === 'prefix-headers') {
      for (const [key, item] of Object.entries(child)) headers[binding.name + key.toLowerCase()] = String(item);
    }
  }
  return headers;
}

function headerText(shape: Shape, value: unknown): string | undefined {
  if (shape.kind !== 'list') return writeScalar(shape, value, 'http-date');
  const items = value as readonly unknown[];
  return items.length === 0
    ? undefined
    : items.map((item) => writeScalar(shape.item.shape, item, 'http-date')).join(', ');
}

/** Reads the members that headers hold. `fault` is told of text that is not of its shape; without it such a header is absent. */
export function readHeaders(
  shape: StructureShape,
  headers: ReadonlyMap<string, string>,
  value: Record<string, unknown>,
  fault?: (header: string, text: string) => never,
): void {
  for (const { binding, shape: type, name } of shape.members) {
    if (binding?.in === 'header') {
      const text = headers.get(binding.name);
      if (text === undefined) continue;
      const read = attempt(() => readHeader(type, text));
      if (read !== undefined) value[name] = read;
      // A date that cannot be read is no condition at all (RFC 9110, section 13.1.3).
      else if (fault && type.kind !== 'timestamp') fault(binding.name, text);
    } else if (binding?.in === 'prefix-headers') {
      value[name] = readPrefixed(binding.name, headers);
    }
  }
}

function readHeader(shape: Shape, text: string): unknown {
  if (shape.kind !== 'list') return readScalar(shape, text, 'http-date');
  return text.split(',').map((item) => readScalar(shape.item.shape, item.trim(), 'http-date'));
}

function readPrefixed(prefix: string, headers: ReadonlyMap<string, string>): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [key, text] of headers) if (key.startsWith(prefix)) define(record, key.slice(prefix.length), text);
  return record;
}

/** Reads the members that the query string holds; a parameter that is repeated is a list. */
export function readQuery(
  shape: StructureShape,
  query: ReadonlyMap<string, string | readonly string[]>,
  value: Record<string, unknown>,
  fault: (parameter: string, text: string) => never,
): void {
  for (const { binding, shape: type, name } of shape.members) {
    if (binding?.in === 'query-params') value[name] = readRest(shape, type, query);
    if (binding?.in !== 'query') continue;
    const found = query.get(binding.name);
    if (found === undefined) continue;
    const texts = typeof found === 'string' ? [found] : found;
    const item = type.kind === 'list' ? type.item.shape : type;
    const read = texts.map((text) => attempt(() => readScalar(item, text, 'date-time')) ?? fault(binding.name, text));
    value[name] = type.kind === 'list' ? read : read[0];
  }
}

/** The parameters that no member of its own takes. */
function readRest(
  { members }: StructureShape,
  type: Shape,
  query: ReadonlyMap<string, string | readonly string[]>,
): Record<string, unknown> {
  const taken = new Set(members.flatMap(({ binding }) => (binding?.in === 'query' ? [binding.name] : [])));
  const isListed = type.kind === 'map' && type.value.shape.kind === 'list';
  const rest: Record<string, unknown> = {};
  for (const [name, found] of query) {
    const [first] = typeof found === 'string' ? [found] : found;
    if (!taken.has(name)) define(rest, name, isListed ? [found].flat() : first);
  }
  return rest;
}

/** The query string of a structure's members after the literal part of the operation's URI, without `?`. */
export function writeQuery(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  literals: readonly string[],
): string {
  const pairs = [...literals];
  const write = (name: string, type: Shape, item: unknown) =>
    pairs.push(`${percentEncode(name)}=${percentEncode(writeScalar(type, item, 'date-time'))}`);
  for (const { binding, shape: type, name } of shape.members) {
    const child = value[name];
    if (child === undefined || child === null) continue;
    if (binding?.in === 'query' && type.kind === 'list') {
      for (const item of child as readonly unknown[]) write(binding.name, type.item.shape, item);
    } else if (binding?.in === 'query') write(binding.name, type, child);
    else if (binding?.in === 'query-params') {
      for (const [key, items] of Object.entries(child)) {
        for (const item of [items].flat()) write(key, { kind: 'string' }, item);
      }
    }
  }
  return pairs.join('&');
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
