/** What an installed AWS CLI v2 answered, recorded by scripts/generate/cli-recordings.py. */
import { readFileSync } from 'node:fs';
import { parseJson } from '../python/json.ts';
import type { Value } from '../value.ts';

interface Recorded {
  readonly formats: readonly { readonly value: Value; readonly format: string; readonly text: string }[];
  readonly shorthand: readonly { readonly text: string; readonly value?: Value; readonly error?: string }[];
  readonly validation: readonly {
    readonly service: string;
    readonly operation: string;
    readonly parameters: Value;
    readonly report: string;
  }[];
  readonly ini: readonly {
    readonly before: string;
    readonly values: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
    readonly after: string;
  }[];
  readonly sizes: readonly (readonly [bytes: number, text: string])[];
  readonly contentTypes: readonly (readonly [name: string, type: string | null])[];
  readonly globs: readonly (readonly [pattern: string, name: string, matches: boolean])[];
  readonly tokens: readonly (readonly [token: Readonly<Record<string, Value>>, text: string])[];
  readonly relativePaths: readonly (readonly [path: string, start: string, text: string])[];
}

/** Read as Python's JSON, so that 2.0 stays a float. */
export const recorded = parseJson(
  readFileSync(new URL('recorded.json', import.meta.url), 'utf8'),
) as unknown as Recorded;
