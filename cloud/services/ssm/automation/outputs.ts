/** Outputs of steps: what selectors find, as the type says, and as answers show it. */
import { isList, type Json } from '../documents/content.ts';
import { textOf } from '../documents/filling.ts';
import type { StepOutput } from './runbook.ts';
import { select } from './selector.ts';
import type { NamedValue } from './state.ts';

export type ReadOutputs =
  | { readonly kind: 'ok'; readonly outputs: readonly NamedValue[] }
  | { readonly kind: 'wrong'; readonly name: string };

/** The outputs that a step names; what its selector does not find is not there. */
export function readOutputs(outputs: readonly StepOutput[], value: Json): ReadOutputs {
  const found: NamedValue[] = [];
  for (const { name, selector, type } of outputs) {
    const selected = select(value, selector);
    if (selected === undefined) continue;
    const converted = converting(selected, type);
    if (converted === undefined) return { kind: 'wrong', name };
    found.push({ name, value: converted });
  }
  return { kind: 'ok', outputs: found };
}

/** The conversions that Automation knows (User Guide, "Using action outputs as inputs"). */
function converting(value: Json, type: string): Json | undefined {
  const single = isList(value) && value.length === 1 ? value[0] : undefined;
  switch (type) {
    case 'String':
      return isList(value) && single === undefined ? JSON.stringify(value) : textOf(single ?? value);
    case 'StringList':
      return isList(value) ? value.map((item) => textOf(item)) : [textOf(value)];
    case 'Integer': {
      const number = Number(single ?? value);
      return Number.isInteger(number) ? number : undefined;
    }
    case 'Boolean': {
      const text = String(single ?? value).toLowerCase();
      return text === 'true' ? true : text === 'false' ? false : undefined;
    }
    case 'MapList':
      return isList(value) ? value : [value];
    default:
      return single ?? value;
  }
}

/** As answers show a value: a list of texts. */
export function textsOf(value: Json): string[] {
  return (isList(value) ? value : [value]).map((item) => textOf(item));
}

/** An output of an operation as plain data: times as texts, bytes in UTF-8; streams are none. */
export function plainOutput(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.map(plainOutput);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return null;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, plainOutput(member)]])),
  );
}
