/** Puts an operation's pages together as the AWS CLI does. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html */

import { toBase64 } from '@smithy/core/serde';
import { fromBase64 } from './base64.ts';
import { generalFault } from './faults.ts';
import { search } from './output/query.ts';
import { parseJson } from './python/json.ts';
import { pythonRepr } from './python/text.ts';
import type { Paginator } from './service-description.ts';
import { isList, isMap, type Value, type ValueMap } from './value.ts';

export interface PageOptions {
  readonly maxItems?: number;
  readonly pageSize?: number | string;
  readonly startingToken?: string;
}

/** All pages, each cut to what was asked for, and where to go on. */
export interface Pages {
  readonly pages: readonly ValueMap[];
  /** Members that the first page has once and for all. */
  readonly constant: ValueMap;
  readonly resultKeys: readonly string[];
  /** For `--starting-token`. */
  readonly nextToken?: string;
}

type Tokens = Record<string, Value>;

const TRUNCATION = 'boto_truncate_amount';

/** Sets the value at a path of names with dots. */
function setPath(target: ValueMap, path: string, value: Value): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let inner = target;
  for (const name of names) {
    const next = inner[name];
    const map = isMap(next) ? next : {};
    inner[name] = map;
    inner = map;
  }
  inner[last] = value;
}

/** Python's `json.dumps` without layout: a space after colon and comma. */
function compact(tokens: Tokens): string {
  const members = Object.entries(tokens).map(([key, value]) => `${JSON.stringify(key)}: ${asciiJson(value)}`);
  return `{${members.join(', ')}}`;
}

function asciiJson(value: Value): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function parseStartingToken(token: string, names: readonly string[]): { tokens: Tokens; skip: number } {
  try {
    const decoded = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(token)));
    if (isMap(decoded)) {
      const { [TRUNCATION]: skip, ...tokens } = decoded;
      return { tokens, skip: typeof skip === 'number' ? skip : 0 };
    }
  } catch {
    // Not one of the CLI's own: an older form, or a token of the service.
  }
  let parts = token.split('___');
  let skip = 0;
  if (parts.length === names.length + 1) {
    const last = parts.pop() ?? '';
    if (/^\s*[+-]?\d+\s*$/.test(last)) skip = Number(last);
    else parts = [token];
  }
  if (parts.length > names.length) throw generalFault(`Bad starting token: ${token}`);
  return { tokens: Object.fromEntries(names.map((name, i) => [name, parts[i] ?? null])), skip };
}

function injected(input: ValueMap, tokens: Tokens): ValueMap {
  const next = { ...input };
  for (const [name, token] of Object.entries(tokens)) {
    if (token !== null && token !== 'None') next[name] = token;
    else delete next[name];
  }
  return next;
}

function emptyLike(sample: Value): Value {
  if (isList(sample)) return [];
  if (typeof sample === 'string') return '';
  return typeof sample === 'number' ? 0 : null;
}

function length(value: Value): number {
  if (isList(value)) return value.length;
  if (typeof value === 'string') return value.length;
  return isMap(value) ? Object.keys(value).length : 0;
}

function sliced(value: Value, from: number, to?: number): Value {
  if (isList(value)) return value.slice(from, to);
  return typeof value === 'string' ? value.slice(from, to) : null;
}

function nextTokens(paginator: Paginator, page: ValueMap): Tokens {
  if (paginator.more_results !== undefined) {
    const more = search(page, paginator.more_results);
    if (more === null || more === false || more === '' || (length(more) === 0 && more !== true)) return {};
  }
  const found = paginator.input_token.map((name, i): [string, Value] => {
    const token = search(page, paginator.output_token[i] ?? '');
    return [name, token === '' || token === false ? null : token];
  });
  return Object.fromEntries(found);
}

