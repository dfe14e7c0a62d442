/**
 * The values of a CloudFormation template: plain data, and the intrinsic functions that stand in it
 * (AWS CloudFormation Template Reference, "Intrinsic functions").
 */

/** Where something stands in the template's text. */
export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** RFC 6901: `/Resources/Bea/Properties/UserName`. */
  readonly field: string;
}

/** A value as read, each part with its place. */
export type Value = { readonly place: Place } & (
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value> }
  /** `Ref`. */
  | { readonly kind: 'ref'; readonly name: string }
  /** `Fn::GetAtt`. */
  | { readonly kind: 'attribute'; readonly resource: string; readonly attribute: string }
  /** `Fn::Sub`: text, and what stands between it. */
  | { readonly kind: 'sub'; readonly pieces: readonly (string | Value)[] }
  /** `Fn::Join`. */
  | { readonly kind: 'join'; readonly delimiter: string; readonly parts: Value }
);

/** What names stand for while a template is deployed. */
export interface Names {
  /** A parameter's, a pseudo parameter's or a resource's value; undefined for `AWS::NoValue`. */
  ref(name: string): string | undefined;
  attribute(resource: string, attribute: string): string;
}

/** Plain data: what an AWS call is given. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** Works a value out. Members and items that come to `AWS::NoValue` are left out. */
export function evaluate(value: Value, names: Names): Data | undefined {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.flatMap((item) => {
        const data = evaluate(item, names);
        return data === undefined ? [] : [data];
      });
    case 'map':
      return Object.fromEntries(
        [...value.entries].flatMap(([key, entry]): [string, Data][] => {
          const data = evaluate(entry, names);
          return data === undefined ? [] : [[key, data]];
        }),
      );
    case 'ref':
      return names.ref(value.name);
    case 'attribute':
      return names.attribute(value.resource, value.attribute);
    case 'sub':
      return value.pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece, names))).join('');
    case 'join': {
      const parts = evaluate(value.parts, names);
      return (Array.isArray(parts) ? parts : []).map((part) => String(part)).join(value.delimiter);
    }
  }
}

function textOf(value: Value, names: Names): string {
  const data = evaluate(value, names);
  return data === undefined || data === null ? '' : String(data);
}

/** Every reference in a value, with its place. */
export function* referencesIn(value: Value): Generator<Value & ({ kind: 'ref' } | { kind: 'attribute' })> {
  switch (value.kind) {
    case 'list':
      for (const item of value.items) yield* referencesIn(item);
      return;
    case 'map':
      for (const entry of value.entries.values()) yield* referencesIn(entry);
      return;
    case 'sub':
      for (const piece of value.pieces) if (typeof piece !== 'string') yield* referencesIn(piece);
      return;
    case 'join':
      yield* referencesIn(value.parts);
      return;
    case 'ref':
    case 'attribute':
      yield value;
  }
}
