/** What parameters and answers are made of. */

/** A float is kept apart from an integer because Python writes `1.0`. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** Parameters as given, and answers as shown: JSON, with bytes and floats besides. */
export type Value = string | number | boolean | null | Uint8Array | Float | readonly Value[] | ValueMap;

export interface ValueMap {
  [name: string]: Value;
}

/** Whether it is a structure or map. */
export function isMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Float)
  );
}

/** Whether it is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}
