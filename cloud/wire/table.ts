/**
 * A service's wire model out of its generated table: a JSON text, because a process that never calls the service then holds a
 * string and no shapes. It is parsed at the first call, and each structure at its first use.
 */
import type { OperationModel, ServiceModel } from './model.ts';
import type { ServiceFacts } from './service-model.ts';
import type { Binding, Member, Shape, StructureShape, TimestampFormat } from './shape.ts';

/** The rows of a table; they refer to shapes by their index. */
export interface WireTable {
  readonly operations: Readonly<Record<string, OperationRow>>;
  /** By the error's code on the wire. */
  readonly errors: Readonly<Record<string, ErrorRow>>;
  readonly shapes: readonly ShapeRow[];
}

export type OperationRow = readonly [input: number, output: number, method?: string, uri?: string, status?: number];
export type ErrorRow = readonly [name: string, status: number, shape: number, queryCode?: string];
export type ShapeRow =
  | Exclude<Shape['kind'], 'list' | 'map' | 'structure'>
  | readonly ['timestamp', TimestampFormat]
  | readonly ['list', item: MemberRow, sparse: 0 | 1]
  | readonly ['map', key: MemberRow, value: MemberRow]
  | readonly [
      'structure' | 'union',
      name: string,
      requiredCount: number,
      members: readonly MemberRow[],
      xmlName?: string,
    ];
export type MemberRow = readonly [name: string, shape: number, traits?: MemberTraits];

/** What is said of a member beside its name and shape. */
export interface MemberTraits {
  readonly xmlName?: string;
  readonly queryName?: string;
  readonly attribute?: 1;
  readonly flat?: 1;
  readonly jsonName?: string;
  readonly in?: Binding['in'];
  /** The name of the header or the query parameter; a label is called as its member. */
  readonly as?: string;
  readonly namespace?: readonly [prefix: string, uri: string];
}

/** The wire model of a service: its facts, and its table as generated. */
export function readServiceModel(table: string, facts: ServiceFacts): ServiceModel {
  let read: Pick<ServiceModel, 'operations' | 'errors'> | undefined;
  const parsed = () => {
    read ??= readTable(JSON.parse(table) as WireTable);
    return read;
  };
  return {
    ...facts,
    get operations() {
      return parsed().operations;
    },
    get errors() {
      return parsed().errors;
    },
  };
}

function readTable(table: WireTable): Pick<ServiceModel, 'operations' | 'errors'> {
  const shapeAt = shapesOf(table.shapes);
  const operations = Object.entries(table.operations).map(([name, [input, output, method, uri, status]]) => {
    const http = method === undefined || uri === undefined ? {} : { http: [method, uri, status ?? 200] as const };
    const operation: OperationModel = {
      name,
      get input() {
        return shapeAt(input);
      },
      get output() {
        return shapeAt(output);
      },
      ...http,
    };
    return [name, operation] as const;
  });
  const errors = Object.entries(table.errors).map(([code, [name, status, shape, queryCode]]) => {
    const error = {
      name,
      status,
      get shape() {
        return shapeAt(shape);
      },
      ...(queryCode !== undefined && { queryCode }),
    };
    return [code, error] as const;
  });
  return { operations: new Map(operations), errors: new Map(errors) };
}

/** Shapes by their index, the same object for the same index: a structure may hold itself. */
function shapesOf(rows: readonly ShapeRow[]): (index: number) => Shape {
  const known: Shape[] = [];
  const shapeAt = (index: number): Shape => {
    const before = known[index];
    if (before !== undefined) return before;
    const shape = read(rows[index] ?? 'unit');
    known[index] = shape;
    return shape;
  };
  const member = ([name, shape, traits = {}]: MemberRow): Member => readMember(name, shapeAt(shape), traits);
  const read = (row: ShapeRow): Shape => {
    if (typeof row === 'string') return { kind: row };
    switch (row[0]) {
      case 'timestamp':
        return { kind: 'timestamp', format: row[1] };
      case 'list':
        return { kind: 'list', item: member(row[1]), sparse: row[2] === 1 };
      case 'map':
        return { kind: 'map', key: member(row[1]), value: member(row[2]) };
      case 'structure':
      case 'union': {
        const [kind, name, requiredCount, memberRows, xmlName] = row;
        let members: readonly Member[] | undefined;
        const structure: StructureShape = {
          kind: 'structure',
          name,
          requiredCount,
          get members() {
            members ??= memberRows.map(member);
            return members;
          },
          ...(xmlName !== undefined && { xmlName }),
          ...(kind === 'union' && { isUnion: true as const }),
        };
        return structure;
      }
    }
  };
  return shapeAt;
}

function readMember(name: string, shape: Shape, traits: MemberTraits): Member {
  const { xmlName, queryName, jsonName, namespace } = traits;
  const binding = bindingOf(name, traits);
  return {
    name,
    shape: namespace && shape.kind === 'structure' ? inNamespace(shape, namespace) : shape,
    ...(xmlName !== undefined && { xmlName }),
    ...(queryName !== undefined && { queryName }),
    xmlAttribute: traits.attribute === 1,
    flattened: traits.flat === 1,
    ...(jsonName !== undefined && { jsonName }),
    ...(binding && { binding }),
  };
}

/** The same structure under another name space; its members are read when they are first needed, as the original's are. */
function inNamespace(shape: StructureShape, xmlNamespace: readonly [string, string]): StructureShape {
  return Object.create(shape, { xmlNamespace: { value: xmlNamespace, enumerable: true } }) as StructureShape;
}

function bindingOf(name: string, { in: place, as = name }: MemberTraits): Binding | undefined {
  switch (place) {
    case undefined:
      return undefined;
    case 'query-params':
    case 'payload':
    case 'status':
      return { in: place };
    default:
      return { in: place, name: as };
  }
}
