/**
 * The values of a CloudFormation template: plain data, and the intrinsic functions that stand in it
 * (AWS CloudFormation Template Reference, "Intrinsic functions").
 */

import { toBase64 } from '@smithy/core/serde';
import { validationError } from './problem.ts';

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
  /** `Fn::Select`, its index from 0. */
  | { readonly kind: 'select'; readonly index: Value; readonly items: Value }
  /** `Fn::Split`. */
  | { readonly kind: 'split'; readonly delimiter: string; readonly text: Value }
  /** `Fn::Base64`. */
  | { readonly kind: 'base64'; readonly text: Value }
  /** `Fn::GetAZs`; the stack's own region where it is empty. */
  | { readonly kind: 'zones'; readonly region: Value }
  /** `Fn::ImportValue`. */
  | { readonly kind: 'import'; readonly name: Value }
  /** `Fn::FindInMap`. */
  | { readonly kind: 'lookup'; readonly map: Value; readonly top: Value; readonly second: Value }
  /** `Fn::If`. */
  | { readonly kind: 'if'; readonly condition: string; readonly then: Value; readonly otherwise: Value }
  /** `Condition`, within conditions. */
  | { readonly kind: 'condition'; readonly name: string }
  /** `Fn::Equals`. */
  | { readonly kind: 'equals'; readonly left: Value; readonly right: Value }
  /** `Fn::And`, `Fn::Or`. */
  | { readonly kind: 'and' | 'or'; readonly of: readonly Value[] }
  /** `Fn::Not`. */
  | { readonly kind: 'not'; readonly of: Value }
);

/** Plain data: what an AWS call is given. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** What names stand for while a template is worked out. */
export interface Names {
  /** A parameter's, a pseudo parameter's or a resource's value; undefined for `AWS::NoValue`. */
  ref(name: string): Data | undefined;
  attribute(resource: string, attribute: string): string;
  condition(name: string): boolean;
  /** @throws AwsError where the template has no such mapping */
  mapped(map: string, top: string, second: string): Data;
  /** @throws AwsError where no stack exports such a value */
  imported(name: string): string;
  /** The availability zones of a region. */
  zones(region: string): readonly string[];
}

/** Works a value out. Members and items that come to `AWS::NoValue` are left out. @throws AwsError where that cannot be done */
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
    case 'if':
      return evaluate(names.condition(value.condition) ? value.then : value.otherwise, names);
    case 'lookup':
      return names.mapped(textOf(value.map, names), textOf(value.top, names), textOf(value.second, names));
    case 'import':
      return names.imported(textOf(value.name, names));
    case 'zones':
      return names.zones(textOf(value.region, names));
    case 'condition':
    case 'equals':
    case 'and':
    case 'or':
    case 'not':
      return holds(value, names);
    default:
      return evaluateText(value, names);
  }
}

type TextFunction = Value & { readonly kind: 'sub' | 'join' | 'select' | 'split' | 'base64' };

function evaluateText(value: TextFunction, names: Names): Data {
  switch (value.kind) {
    case 'sub':
      return value.pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece, names))).join('');
    case 'join':
      return itemsOf(value.parts, names).map(String).join(value.delimiter);
    case 'split':
      return textOf(value.text, names).split(value.delimiter);
    case 'base64':
      return toBase64(new TextEncoder().encode(textOf(value.text, names)));
    case 'select': {
      const items = itemsOf(value.items, names);
      const item = items[Number(textOf(value.index, names))];
      if (item === undefined) {
        throw validationError(
          `Template error: Fn::Select cannot select nonexistent value at index ${textOf(value.index, names)}`,
        );
      }
      return item;
    }
  }
}

/** Whether a condition is met. */
export function holds(value: Value, names: Names): boolean {
  switch (value.kind) {
    case 'condition':
      return names.condition(value.name);
    case 'equals':
      return JSON.stringify(compared(value.left, names)) === JSON.stringify(compared(value.right, names));
    case 'and':
      return value.of.every((part) => holds(part, names));
    case 'or':
      return value.of.some((part) => holds(part, names));
    case 'not':
      return !holds(value.of, names);
    default:
      return evaluate(value, names) === true;
  }
}

/** Values are compared as the texts that they are in a template: `true` is `"true"`. */
function compared(value: Value, names: Names): Data {
  const data = evaluate(value, names) ?? '';
  return typeof data === 'object' ? data : String(data);
}

function itemsOf(value: Value, names: Names): readonly Data[] {
  const items = evaluate(value, names);
  return Array.isArray(items) ? items : [];
}

function textOf(value: Value, names: Names): string {
  const data = evaluate(value, names);
  return data === undefined || data === null ? '' : String(data);
}

/** What a value is made of. */
export function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'list':
      return value.items;
    case 'map':
      return [...value.entries.values()];
    case 'sub':
      return value.pieces.filter((piece) => typeof piece !== 'string');
    case 'join':
      return [value.parts];
    case 'select':
      return [value.index, value.items];
    case 'split':
    case 'base64':
      return [value.text];
    case 'zones':
      return [value.region];
    case 'import':
      return [value.name];
    case 'lookup':
      return [value.map, value.top, value.second];
    case 'if':
      return [value.then, value.otherwise];
    case 'equals':
      return [value.left, value.right];
    case 'and':
    case 'or':
      return value.of;
    case 'not':
      return [value.of];
    default:
      return [];
  }
}

/** A reference, a name of a condition, or a value of another stack that is asked for. */
export type Mention = Value & { readonly kind: 'ref' | 'attribute' | 'condition' | 'if' | 'import' | 'lookup' };

/** Everything that a value mentions, with its place. */
export function* mentionsIn(value: Value): Generator<Mention> {
  switch (value.kind) {
    case 'ref':
    case 'attribute':
    case 'condition':
    case 'if':
    case 'import':
    case 'lookup':
      yield value;
  }
  for (const part of partsOf(value)) yield* mentionsIn(part);
}

/** Every reference in a value, with its place. */
export function* referencesIn(value: Value): Generator<Value & { readonly kind: 'ref' | 'attribute' }> {
  for (const mention of mentionsIn(value)) {
    if (mention.kind === 'ref' || mention.kind === 'attribute') yield mention;
  }
}
