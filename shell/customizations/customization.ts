/** Where the CLI does something of its own with one operation, before its call or after it. */
import type { ArgumentSpec, ParsedArguments } from '../argument-parser.ts';
import type { AwsEnvironment } from '../environment.ts';
import type { Printed } from '../printed.ts';
import type { ValueMap } from '../value.ts';

/** What the CLI adds to an operation. */
export interface Customization {
  /** Options that are no parameter of the operation. */
  readonly options: readonly ArgumentSpec[];
  /** Options that the model requires and the CLI does not, without dashes. */
  readonly optional?: readonly string[];
  /**
   * The parameters with what the options say, made of those that the operation's own options and `--cli-input-json` gave.
   * Throws the CLI's parameter faults.
   */
  readonly complete?: (
    environment: AwsEnvironment,
    parsed: ParsedArguments,
    parameters: ValueMap,
  ) => ValueMap | Promise<ValueMap>;
  /** Goes on with the answer, in place of showing it. */
  readonly goOn?: (environment: AwsEnvironment, answer: ValueMap) => Promise<Printed>;
}

/** The text that an option was given; undefined where it was not. */
export function textOf(parsed: ParsedArguments, name: string): string | undefined {
  const value = parsed.values.get(name);
  return typeof value === 'string' ? value : undefined;
}
