/** `--query`: JMESPath. https://jmespath.org/specification.html */
import jmespath from 'jmespath';
import { generalFault, parameterFault } from '../faults.ts';
import type { Value } from '../value.ts';
import { withoutExtremes } from './extremes.ts';

interface Node {
  readonly type: string;
  readonly children?: readonly (Node | undefined)[];
}

// The package's types leave it out.
const { compile } = jmespath as typeof jmespath & { compile(expression: string): Node };

/** Evaluates an expression that was checked with `checkQuery`. */
export function search(value: Value, expression: string): Value {
  try {
    return (jmespath.search(value, withoutExtremes(expression)) ?? null) as Value;
  } catch (fault) {
    throw generalFault(fault instanceof Error ? fault.message : String(fault));
  }
}

/** Whether a part is missing: the library reads `Users[].` without complaint. */
function isIncomplete(node: Node | undefined): boolean {
  if (node === undefined) return true;
  // The children of a slice are its numbers, and null where one is left out.
  return node.type !== 'Slice' && (node.children ?? []).some(isIncomplete);
}

/** What is wrong with an expression; undefined where nothing is. */
function faultIn(expression: string): string | undefined {
  if (expression === '') return 'Invalid JMESPath expression: cannot be empty.';
  const pointed = `"${expression}"\n${' '.repeat(expression.length + 1)}^`;
  try {
    if (!isIncomplete(compile(expression))) return undefined;
    return (
      "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: eof: Parse error at column " +
      `${expression.length}, token "" (EOF), for expression:\n${pointed}`
    );
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    return said.includes('EOF') ? `Invalid jmespath expression: Incomplete expression:\n${pointed}` : said;
  }
}

/** Throws the CLI's usage fault where the expression does not parse. */
export function checkQuery(expression: string): void {
  const fault = faultIn(expression);
  if (fault !== undefined) throw parameterFault(`Bad value for --query ${expression}: ${fault}`);
}
