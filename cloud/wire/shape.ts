/**
 * The shapes of a service model as plain trees that an encoder or decoder walks without further questions: names, formats and
 * HTTP bindings. They are read out of the tables in cloud/generated/wire (see table.ts).
 */

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
  /** Whether it holds exactly one of its members. */
  readonly isUnion?: true;
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
  /** Its name in EC2's forms, where that is not its XML name with a capital. */
  readonly queryName?: string;
  readonly xmlAttribute: boolean;
  readonly flattened: boolean;
  readonly jsonName?: string;
  readonly binding?: Binding;
}

const nothing: StructureShape = { kind: 'structure', name: '', members: [], requiredCount: 0 };

/** A shape that must be a structure: an input or output without members is an empty one. */
export function structureOf(shape: Shape | undefined): StructureShape {
  return shape?.kind === 'structure' ? shape : nothing;
}
