/** From the words of an option to the value of its parameter, by the parameter's shape. */
import type { AwsEnvironment } from '../environment.ts';
import { parsingFault } from '../faults.ts';
import { absolutePath } from '../paths.ts';
import { JsonFault, parseJson } from '../python/json.ts';
import { parseInteger } from '../python/text.ts';
import { type CliService, type Shape, shapeOf } from '../service-description.ts';
import { Float, isList, isMap, type Value, type ValueMap } from '../value.ts';
import { readParamFile } from './param-file.ts';
import { parseShorthand, ShorthandFault } from './shorthand.ts';

/** An option with its words: one, or for a list as many as were given. */
export interface GivenOption {
  /** `--tags`. */
  readonly name: string;
  readonly shape: Shape;
  readonly given: string | readonly string[];
  /** The value is the path of a file that is the body. */
  readonly isStream: boolean;
}

const COMPLEX = new Set(['structure', 'list', 'map']);

function isComplex(service: CliService, shape: Shape): boolean {
  if (!COMPLEX.has(shape.type)) return false;
  return shape.type !== 'list' || COMPLEX.has(shapeOf(service, shape.member ?? '').type);
}

function fromJson(option: string, text: string): Value {
  try {
    return parseJson(text);
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    throw parsingFault(option, `Invalid JSON: ${fault.message}\nJSON received: ${text}`);
  }
}

/** Shorthand knows no types: strings become what the shape says, a lone value becomes a list of one. */
function typed(service: CliService, shape: Shape, value: Value): Value {
  switch (shape.type) {
    case 'structure': {
      if (!isMap(value)) return value;
      const found: ValueMap = { ...value };
      for (const [member, name] of Object.entries(shape.members ?? {})) {
        const given = value[member];
        if (given !== undefined) found[member] = typed(service, shapeOf(service, name), given);
      }
      return found;
    }
    case 'map': {
      if (!isMap(value)) return value;
      const of = shapeOf(service, shape.value ?? '');
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, typed(service, of, member)]));
    }
    case 'list': {
      const of = shapeOf(service, shape.member ?? '');
      return isList(value) ? value.map((item) => typed(service, of, item)) : [value];
    }
    case 'integer':
    case 'long':
      return typeof value === 'string' ? parseInteger(value) : value;
    case 'float':
    case 'double':
      return typeof value === 'string' ? new Float(Number(value)) : value;
    case 'boolean':
      if (typeof value !== 'string') return value;
      return { true: true, false: false }[value.toLowerCase()] ?? value;
    default:
      return value;
  }
}

function fromShorthand(service: CliService, option: GivenOption, given: string | readonly string[]): Value {
  const { shape } = option;
  const members = Object.keys(shape.members ?? {});
  if (
    typeof given === 'string' &&
    shape.type === 'structure' &&
    members.length === 1 &&
    members[0] === 'Value' &&
    shapeOf(service, shape.members?.['Value'] ?? '').type === 'string' &&
    !given.includes('=')
  ) {
    return { Value: given };
  }
  try {
    const parsed: Value = typeof given === 'string' ? parseShorthand(given) : given.map(parseShorthand);
    return typed(service, shape, parsed);
  } catch (fault) {
    if (fault instanceof ShorthandFault) throw parsingFault(option.name, fault.message);
    throw fault;
  }
}

function looksLikeJson(given: string | readonly string[]): boolean {
  const first = typeof given === 'string' ? given : given[0];
  return first !== undefined && /^\s*[[{]/.test(first);
}

function scalar(shape: Shape, text: string): Value {
  switch (shape.type) {
    case 'integer':
    case 'long':
      return parseInteger(text);
    case 'float':
    case 'double':
      return new Float(Number(text));
    case 'boolean':
      return text.toLowerCase() !== 'false' && text !== '';
    default:
      return text;
  }
}

function plain(service: CliService, option: GivenOption, shape: Shape, given: string | readonly string[]): Value {
  if (shape.document) return fromJson(option.name, typeof given === 'string' ? given : given.join(' '));
  if (shape.type === 'structure' || shape.type === 'map') {
    const text = typeof given === 'string' ? given : given.join(' ');
    if (/^\s*\{/.test(text)) return fromJson(option.name, text);
    throw parsingFault(option.name, `Invalid JSON:\n${text}`);
  }
  if (shape.type === 'list') {
    if (typeof given === 'string' && /^\s*\[/.test(given)) return fromJson(option.name, given);
    if (typeof given !== 'string' && given.length === 1 && /^\s*\[/.test(given[0] ?? '')) {
      return fromJson(option.name, given[0] ?? '');
    }
    const of = shapeOf(service, shape.member ?? '');
    return [...given].map((item) => plain(service, option, of, item));
  }
  return scalar(shape, typeof given === 'string' ? given : given.join(' '));
}

/** The bytes of the file that a streaming parameter names. */
async function body(environment: AwsEnvironment, option: GivenOption, path: string): Promise<Value> {
  const absolute = absolutePath(environment, path);
  if (!(await environment.files.exists(absolute)) || (await environment.files.isDirectory(absolute))) {
    throw parsingFault(option.name, 'Blob values must be a path to a file.');
  }
  return environment.files.readFile(absolute);
}

/** The parameter that an option stands for. Throws the CLI's faults. */
export async function unpackOption(
  environment: AwsEnvironment,
  service: CliService,
  option: GivenOption,
): Promise<Value> {
  const lone =
    typeof option.given === 'string' ? option.given : option.given.length === 1 ? option.given[0] : undefined;
  const content = lone === undefined ? undefined : await readParamFile(environment, option.name, lone);
  if (content instanceof Uint8Array) return content;
  const given = content ?? option.given;
  if (option.isStream && typeof given === 'string') return body(environment, option, given);
  if (option.shape.document !== true && isComplex(service, option.shape) && !looksLikeJson(given)) {
    return fromShorthand(service, option, given);
  }
  return plain(service, option, option.shape, given);
}
