/** From what the wire decoded to what the CLI shows: the members that it knows, in its order, times and bytes as text. */
import { toBase64 } from '@smithy/core/serde';
import { parseJson } from '../python/json.ts';
import { type CliService, type Shape, shapeOf } from '../service-description.ts';
import { formatTimestamp, parseTimestamp } from '../timestamps.ts';
import { Float, type Value, type ValueMap } from '../value.ts';

/** Answers of IAM in which a policy stands percent-encoded; the CLI shows it as JSON. */
const POLICY_SHAPE = 'policyDocumentType';

function policy(text: string): Value {
  try {
    return parseJson(decodeURIComponent(text));
  } catch {
    return text;
  }
}

function scalar(shape: Shape, raw: unknown): Value {
  if (raw instanceof Uint8Array) return toBase64(raw);
  if (shape.type === 'timestamp') {
    if (raw instanceof Date) return formatTimestamp(raw.getTime());
    const time = typeof raw === 'string' || typeof raw === 'number' ? parseTimestamp(raw) : undefined;
    return time === undefined ? String(raw) : formatTimestamp(time);
  }
  if (shape.type === 'float' || shape.type === 'double') return new Float(Number(raw));
  if (typeof raw === 'bigint') return Number(raw);
  if (typeof raw === 'object' && raw !== null) return JSON.parse(JSON.stringify(raw)) as Value;
  return raw as Value;
}

/** The CLI's view of a decoded value. */
export function presentable(service: CliService, shapeName: string, raw: unknown): Value {
  const shape = shapeOf(service, shapeName);
  if (shape.type === 'structure' && typeof raw === 'object' && raw !== null && shape.document !== true) {
    const source = raw as Readonly<Record<string, unknown>>;
    const found: ValueMap = {};
    for (const [member, name] of Object.entries(shape.members ?? {})) {
      const value = source[member];
      if (value === undefined || value === null) continue;
      const isPolicy = name === POLICY_SHAPE && service.name === 'iam' && typeof value === 'string';
      found[member] = isPolicy ? policy(value) : presentable(service, name, value);
    }
    return found;
  }
  if (shape.type === 'list' && Array.isArray(raw)) {
    return raw.map((item: unknown) => presentable(service, shape.member ?? '', item));
  }
  if (shape.type === 'map' && typeof raw === 'object' && raw !== null) {
    return Object.fromEntries(
      Object.entries(raw).map(([key, value]) => [key, presentable(service, shape.value ?? '', value)]),
    );
  }
  return scalar(shape, raw);
}