/** Calls page after page until there are no more or enough items. */
export async function paginate(
  paginator: Paginator,
  input: ValueMap,
  options: PageOptions,
  call: (input: ValueMap) => Promise<ValueMap>,
): Promise<Pages> {
  const keys = paginator.result_key ?? [];
  const primary = keys[0] ?? '';
  const pages: ValueMap[] = [];
  const start =
    options.startingToken === undefined ? undefined : parseStartingToken(options.startingToken, paginator.input_token);
  let current = start === undefined ? { ...input } : injected(input, start.tokens);
  if (options.pageSize !== undefined && paginator.limit_key !== undefined) {
    current[paginator.limit_key] = options.pageSize;
  }
  let tokens: Tokens = start?.tokens ?? Object.fromEntries(paginator.input_token.map((name) => [name, null]));
  let constant: ValueMap = {};
  let total = 0;
  let previous: string | undefined;
  for (;;) {
    const page = await call(current);
    let skipped = 0;
    if (pages.length === 0) {
      if (start !== undefined) {
        skipped = start.skip;
        setPath(page, primary, sliced(search(page, primary), skipped));
        for (const key of keys.slice(1)) setPath(page, key, emptyLike(search(page, key)));
      }
      constant = {};
      for (const key of paginator.non_aggregate_keys ?? []) setPath(constant, key, search(page, key));
    }
    pages.push(page);
    const items = search(page, primary);
    const excess = options.maxItems === undefined ? 0 : total + length(items) - options.maxItems;
    if (excess > 0) {
      const kept = length(items) - excess;
      setPath(page, primary, sliced(items ?? [], 0, kept));
      const resume = { ...tokens, [TRUNCATION]: kept + skipped };
      return { pages, constant, resultKeys: keys, nextToken: encodeToken(resume, paginator) };
    }
    total += length(items);
    tokens = nextTokens(paginator, page);
    if (Object.values(tokens).every((token) => token === null)) return { pages, constant, resultKeys: keys };
    if (options.maxItems !== undefined && total === options.maxItems) {
      return { pages, constant, resultKeys: keys, nextToken: encodeToken(tokens, paginator) };
    }
    const text = compact(tokens);
    if (text === previous) {
      throw generalFault(`Error during pagination: The same next token was received twice: ${pythonRepr(tokens)}`);
    }
    previous = text;
    current = injected(current, tokens);
  }
}

function encodeToken(tokens: Tokens, paginator: Paginator): string {
  const names = Object.keys(tokens).filter((name) => name !== TRUNCATION);
  if (names.length !== paginator.input_token.length) throw generalFault(`Bad starting token: ${pythonRepr(tokens)}`);
  return toBase64(new TextEncoder().encode(compact(tokens)));
}

/** One answer of all pages, as `--output json` shows it. */
export function fullResult(result: Pages): ValueMap {
  const whole: ValueMap = {};
  for (const page of result.pages) {
    for (const key of result.resultKeys) {
      const value = search(page, key);
      if (value === null) continue;
      const existing = search(whole, key);
      if (existing === null) setPath(whole, key, value);
      else if (isList(existing) && isList(value)) setPath(whole, key, [...existing, ...value]);
      else if (typeof existing === 'number' && typeof value === 'number') setPath(whole, key, existing + value);
      else if (typeof existing === 'string' && typeof value === 'string') setPath(whole, key, existing + value);
    }
  }
  merge(whole, result.constant);
  if (result.nextToken !== undefined) whole['NextToken'] = result.nextToken;
  return whole;
}

function merge(into: ValueMap, from: ValueMap): void {
  for (const [key, value] of Object.entries(from)) {
    const existing = into[key];
    if (isMap(value) && isMap(existing)) merge(existing, value);
    else into[key] = value;
  }
}

/** The parts that `--output text` prints one after the other. */
export function textParts(result: Pages): readonly ValueMap[] {
  const parts = result.pages.map((page, i) => {
    const part: ValueMap = i === 0 ? result.constant : {};
    for (const key of result.resultKeys) setPath(part, key, search(page, key));
    return part;
  });
  if (result.nextToken !== undefined) parts.push({ NextToken: { NextToken: result.nextToken } });
  return parts;
}
