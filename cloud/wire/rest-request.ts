/** The parts of a REST request and a REST answer that do not depend on the form of the body. */
import { formPairs } from './form.ts';
import type { WireRequest } from './model.ts';

/** A raw target's path and query; a target in absolute form (RFC 9112, section 3.2.2) loses its origin. */
export function splitRestTarget(target: string): { readonly path: string; readonly query: string } {
  const question = target.indexOf('?');
  const raw = question === -1 ? target : target.slice(0, question);
  return {
    path: raw.replace(/^https?:\/\/[^/]*/i, ''),
    query: question === -1 ? '' : target.slice(question + 1),
  };
}

/** The headers by their names in lower case; values of a repeated one joined with commas. */
export function headerMap(headers: WireRequest['headers']): Map<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = map.get(key);
    map.set(key, before === undefined ? value : `${before},${value}`);
  }
  return map;
}

/** A query string's parameters: a list where one is repeated. Throws Malformed. */
export function queryMap(query: string): Map<string, string | readonly string[]> {
  const map = new Map<string, string | readonly string[]>();
  for (const [name, value] of formPairs(query)) {
    const before = map.get(name);
    map.set(name, before === undefined ? value : [before, value].flat());
  }
  return map;
}
