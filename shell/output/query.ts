/** `--query`: JMESPath. https://jmespath.org/specification.html */
import jmespath from 'jmespath';
import { generalFault, parameterFault } from '../faults.ts';
import type { Value } from '../value.ts';

// The package's types leave it out.
const { compile } = jmespath as typeof jmespath & { compile(expression: string): unknown };

/** Evaluates an expression that was checked with `checkQuery`. */
export function search(value: Value, expression: string): Value {
  try {
    return (jmespath.search(value, expression) ?? null) as Value;
  } catch (fault) {
    throw generalFault(fault instanceof Error ? fault.message : String(fault));
  }
}

/** Throws the CLI's usage fault where the expression does not parse. */
export function checkQuery(expression: string): void {
  try {
    compile(expression);
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    const reason = said.includes('EOF')
      ? `Invalid jmespath expression: Incomplete expression:\n"${expression}"\n${' '.repeat(expression.length + 1)}^`
      : said;
    throw parameterFault(`Bad value for --query ${expression}: ${reason}`);
  }
}
