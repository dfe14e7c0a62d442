/** The condition keys of a line. */
import type { AnyRequest } from '../../iam/index.ts';

type Scalar = string | number | boolean;

/** As the engine takes them: numbers and booleans as texts. */
export function contextOf(context: Readonly<Record<string, Scalar | readonly Scalar[]>>): AnyRequest['context'] {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, textOf(value)]));
}

function textOf(value: Scalar | readonly Scalar[]): string | readonly string[] {
  return typeof value === 'object' ? value.map(String) : String(value);
}
