/** Lines held against their schemas. */
import type { Static, TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';
import { LineFault } from '../line-fault.ts';

/** The line, if it is as the schema says. Throws `invalid_line` with the deepest place that is not. */
export function readLine<Schema extends TSchema>(schema: Schema, line: unknown): Static<Schema> {
  if (Check(schema, line)) return line as Static<Schema>;
  const faults = Errors(schema, line);
  const [first] = [...faults].sort((a, b) => depth(b.instancePath) - depth(a.instancePath));
  const pointer = first?.instancePath ?? '';
  const choices = faults.flatMap((fault) =>
    fault.keyword === 'const' && fault.instancePath === pointer ? [JSON.stringify(fault.params.allowedValue)] : [],
  );
  const words = choices.length > 0 ? `It must be one of ${choices.join(', ')}.` : wordsOf(first);
  throw new LineFault('invalid_line', words, pointer);
}

function depth(pointer: string): number {
  return pointer.split('/').length;
}

function wordsOf(fault: ReturnType<typeof Errors>[number] | undefined): string {
  if (fault === undefined) return 'The line is not as the schema says.';
  // A closed object refuses a property by a schema that nothing meets.
  if (fault.keyword === 'boolean') return 'There is no such property here.';
  const { requiredProperties: missing } = fault.params as { requiredProperties?: readonly string[] };
  return missing === undefined ? `It ${fault.message}.` : `It must have ${missing.join(', ')}.`;
}
