/**
 * What stands in a document: JSON or YAML, by the schemas 1.2 and 2.x (Command), 0.3 (Automation) and 1.0 (Session). AWS Systems Manager
 * User Guide, "Schemas, features, and examples" and "Data elements and parameters".
 */
import { parse } from 'yaml';
import { own } from '../../../own.ts';
import { compileAllowedPattern } from '../allowed-pattern.ts';
import { invalidContent, invalidSchemaVersion } from './errors.ts';
import type { DocumentType } from './state.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [name: string]: Json;
}

/** One parameter of a document. */
export interface ParameterDefinition {
  readonly name: string;
  /** `String`, `StringList`, `AWS::IAM::Role::Arn` … */
  readonly type: string;
  readonly description?: string;
  readonly defaultValue?: Json;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  /** `ENV_VAR`: the script gets the value in a variable, and nothing of it as its text. */
  readonly interpolation?: string;
}

export interface DocumentContent {
  readonly schemaVersion: string;
  readonly description?: string;
  readonly parameters: readonly ParameterDefinition[];
  readonly root: JsonMap;
}

const schemas: Readonly<Record<DocumentType, RegExp>> = {
  Command: /^(?:1\.2|2\.[02])$/,
  Automation: /^0\.3$/,
  Session: /^1\.0$/,
};

const parameterTypes =
  /^(?:String|StringList|Boolean|Integer|MapList|StringMap|AWS::[A-Za-z0-9]+(?:::[A-Za-z0-9]+)+|List<AWS::[A-Za-z0-9]+(?:::[A-Za-z0-9]+)+>)$/;
/** AWS's own: "A document can have at most 200 parameters." */
const mostParameters = 200;
const deepest = 40;

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function textIn(map: JsonMap, name: string): string | undefined {
  const value = own(map, name);
  return typeof value === 'string' ? value : undefined;
}

const read = new Map<string, DocumentContent>();
const capacity = 200;

/** Reads what was checked when it was stored. */
export function contentOf(type: DocumentType, text: string): DocumentContent {
  const key = `${type} ${text}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const content = readContent(type, text);
  if (read.size >= capacity) read.clear();
  read.set(key, content);
  return content;
}

/** @throws InvalidDocumentContent, InvalidDocumentSchemaVersion */
export function readContent(type: DocumentType, text: string): DocumentContent {
  const root = parsed(text);
  if (!isMap(root)) throw invalidContent('The document is not an object.');
  const schemaVersion = String(own(root, 'schemaVersion') ?? '');
  if (schemaVersion === '') throw invalidContent('The document has no schemaVersion.');
  if (!schemas[type].test(schemaVersion)) {
    throw invalidSchemaVersion(`The schema version ${schemaVersion} is not supported for documents of type ${type}.`);
  }
  const description = textIn(root, 'description');
  return {
    schemaVersion,
    ...(description !== undefined && { description }),
    parameters: parametersOf(own(root, 'parameters')),
    root,
  };
}

/** YAML holds JSON too. What a document repeats by aliases stays small. */
function parsed(text: string): Json {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 50, logLevel: 'silent' });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw invalidContent(`The document can be read neither as JSON nor as YAML. ${reason}`.trim());
  }
  return plain(value, 0);
}

function plain(value: unknown, depth: number): Json {
  if (depth > deepest) throw invalidContent(`The document is nested deeper than ${deepest} levels.`);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member, depth + 1)]));
  }
  throw invalidContent('The document holds a value that JSON does not have.');
}

/** JSON that is not nested too deeply; undefined for anything else. */
export function boundedJson(text: string): Json | undefined {
  try {
    return plain(JSON.parse(text), 0);
  } catch {
    // No JSON, or too deep.
    return undefined;
  }
}

function parametersOf(value: Json | undefined): readonly ParameterDefinition[] {
  if (value === undefined) return [];
  if (!isMap(value)) throw invalidContent('The parameters are not an object.');
  const entries = Object.entries(value);
  if (entries.length > mostParameters)
    throw invalidContent(`A document has no more than ${mostParameters} parameters.`);
  return entries.map(([name, definition]) => parameterOf(name, definition));
}

function parameterOf(name: string, definition: Json): ParameterDefinition {
  if (!isMap(definition)) throw invalidContent(`The parameter ${name} is not an object.`);
  if (!/^[A-Za-z0-9_]+$/.test(name)) throw invalidContent(`The parameter name ${name} is not valid.`);
  const type = textIn(definition, 'type') ?? '';
  if (!parameterTypes.test(type)) throw invalidContent(`The type of parameter ${name} is not supported: ${type}`);
  const allowedPattern = textIn(definition, 'allowedPattern');
  if (allowedPattern !== undefined && compileAllowedPattern(allowedPattern).kind === 'unreadable') {
    throw invalidContent(`The allowedPattern of parameter ${name} is not valid.`);
  }
  const allowed = own(definition, 'allowedValues');
  const description = textIn(definition, 'description');
  const defaultValue = own(definition, 'default');
  const interpolation = textIn(definition, 'interpolationType');
  return {
    name,
    type,
    ...(description !== undefined && { description }),
    ...(defaultValue !== undefined && { defaultValue }),
    ...(isList(allowed) && { allowedValues: allowed.map((item) => String(item)) }),
    ...(allowedPattern !== undefined && { allowedPattern }),
    ...(interpolation !== undefined && { interpolation }),
  };
}
