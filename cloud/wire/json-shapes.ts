/** Shapes as JSON and back (Smithy, "AWS JSON protocols"). */
import { toBase64 } from '@smithy/core/serde';
import { define } from '../own.ts';
import { Malformed, readBase64 } from './scalar.ts';
import type { Shape, StructureShape, TimestampFormat } from './shape.ts';

/** A value of a shape as JSON data: timestamps as epoch seconds, blobs as base64. */
export function toJson(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  switch (shape.kind) {
    case 'structure':
      return structureToJson(shape, value as Readonly<Record<string, unknown>>);
    case 'list':
      return (value as readonly unknown[]).map((item) => toJson(shape.item.shape, item) ?? null);
    case 'map': {
      const json: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) define(json, key, toJson(shape.value.shape, item) ?? null);
      return json;
    }
    case 'timestamp':
      return timestampToJson(value, shape.format ?? 'epoch-seconds');
    case 'blob':
      return typeof value === 'string' ? value : toBase64(value as Uint8Array);
    default:
      return value;
  }
}

function structureToJson(shape: StructureShape, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const member of shape.members) {
    const child = toJson(member.shape, value[member.name]);
    if (child !== undefined) json[member.jsonName ?? member.name] = child;
  }
  return json;
}

function timestampToJson(value: unknown, format: TimestampFormat): string | number {
  const date = value instanceof Date ? value : new Date(Number(value));
  if (format === 'epoch-seconds') return date.getTime() / 1000;
  return format === 'http-date' ? date.toUTCString() : date.toISOString().replace('.000Z', 'Z');
}

/** JSON data as a value of a shape: only the members that are there. Throws Malformed in the words of AWS's parser. */
export function fromJson(shape: Shape, json: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return structureFromJson(shape, objectOf(json));
    case 'list':
      if (!Array.isArray(json)) throw new Malformed('Expected list or null');
      return json.map((item) => (item === null ? null : fromJson(shape.item.shape, item)));
    case 'map': {
      const value: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(objectOf(json))) {
        if (item !== null) define(value, key, fromJson(shape.value.shape, item));
      }
      return value;
    }
    case 'string':
      return typeof json === 'string' ? json : refuse(json, 'String');
    case 'boolean':
      return typeof json === 'boolean' ? json : refuse(json, 'Boolean');
    case 'number':
      return typeof json === 'number' ? json : refuse(json, 'Integer');
    case 'timestamp':
      return timestampFromJson(json);
    case 'blob':
      return typeof json === 'string' ? readBase64(json) : refuse(json, 'Blob');
    default:
      return json;
  }
}

function structureFromJson(shape: StructureShape, json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const member of shape.members) {
    const name = member.jsonName ?? member.name;
    const child = Object.hasOwn(json, name) ? json[name] : undefined;
    if (child !== undefined && child !== null) value[member.name] = fromJson(member.shape, child);
  }
  return value;
}

function objectOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json))
    return json as Readonly<Record<string, unknown>>;
  throw new Malformed('Unrecognized collection type where a structure or map was expected');
}

function timestampFromJson(json: unknown): Date {
  const date =
    typeof json === 'number' ? new Date(json * 1000) : new Date(typeof json === 'string' ? json : Number.NaN);
  return Number.isNaN(date.getTime()) ? refuse(json, 'Timestamp') : date;
}

function refuse(json: unknown, wanted: string): never {
  if (Array.isArray(json)) throw new Malformed('Start of list found where not expected');
  if (typeof json === 'object') throw new Malformed('Start of structure or map found where not expected.');
  const found = typeof json === 'boolean' ? (json ? 'TRUE' : 'FALSE') : typeof json === 'number' ? 'NUMBER' : 'STRING';
  throw new Malformed(`${found}_VALUE cannot be converted to ${wanted}`);
}

/** Levels of a body: an item of DynamoDB with the 32 that its values may have takes two of JSON for each. */
const deepest = 200;

/** Parses a body. Throws Malformed, also where it is nested too deeply: data of many levels takes far longer to build than to look through. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new Malformed('The request body is nested too deeply');
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('Unable to parse the request body as JSON');
  }
}

/** Whether more brackets are open at once than may be, those in strings left out. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x5b:
      case 0x7b:
        depth += 1;
        if (depth > deepest) return true;
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
    }
  }
  return false;
}

/** Where the quotation mark is that ends the string which begins there; the end of a text where none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text.charCodeAt(first - 1) === 0x5c) first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}
