/** The condition keys of a line. */
import type { AnyRequest } from '../../iam/index.ts';

/** A key's value on a line. */
type Value = string | number | boolean | readonly string[];

/** As the engine takes them: numbers and booleans as texts. */
export function contextOf(context: Readonly<Record<string, Value>>): AnyRequest['context'] {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, textOf(value)]));
}

function textOf(value: Value): string | readonly string[] {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
