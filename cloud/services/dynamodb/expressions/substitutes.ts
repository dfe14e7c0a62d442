/** ExpressionAttributeNames and ExpressionAttributeValues of a request: each must be used by one of its expressions. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import type { Value } from '../values.ts';
import { readValue } from '../wire-values.ts';
import { type ExpressionName, invalidExpression } from './tokens.ts';

export interface SubstitutesInput {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>> | undefined;
}

export class Substitutes {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: ReadonlyMap<string, Value>;
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  /**
   * @param expressions the request's expressions that can use them, by parameter: without one there may be none
   * @throws ValidationException
   */
  constructor(input: SubstitutesInput, expressions: Readonly<Partial<Record<ExpressionName, string | undefined>>>) {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    const given = Object.entries(expressions);
    if (given.every(([, text]) => text === undefined)) {
      if (names !== undefined) {
        throw validation('ExpressionAttributeNames can only be specified when using expressions');
      }
      if (values !== undefined) throw onlyWithExpressions(given.map(([name]) => name));
    }
    this.#names = new Map(Object.entries(names ?? {}));
    if (names !== undefined && this.#names.size === 0) throw validation('ExpressionAttributeNames must not be empty');
    for (const name of this.#names.keys()) {
      if (!/^#[A-Za-z0-9_]+$/.test(name)) throw invalidKey('ExpressionAttributeNames', name);
    }
    const entries = Object.entries(values ?? {});
    if (values !== undefined && entries.length === 0) throw validation('ExpressionAttributeValues must not be empty');
    for (const [name] of entries) {
      if (!/^:[A-Za-z0-9_]+$/.test(name)) throw invalidKey('ExpressionAttributeValues', name);
    }
    this.#values = new Map(entries.map(([name, value]) => [name, readValue(value)]));
    this.#unusedNames = new Set(this.#names.keys());
    this.#unusedValues = new Set(this.#values.keys());
  }

  /** @throws ValidationException */
  name(substitute: string, expression: ExpressionName): string {
    const name = this.#names.get(substitute);
    if (name === undefined) {
      throw invalidExpression(
        expression,
        `An expression attribute name used in the document path is not defined; attribute name: ${substitute}`,
      );
    }
    this.#unusedNames.delete(substitute);
    return name;
  }

  /** @throws ValidationException */
  value(substitute: string, expression: ExpressionName): Value {
    const value = this.#values.get(substitute);
    if (value === undefined) {
      throw invalidExpression(
        expression,
        `An expression attribute value used in expression is not defined; attribute value: ${substitute}`,
      );
    }
    this.#unusedValues.delete(substitute);
    return value;
  }

  /** When all expressions are read. @throws ValidationException where one was not used */
  checkAllUsed(): void {
    const unused = (parameter: string, keys: ReadonlySet<string>) =>
      validation(`Value provided in ${parameter} unused in expressions: keys: {${[...keys].join(', ')}}`);
    if (this.#unusedNames.size > 0) throw unused('ExpressionAttributeNames', this.#unusedNames);
    if (this.#unusedValues.size > 0) throw unused('ExpressionAttributeValues', this.#unusedValues);
  }
}

function onlyWithExpressions(names: readonly string[]) {
  const missing = names.filter((name) => name !== 'ProjectionExpression');
  const verb = missing.length === 1 ? 'is' : 'are';
  const which = missing.length === 0 ? '' : `: ${missing.join(' and ')} ${verb} null`;
  return validation(`ExpressionAttributeValues can only be specified when using expressions${which}`);
}

function invalidKey(parameter: string, key: string) {
  return validation(`${parameter} contains invalid key: Syntax error; key: "${key}"`);
}
