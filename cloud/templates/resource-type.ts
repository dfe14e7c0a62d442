import type { RecordShape } from './shape.ts';
import type { Data } from './value.ts';

/** An ordinary AWS call that a resource takes. The input is as the operation's schema decodes it. */
export interface ResourceCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Yields calls and gets their outputs; what a call is refused with is thrown into it. */
export type Steps<Result> = Generator<ResourceCall, Result, unknown>;

/** Makes a call; answers its output. */
export function* send(service: string, operation: string, input: ResourceCall['input']): Steps<unknown> {
  return yield { service, operation, input };
}

/** The properties of a resource, worked out. */
export type Properties = Readonly<Record<string, Data>>;

/** What a resource is made with besides its properties. */
export interface Making {
  readonly accountId: string;
  readonly region: string;
  /** A name for a resource that the template gives none, of at most so many characters. */
  generatedName(longest: number): string;
}

/** What references to a resource come to. */
export interface Made {
  /** `Ref`. */
  readonly ref: string;
  /** `Fn::GetAtt` by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A resource that is there, and the properties that it was brought to. */
export interface Existing extends Made {
  readonly properties: Properties;
}

/** A type of resource that templates may declare. */
export interface ResourceType {
  /** `AWS::IAM::User`. */
  readonly name: string;
  readonly properties: RecordShape;
  /** Names for `Fn::GetAtt`. */
  readonly attributes: readonly string[];
  /** Makes it by the first call that CloudFormation makes: from then on it is there, and can be removed. */
  readonly make: (properties: Properties, making: Making) => Steps<Made>;
  /** Brings what was just made to the rest of its properties. */
  readonly settle?: (made: Made, properties: Properties, making: Making) => Steps<void>;
  /** The property that names it: no two can have the same, so that one which is named is not replaced. */
  readonly named?: string;
  /** The properties that cannot be changed: another value takes another resource ("Update requires: Replacement"). */
  readonly fixed: readonly string[];
  /** Brings one that is there to other properties, but for the fixed ones. Absent: each change takes another resource. */
  readonly update?: (existing: Existing, properties: Properties, making: Making) => Steps<Made>;
  /** Removes it. What is no longer there is no error: the calls that miss it are answered as if they had found it. */
  readonly remove: (existing: Existing, making: Making) => Steps<void>;
}

/**
 * Makes a resource with all its properties.
 * @param began told as soon as there is something to be removed again
 */
export function* makeWhole(
  type: ResourceType,
  properties: Properties,
  making: Making,
  began: (made: Made) => void = () => undefined,
): Steps<Made> {
  const made = yield* type.make(properties, making);
  began(made);
  yield* type.settle?.(made, properties, making) ?? [];
  return made;
}

/** A member that the type's shape says is text. */
export function textOf(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return value === undefined || value === null ? undefined : String(value);
}

/** A list of text; empty where the member is absent. */
export function textsOf(properties: Properties, name: string): readonly string[] {
  const value = properties[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A list of maps; empty where the member is absent. */
export function recordsOf(properties: Properties, name: string): readonly Properties[] {
  const value = properties[name];
  return Array.isArray(value) ? (value as readonly Properties[]) : [];
}

/** A map; undefined where the member is absent. */
export function recordOf(properties: Properties, name: string): Properties | undefined {
  const value = properties[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : undefined;
}

/** A number; undefined where the member is absent. */
export function numberOf(properties: Properties, name: string): number | undefined {
  const value = textOf(properties, name);
  return value === undefined ? undefined : Number(value);
}

/** True or false; undefined where the member is absent. */
export function booleanOf(properties: Properties, name: string): boolean | undefined {
  const value = textOf(properties, name);
  return value === undefined ? undefined : value === 'true';
}

/** A policy document as text. */
export function documentOf(properties: Properties, name: string): string {
  const value = properties[name];
  return typeof value === 'string' ? value : JSON.stringify(value ?? {});
}

/** An input without the members that are undefined. */
export function given(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** A member of an answer, by its path. */
export function answered(output: unknown, ...path: readonly string[]): string {
  let value: unknown = output;
  for (const name of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}
