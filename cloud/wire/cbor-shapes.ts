/** Shapes as CBOR and back (Smithy, "Smithy RPC v2 CBOR protocol": Shape serialization; RFC 8949). */
import { cbor, dateToTag } from '@smithy/core/cbor';
import { define } from '../own.ts';
import { Malformed } from './scalar.ts';
import type { Shape, StructureShape } from './shape.ts';

/** A value of a shape as bytes. */
export function writeCbor(shape: StructureShape, value: Readonly<Record<string, unknown>>): Uint8Array {
  return Uint8Array.from(cbor.serialize(toCbor(shape, value)));
}

/** Bytes as the data that they hold. Throws Malformed. */
export function parseCbor(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return {};
  try {
    return cbor.deserialize(bytes);
  } catch {
    // Ends early, is nested beyond all measure, or holds what CBOR has not: the decoder's words are about itself.
    throw new Malformed('Unable to parse the request body as CBOR');
  }
}

function toCbor(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  switch (shape.kind) {
    case 'structure': {
      const data: Record<string, unknown> = {};
      for (const member of shape.members) {
        const child = toCbor(member.shape, (value as Readonly<Record<string, unknown>>)[member.name]);
        if (child !== undefined) data[member.name] = child;
      }
      return data;
    }
    case 'list':
      return (value as readonly unknown[]).map((item) => toCbor(shape.item.shape, item) ?? null);
    case 'map': {
      const data: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) define(data, key, toCbor(shape.value.shape, item) ?? null);
      return data;
    }
    case 'timestamp':
      return dateToTag(value instanceof Date ? value : new Date(Number(value)));
    default:
      return value;
  }
}

/** CBOR's data as a value of a shape: only the members that are there. Throws Malformed. */
export function fromCbor(shape: Shape, data: unknown): unknown {
  switch (shape.kind) {
    case 'structure': {
      const value: Record<string, unknown> = {};
      const record = recordOf(data);
      for (const { name, shape: type } of shape.members) {
        const child = Object.hasOwn(record, name) ? record[name] : undefined;
        if (child !== undefined && child !== null) value[name] = fromCbor(type, child);
      }
      return value;
    }
    case 'list':
      if (!Array.isArray(data)) throw new Malformed('Expected list or null');
      return data.map((item) => (item === null ? null : fromCbor(shape.item.shape, item)));
    case 'map': {
      const value: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(recordOf(data))) {
        if (item !== null) define(value, key, fromCbor(shape.value.shape, item));
      }
      return value;
    }
    case 'timestamp':
      return dateOf(data);
    case 'blob':
      return data instanceof Uint8Array ? Uint8Array.from(data) : refuse('a byte string');
    case 'string':
      return typeof data === 'string' ? data : refuse('a text string');
    case 'boolean':
      return typeof data === 'boolean' ? data : refuse('a boolean');
    case 'number':
      return typeof data === 'number' || typeof data === 'bigint' ? Number(data) : refuse('a number');
    default:
      return data;
  }
}

function recordOf(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || data instanceof Uint8Array) {
    return refuse('a map');
  }
  return data as Readonly<Record<string, unknown>>;
}

/** Tag 1, seconds since the epoch (RFC 8949, section 3.4.2). */
function dateOf(data: unknown): Date {
  const tagged = typeof data === 'object' && data !== null ? (data as { tag?: unknown; value?: unknown }) : {};
  const seconds = Number(tagged.tag) === 1 ? Number(tagged.value) : Number.NaN;
  return Number.isFinite(seconds) ? new Date(Math.round(seconds * 1000)) : refuse('a timestamp');
}

function refuse(wanted: string): never {
  throw new Malformed(`Expected ${wanted}`);
}
