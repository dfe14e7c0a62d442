/** From parameters as given to the input that the wire encodes: times as dates, base64 as bytes. */
import { fromBase64 } from '../base64.ts';
import { generalFault } from '../faults.ts';
import { type CliService, type Shape, shapeOf } from '../service-description.ts';
import { parseTimestamp } from '../timestamps.ts';
import { Float, isList, isMap, type Value } from '../value.ts';

/** How bytes are written in parameters: the setting `cli_binary_format`. */
export type BinaryFormat = 'base64' | 'raw-in-base64-out';

function bytes(text: string, format: BinaryFormat): Uint8Array {
  if (format === 'raw-in-base64-out') return new TextEncoder().encode(text);
  try {
    return fromBase64(text);
  } catch {
    throw generalFault(`Invalid base64: "${text}"`);
  }
}

/** The input as the SDK's schemas have it. Throws the CLI's fault for text that is not base64. */
export function wireInput(service: CliService, shape: Shape, value: Value, format: BinaryFormat): unknown {
  if (value instanceof Float) return value.value;
  if (shape.type === 'structure' && isMap(value) && shape.document !== true) {
    const members = Object.entries(value).map(([name, member]): [string, unknown] => {
      const inner = shape.members?.[name];
      return [name, inner === undefined ? member : wireInput(service, shapeOf(service, inner), member, format)];
    });
    return Object.fromEntries(members);
  }
  if (shape.type === 'list' && isList(value)) {
    return value.map((item) => wireInput(service, shapeOf(service, shape.member ?? ''), item, format));
  }
  if (shape.type === 'map' && isMap(value)) {
    const inner = shapeOf(service, shape.value ?? '');
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, wireInput(service, inner, member, format)]),
    );
  }
  if (shape.type === 'blob' && typeof value === 'string') return bytes(value, format);
  if (shape.type === 'timestamp') {
    const time = parseTimestamp(value);
    return time === undefined ? value : new Date(time);
  }
  return value;
}
