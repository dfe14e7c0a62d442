/**
 * AWS's configuration files: sections of `key = value`, with one level of nested keys by indentation.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 */
import { generalFault } from '../faults.ts';

/** A section: a value, or for a nested block its own keys. */
export type Section = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const HEADER = /^\[([^\]]*)\]/;

function comments(line: string): boolean {
  return line.trim() === '' || /^[#;]/.test(line.trim());
}

/**
 * Sections by their name in brackets, in the file's order.
 * Throws the CLI's `Unable to parse config file` (exit code 255).
 */
export function parseIni(text: string, path: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Record<string, string | Record<string, string>>>();
  let section: Record<string, string | Record<string, string>> | undefined;
  let key: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (comments(line)) continue;
    const header = HEADER.exec(line);
    if (header !== null) {
      section = sections.get(header[1] ?? '') ?? {};
      sections.set(header[1] ?? '', section);
      key = undefined;
      continue;
    }
    if (section === undefined) throw generalFault(`Unable to parse config file: ${path}`);
    if (/^\s/.test(line) && key !== undefined) {
      const nested = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(line);
      const block: string | Record<string, string> = section[key] ?? '';
      if (nested === null) throw generalFault(`Unable to parse config file: ${path}`);
      const inner: Record<string, string> = typeof block === 'string' ? {} : block;
      inner[nested[1] ?? ''] = nested[2] ?? '';
      section[key] = inner;
      continue;
    }
    const pair = /^\s*([^=:]+?)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (pair === null) throw generalFault(`Unable to parse config file: ${path}`);
    key = (pair[1] ?? '').toLowerCase();
    section[key] = pair[2] ?? '';
  }
  return sections;
}
