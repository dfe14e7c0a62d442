/** What just-bash asks of node:zlib, on fflate: synchronous gzip with a level, and gunzip with a limit. */
import { gzipSync as deflate, gunzipSync as inflate } from 'fflate';

export const constants = { Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1 } as const;

interface Options {
  readonly level?: number;
  /** Bytes; a result beyond it is refused, as Node does. */
  readonly maxOutputLength?: number;
}

const levels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const defaultLevel = 6;

function bounded(bytes: Uint8Array, options: Options): Uint8Array {
  const most = options.maxOutputLength ?? Number.POSITIVE_INFINITY;
  if (bytes.length > most) throw new RangeError(`Cannot create a Buffer larger than ${most} bytes`);
  return bytes;
}

export function gzipSync(bytes: Uint8Array, options: Options = {}): Uint8Array {
  return bounded(deflate(bytes, { level: levels[options.level ?? -1] ?? defaultLevel }), options);
}

export function gunzipSync(bytes: Uint8Array, options: Options = {}): Uint8Array {
  return bounded(inflate(bytes), options);
}
