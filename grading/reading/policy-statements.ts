/** The policy statements in a check: what the policy engine's reader finds wrong with them. */
import { parsePolicy } from '../../iam/parse.ts';
import type { Problem } from '../problem.ts';
import type { Path, YamlFile } from './document.ts';

/** Problems of a list of statements, each at its place in the file. */
export function statementProblems(yaml: YamlFile, path: Path, statements: readonly object[]): readonly Problem[] {
  // None at all is no document, and allows nothing.
  if (statements.length === 0) return [];
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'identity');
  if (parsed.kind === 'parsed') return [];
  const errors = parsed.findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [yaml.problem('wrong_value', path, parsed.awsMessage)];
  return errors.map(({ pointer, message }) => yaml.problem('wrong_value', [...path, ...placeOf(pointer)], message));
}

/** `/Statement/0/Action` is `[0, 'Action']` in the list. */
function placeOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(2)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}
