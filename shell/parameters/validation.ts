/** The checks that the AWS CLI makes before it sends: names, types, required members and least lengths. */
import { parameterFault } from '../faults.ts';
import { pythonText, pythonType } from '../python/text.ts';
import { type CliService, memberShape, type Shape, shapeOf } from '../service-description.ts';
import { parseTimestamp } from '../timestamps.ts';
import { Float, isList, isMap, type Value } from '../value.ts';

class Validation {
  readonly problems: string[] = [];
  readonly #service: CliService;

  constructor(service: CliService) {
    this.#service = service;
  }

  check(value: Value, shape: Shape, path: string): undefined {
    if (shape.document) return;
    switch (shape.type) {
      case 'structure':
        this.#structure(value, shape, path);
        break;
      case 'list':
        if (!isList(value)) return this.#wrongType(value, path, ["<class 'list'>", "<class 'tuple'>"]);
        this.#range('length', value, value.length, shape, path);
        value.forEach((item, i) => {
          this.check(item, shapeOf(this.#service, shape.member ?? ''), `${path}[${i}]`);
        });
        break;
      case 'map':
        if (!isMap(value)) return this.#wrongType(value, path, ["<class 'dict'>"]);
        for (const [key, member] of Object.entries(value)) {
          this.check(key, shapeOf(this.#service, shape.key ?? ''), `${path} (key: ${key})`);
          this.check(member, shapeOf(this.#service, shape.value ?? ''), `${path}.${key}`);
        }
        break;
      case 'string':
        if (typeof value !== 'string') return this.#wrongType(value, path, ["<class 'str'>"]);
        this.#range('length', value, [...value].length, shape, path);
        break;
      case 'integer':
      case 'long':
        if (typeof value !== 'number' && typeof value !== 'boolean') {
          return this.#wrongType(value, path, ["<class 'int'>"]);
        }
        this.#range('value', value, Number(value), shape, path);
        break;
      case 'float':
      case 'double':
        if (typeof value !== 'number' && !(value instanceof Float)) {
          return this.#wrongType(value, path, ["<class 'float'>", "<class 'decimal.Decimal'>", "<class 'int'>"]);
        }
        this.#range('value', value, value instanceof Float ? value.value : value, shape, path);
        break;
      case 'boolean':
        if (typeof value !== 'boolean') this.#wrongType(value, path, ["<class 'bool'>"]);
        break;
      case 'blob':
        if (!(value instanceof Uint8Array) && typeof value !== 'string') {
          this.#wrongType(value, path, ["<class 'bytes'>", "<class 'bytearray'>", 'file-like object']);
        }
        break;
      case 'timestamp':
        if (parseTimestamp(value) === undefined) {
          this.#wrongType(value, path, ["<class 'datetime.datetime'>", 'timestamp-string']);
        }
        break;
    }
  }

  #structure(value: Value, shape: Shape, path: string): undefined {
    if (!isMap(value)) return this.#wrongType(value, path, ["<class 'dict'>"]);
    const where = path.replace(/^\./, '') || 'input';
    const valid = Object.keys(shape.members ?? {});
    const given = Object.keys(value);
    if (shape.union && given.length === 0) {
      this.problems.push(`Must set one of the following keys for tagged unionstructure ${where}: ${valid.join('. ')}.`);
    } else if (shape.union && given.length > 1) {
      this.problems.push(
        `Invalid number of parameters set for tagged union structure ${where}. ` +
          `Can only set one of the following keys: ${valid.join('. ')}.`,
      );
    }
    for (const name of shape.required ?? []) {
      if (!Object.hasOwn(value, name)) this.problems.push(`Missing required parameter in ${where}: "${name}"`);
    }
    const known = given.filter((name) => memberShape(this.#service, shape, name) !== undefined);
    for (const name of given) {
      if (known.includes(name)) continue;
      this.problems.push(`Unknown parameter in ${where}: "${name}", must be one of: ${valid.join(', ')}`);
    }
    for (const name of known) {
      const member = memberShape(this.#service, shape, name);
      if (member !== undefined) this.check(value[name] ?? null, member, `${path}.${name}`);
    }
  }

  #wrongType(value: Value, path: string, valid: readonly string[]): undefined {
    const name = path.replace(/^\./, '') || 'input';
    this.problems.push(
      `Invalid type for parameter ${name}, value: ${pythonText(value)}, type: ${pythonType(value)}, ` +
        `valid types: ${valid.join(', ')}`,
    );
  }

  #range(kind: 'length' | 'value', value: Value, measure: number, shape: Shape, path: string): void {
    if (shape.min === undefined || measure >= shape.min) return;
    const shown = kind === 'length' ? String(measure) : pythonText(value);
    const name = path.replace(/^\./, '') || 'input';
    this.problems.push(`Invalid ${kind} for parameter ${name}, value: ${shown}, valid min ${kind}: ${shape.min}`);
  }
}

/** Throws the CLI's `Parameter validation failed` with every problem found. */
export function validateParameters(service: CliService, shape: Shape, parameters: Value): void {
  const validation = new Validation(service);
  validation.check(parameters, shape, '');
  if (validation.problems.length > 0) {
    throw parameterFault(`Parameter validation failed:\n${validation.problems.join('\n')}`);
  }
}
