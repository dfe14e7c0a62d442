/**
 * Which operation of a REST service a path means, and what its labels hold (Smithy, "HTTP binding traits": literals before
 * labels, labels before greedy ones, and query literals before none).
 */
import { percentEncode } from '../percent.ts';
import type { OperationModel, ServiceModel } from './model.ts';

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'label' | 'greedy'; readonly name: string };

interface Route {
  readonly operation: OperationModel;
  readonly segments: readonly Segment[];
  /** Query parameters that must be there; with a value, that value. */
  readonly literals: readonly (readonly [name: string, value: string | undefined])[];
}

/** What a path means. */
export interface Routed {
  readonly operation: OperationModel;
  /** The labels' texts, decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

const tables = new WeakMap<ServiceModel, ReadonlyMap<string, readonly Route[]>>();

/**
 * The operation of a raw path; undefined where there is none, or where the path cannot be decoded. A slash at the end means
 * nothing: some clients write one.
 */
export function routePath(
  model: ServiceModel,
  method: string,
  path: string,
  query: ReadonlyMap<string, string | readonly string[]>,
): Routed | undefined {
  const parts = path.replace(/^\//, '').split('/');
  const trimmed = partsOf(path);
  for (const { operation, segments, literals } of routesOf(model).get(method) ?? []) {
    const labels = match(segments, segments.at(-1)?.kind === 'greedy' ? parts : trimmed);
    if (labels === undefined || !literals.every(([name, value]) => holds(query, name, value))) continue;
    return { operation, labels };
  }
  return undefined;
}

/** The path of a call, its labels filled in, and the query literals of its operation as written. */
export function writePath(
  operation: OperationModel,
  labelOf: (name: string) => string,
): { readonly path: string; readonly literals: readonly string[] } {
  const [path = '/', query = ''] = (operation.http?.[1] ?? '/').split('?');
  const written = segmentsOf(path).map((segment) => {
    if (segment.kind === 'literal') return segment.text;
    const text = labelOf(segment.name);
    return segment.kind === 'label'
      ? percentEncode(text)
      : text
          .split('/')
          .map((part) => percentEncode(part))
          .join('/');
  });
  return { path: `/${written.join('/')}`, literals: query === '' ? [] : query.split('&') };
}

function holds(
  query: ReadonlyMap<string, string | readonly string[]>,
  name: string,
  value: string | undefined,
): boolean {
  const found = query.get(name);
  return found !== undefined && (value === undefined || found === value);
}

function match(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  let at = 0;
  for (const [i, segment] of segments.entries()) {
    const part = parts[at];
    if (part === undefined || (part === '' && segment.kind !== 'greedy')) return undefined;
    if (segment.kind === 'literal') {
      if (decode(part) !== segment.text) return undefined;
      at++;
      continue;
    }
    // A greedy label leaves as many parts as the pattern has after it.
    const end = segment.kind === 'label' ? at + 1 : parts.length - (segments.length - i - 1);
    if (end <= at) return undefined;
    const text = decode(parts.slice(at, end).join('/'));
    if (text === undefined || text === '') return undefined;
    labels[segment.name] = text;
    at = end;
  }
  return at === parts.length ? labels : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function partsOf(path: string): readonly string[] {
  const trimmed = path.replace(/\/+$/, '').replace(/^\//, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

function segmentsOf(path: string): readonly Segment[] {
  return partsOf(path).map((part) => {
    const label = /^\{([^}+]+)(\+?)\}$/.exec(part);
    if (label === null) return { kind: 'literal', text: part };
    return { kind: label[2] === '+' ? 'greedy' : 'label', name: label[1] ?? '' };
  });
}

function routesOf(model: ServiceModel): ReadonlyMap<string, readonly Route[]> {
  const known = tables.get(model);
  if (known !== undefined) return known;
  const table = new Map<string, Route[]>();
  for (const operation of model.operations.values()) {
    if (operation.http === undefined) continue;
    const [method, uri] = operation.http;
    const [path = '', query = ''] = uri.split('?');
    const route = { operation, segments: segmentsOf(path), literals: literalsOf(query) };
    table.set(method, [...(table.get(method) ?? []), route]);
  }
  for (const routes of table.values()) routes.sort(byDemands);
  tables.set(model, table);
  return table;
}

function literalsOf(query: string): Route['literals'] {
  return query
    .split('&')
    .filter((literal) => literal !== '')
    .map((literal) => {
      const [name = '', value] = literal.split('=');
      return [name, value === '' ? undefined : value] as const;
    });
}

const ranks = { literal: 0, label: 1, greedy: 2 } as const;

/** The more demanding route first. */
function byDemands(a: Route, b: Route): number {
  for (const [i, segment] of a.segments.entries()) {
    const other = b.segments[i];
    if (other === undefined) break;
    const difference = ranks[segment.kind] - ranks[other.kind];
    if (difference !== 0) return difference;
  }
  return b.segments.length - a.segments.length || b.literals.length - a.literals.length;
}
