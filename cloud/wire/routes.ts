/** Which operation of a REST service a request means: by method, by what the path names, and by query and headers. */
import type { OperationModel, ServiceModel } from './model.ts';
import { structureOf } from './shape.ts';

/** What the path of an S3 request names. */
export type Level = 'service' | 'bucket' | 'key';

interface Route {
  readonly operation: OperationModel;
  /** Query parameters that must be there; with a value, that value. */
  readonly literals: readonly (readonly [name: string, value: string | undefined])[];
  /** Query parameters of required members. */
  readonly query: readonly string[];
  /** Headers of required members, in lower case. */
  readonly headers: readonly string[];
}

/** Routes by method and level, the most demanding first. */
type RouteTable = ReadonlyMap<string, readonly Route[]>;

const tables = new WeakMap<ServiceModel, RouteTable>();

/** What of a request tells its operation. */
export interface RouteFacts {
  readonly method: string;
  readonly level: Level;
  readonly query: ReadonlyMap<string, string | readonly string[]>;
  hasHeader(name: string): boolean;
}

/** The operation that a request means; undefined where there is none. */
export function routeOf(model: ServiceModel, facts: RouteFacts): OperationModel | undefined {
  let table = tables.get(model);
  if (table === undefined) {
    table = readRoutes(model);
    tables.set(model, table);
  }
  return table.get(`${facts.method} ${facts.level}`)?.find((route) => fits(route, facts))?.operation;
}

function fits(route: Route, { query, hasHeader }: RouteFacts): boolean {
  return (
    route.literals.every(([name, value]) => query.has(name) && (value === undefined || query.get(name) === value)) &&
    route.query.every((name) => query.has(name)) &&
    route.headers.every(hasHeader)
  );
}

function readRoutes(model: ServiceModel): RouteTable {
  const table = new Map<string, Route[]>();
  for (const operation of model.operations.values()) {
    if (operation.http === undefined) continue;
    const [method, uri] = operation.http;
    const { members, requiredCount } = structureOf(operation.input);
    const bindings = members.slice(0, requiredCount).flatMap((member) => member.binding ?? []);
    const named = (place: 'label' | 'query' | 'header'): string[] =>
      bindings.flatMap((binding) => (binding.in === place ? binding.name : []));
    const labels = named('label');
    const [path = '', query = ''] = uri.split('?');
    // An operation under a fixed path of its own (WriteGetObjectResponse) lives on another endpoint.
    if (path !== '/' && !path.startsWith('/{')) continue;
    const level: Level = labels.includes('Key') ? 'key' : labels.includes('Bucket') ? 'bucket' : 'service';
    const route = { operation, literals: readLiterals(query), query: named('query'), headers: named('header') };
    const key = `${method} ${level}`;
    table.set(key, [...(table.get(key) ?? []), route]);
  }
  for (const routes of table.values()) routes.sort((a, b) => demands(b) - demands(a));
  return table;
}

/** `x-id` only tells SDKs' operations apart: no client needs to send it. */
function readLiterals(query: string): Route['literals'] {
  return query
    .split('&')
    .filter((literal) => literal !== '' && !literal.startsWith('x-id='))
    .map((literal) => {
      const [name = '', value] = literal.split('=');
      return [name, value] as const;
    });
}

function demands(route: Route): number {
  return route.literals.length * 10 + route.query.length + route.headers.length;
}
