/** Single values as text, in forms, XML, headers and query strings (Smithy, "Serialization" of the protocol specifications). */
import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { Shape, TimestampFormat } from './shape.ts';

/** Text that is not of its shape. The message says what was found; the protocol wraps it in AWS's own error. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** A value as text. `format` holds for timestamps that have none of their own. */
export function writeScalar(shape: Shape, value: unknown, format: TimestampFormat): string {
  if (shape.kind === 'timestamp') return writeTimestamp(value, shape.format ?? format);
  if (shape.kind === 'blob') return typeof value === 'string' ? value : toBase64(value as Uint8Array);
  return String(value);
}

/** Text as a value. Throws Malformed. */
export function readScalar(shape: Shape, text: string, format: TimestampFormat): unknown {
  switch (shape.kind) {
    case 'number':
      return readNumber(text);
    case 'boolean':
      return readBoolean(text);
    case 'timestamp':
      return readTimestamp(text, shape.format ?? format);
    case 'blob':
      return readBase64(text);
    default:
      return text;
  }
}

function writeTimestamp(value: unknown, format: TimestampFormat): string {
  const date = value instanceof Date ? value : new Date(Number(value));
  if (format === 'http-date') return date.toUTCString();
  if (format === 'epoch-seconds') return String(date.getTime() / 1000);
  // AWS's query and XML services write whole seconds.
  return `${date.toISOString().slice(0, 19)}Z`;
}

const numeral = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function readNumber(text: string): number {
  const trimmed = text.trim();
  if (!numeral.test(trimmed)) throw new Malformed(`'${text.slice(0, 100)}' is not a number`);
  return Number(trimmed);
}

function readBoolean(text: string): boolean {
  const lower = text.trim().toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw new Malformed(`'${text.slice(0, 100)}' is not a boolean`);
  return lower === 'true';
}

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

function readTimestamp(text: string, format: TimestampFormat): Date {
  const trimmed = text.trim();
  const date =
    format === 'epoch-seconds' || numeral.test(trimmed)
      ? new Date(readNumber(trimmed) * 1000)
      : new Date(format === 'date-time' && !dateTime.test(trimmed) ? Number.NaN : trimmed);
  if (Number.isNaN(date.getTime())) throw new Malformed(`'${text.slice(0, 100)}' is not a timestamp`);
  return date;
}

/** Base64 with or without line breaks; the SDK's decoder forgives other characters, AWS does not. */
export function readBase64(text: string): Uint8Array {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) {
    throw new Malformed('Invalid base64');
  }
  return fromBase64(compact);
}
