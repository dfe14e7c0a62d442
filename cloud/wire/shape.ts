/**
 * The SDK's schemas as plain trees that an encoder or decoder walks without further questions: names, formats and HTTP
 * bindings are read once for each shape of a process.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { Schema } from './model.ts';

/** How a point in time is written (Smithy's timestamp formats). */
export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

/** A shape of the service model. */
export type Shape =
  | { readonly kind: 'string' | 'boolean' | 'number' | 'blob' | 'document' | 'unit' }
  /** `format` is absent where the protocol's default holds. */
  | { readonly kind: 'timestamp'; readonly format?: TimestampFormat }
  | { readonly kind: 'list'; readonly item: Member; readonly sparse: boolean }
  | { readonly kind: 'map'; readonly key: Member; readonly value: Member }
  | StructureShape;

export interface StructureShape {
  readonly kind: 'structure';
  /** `CreateUserRequest`. */
  readonly name: string;
  /** The name of its root element in XML, where that is not its own name. */
  readonly xmlName?: string;
  /** The members that must be there come first. */
  readonly members: readonly Member[];
  readonly requiredCount: number;
  /** An XML namespace of its own: prefix and URI. */
  readonly xmlNamespace?: readonly [prefix: string, uri: string];
}

/** Where a member travels in HTTP, for the REST protocols. */
export type Binding =
  | { readonly in: 'label' | 'header' | 'query' | 'prefix-headers'; readonly name: string }
  | { readonly in: 'query-params' | 'payload' | 'status' };

/** A member of a structure, an item of a list, a key or value of a map. */
export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly xmlName?: string;
  readonly xmlAttribute: boolean;
  readonly flattened: boolean;
  readonly jsonName?: string;
  readonly binding?: Binding;
}

const structures = new WeakMap<object, StructureShape>();
const unit: Shape = { kind: 'unit' };

/** The shape of an operation's input, output or error; the same object for the same schema. */
export function shapeOf(schema: Schema): Shape {
  return schema === undefined || schema === 'unit' ? unit : read(NormalizedSchema.of(schema as never));
}

/** A shape that must be a structure: an input or output without members is an empty one. */
export function structureOf(schema: Schema): StructureShape {
  const shape = shapeOf(schema);
  return shape.kind === 'structure' ? shape : { kind: 'structure', name: '', members: [], requiredCount: 0 };
}

function read(schema: NormalizedSchema): Shape {
  if (schema.isStructSchema()) return readStructure(schema);
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return { kind: 'list', item: readMember('member', item), sparse: Boolean(schema.getMergedTraits().sparse) };
  }
  if (schema.isMapSchema()) {
    return {
      kind: 'map',
      key: readMember('key', schema.getKeySchema()),
      value: readMember('value', schema.getValueSchema()),
    };
  }
  if (schema.isTimestampSchema()) {
    const format = timestampFormats[Number(schema.getSchema())];
    return { kind: 'timestamp', ...(format && { format }) };
  }
  if (schema.isBlobSchema()) return { kind: 'blob' };
  if (schema.isBooleanSchema()) return { kind: 'boolean' };
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return { kind: 'number' };
  if (schema.isDocumentSchema()) return { kind: 'document' };
  return schema.isUnitSchema() ? unit : { kind: 'string' };
}

/** The SDK's numbers for timestamps that have a format of their own; 4 is one that has none. */
const timestampFormats: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

function readStructure(schema: NormalizedSchema): StructureShape {
  const tuple = schema.getSchema() as readonly unknown[];
  const known = structures.get(tuple);
  if (known !== undefined) return known;
  const members: Member[] = [];
  const { xmlName } = schema.getOwnTraits() as { xmlName?: string };
  const shape: StructureShape = {
    kind: 'structure',
    name: String(tuple[2]),
    ...(xmlName !== undefined && { xmlName }),
    members,
    requiredCount: Number(tuple[6] ?? 0),
  };
  // Known before its members are read: a structure may hold itself.
  structures.set(tuple, shape);
  for (const [name, member] of schema.structIterator()) members.push(readMember(name, member));
  return shape;
}

interface Traits {
  readonly xmlName?: string;
  readonly xmlAttribute?: unknown;
  readonly xmlFlattened?: unknown;
  readonly xmlNamespace?: string | readonly [string, string];
  readonly jsonName?: string;
  readonly httpLabel?: unknown;
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpQueryParams?: unknown;
  readonly httpPayload?: unknown;
  readonly httpResponseCode?: unknown;
}

function readMember(name: string, schema: NormalizedSchema): Member {
  const own = schema.getMemberTraits() as Traits;
  const traits = schema.getMergedTraits() as Traits;
  const binding = readBinding(name, traits);
  const shape = read(schema);
  const namespace = traits.xmlNamespace;
  return {
    name,
    shape:
      shape.kind === 'structure' && Array.isArray(namespace) ? { ...shape, xmlNamespace: namespace as never } : shape,
    ...(own.xmlName !== undefined && { xmlName: own.xmlName }),
    xmlAttribute: Boolean(traits.xmlAttribute),
    flattened: Boolean(traits.xmlFlattened),
    ...(traits.jsonName !== undefined && { jsonName: traits.jsonName }),
    ...(binding && { binding }),
  };
}

function readBinding(name: string, traits: Traits): Binding | undefined {
  if (traits.httpLabel) return { in: 'label', name };
  if (traits.httpHeader !== undefined) return { in: 'header', name: traits.httpHeader.toLowerCase() };
  if (traits.httpQuery !== undefined) return { in: 'query', name: traits.httpQuery };
  if (traits.httpPrefixHeaders !== undefined)
    return { in: 'prefix-headers', name: traits.httpPrefixHeaders.toLowerCase() };
  if (traits.httpQueryParams) return { in: 'query-params' };
  if (traits.httpPayload) return { in: 'payload' };
  return traits.httpResponseCode ? { in: 'status' } : undefined;
}
