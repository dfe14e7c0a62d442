/**
 * The canonical form of a request (IAM User Guide, "Create a signed AWS API request"), made from the raw request target: what a
 * URL parser would tidy up is just what the client signed.
 */
import { percentEncode } from '../percent.ts';
import type { WireRequest } from '../wire/model.ts';

/** How a service reads the path: S3 takes it as it is, the others normalise it and encode it once more. */
export type PathStyle = 's3' | 'normalised';

/** Query parameters that the canonical form leaves out, by their names. */
export type Omitted = ReadonlySet<string>;

/** The raw path and query of a target. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const question = target.indexOf('?');
  return question === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, question), query: target.slice(question + 1) };
}

const unreservedOnly = /^[A-Za-z0-9\-._~/]*$/;

function encodePath(path: string): string {
  return unreservedOnly.test(path) ? path : percentEncode(path, '/');
}

/** Decodes once; text that is not encoded rightly stays as it is, and the signature will not match. */
function decodeUri(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The path as it is signed: decoded and encoded once for S3; for the others normalised, and what is encoded encoded again. */
export function canonicalPath(path: string, style: PathStyle): string {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  if (style === 's3') return encodePath(rooted.split('/').map(decodeUri).join('/'));
  return encodePath(normalise(rooted));
}

/** Without dot segments and repeated slashes (RFC 3986, section 5.2.4). */
function normalise(path: string): string {
  if (!path.includes('//') && !path.includes('/.')) return path;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const last = path.slice(path.lastIndexOf('/') + 1);
  const ends = kept.length > 0 && (last === '' || last === '.' || last === '..') ? '/' : '';
  return `/${kept.join('/')}${ends}`;
}

/** The query, each part encoded anew, then sorted; an empty value keeps its `=`. */
export function canonicalQuery(query: string, omitted: Omitted): string {
  if (query === '') return '';
  const pairs: (readonly [string, string])[] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodePart(equals === -1 ? part : part.slice(0, equals));
    if (omitted.has(name)) continue;
    pairs.push([percentEncode(name), equals === -1 ? '' : percentEncode(decodePart(part.slice(equals + 1)))]);
  }
  return pairs
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function decodePart(text: string): string {
  return decodeUri(text.includes('+') ? text.replaceAll('+', '%20') : text);
}

/** By code units: everything is ASCII after encoding. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Headers by name in lower case: their values in order of arrival, trimmed, inner runs of spaces as one. */
export function headersByName(headers: WireRequest['headers']): Map<string, string> {
  const byName = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const text = value.trim().replace(/ +/g, ' ');
    const before = byName.get(key);
    byName.set(key, before === undefined ? text : `${before},${text}`);
  }
  return byName;
}

/** What of a request is signed. */
export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

/** The canonical request, as text. */
export function canonicalRequest(parts: CanonicalParts): string {
  const headers = parts.signedHeaders.map((name) => `${name}:${parts.headers.get(name) ?? ''}\n`).join('');
  return `${parts.method}\n${parts.path}\n${parts.query}\n${headers}\n${parts.signedHeaders.join(';')}\n${parts.payloadHash}`;
}
