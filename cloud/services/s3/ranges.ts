/** Byte ranges (RFC 9110 section 14). */
import { AwsError } from '../../errors.ts';

export interface ByteRange {
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/**
 * The bytes that a `Range` header asks for. Undefined, that is the whole object, for a header that is no single byte
 * range: S3 ignores it. Throws `InvalidRange` (416) where the object has none of the bytes.
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (header === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const suffix = Number(last);
    if (suffix === 0 || size === 0) throw invalidRange(header, size);
    return { from: Math.max(0, size - suffix), to: size };
  }
  const from = Number(first);
  const to = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < from) return undefined;
  if (from >= size) throw invalidRange(header, size);
  return { from, to };
}

/** The error of a range that begins behind the last byte. */
export function invalidRange(requested: string, size: number): AwsError {
  return new AwsError('InvalidRange', 'The requested range is not satisfiable', {
    status: 416,
    details: { RangeRequested: requested, ActualObjectSize: String(size) },
  });
}
