/** `--query`: JMESPath. https://jmespath.org/specification.html */
import jmespath from 'jmespath';
import { generalFault, parameterFault } from '../faults.ts';
import type { Value } from '../value.ts';

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
    jmespath.search(null, expression);
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw parameterFault(`Bad value for --query ${expression}: ${reason}`);
  }
}
