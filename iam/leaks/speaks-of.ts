/** What a statement's elements say by themselves. */
import { compileGlob, matchGlob } from '../glob.ts';
import type { Statement } from '../policy.ts';

/** Whether the statement's Action or NotAction covers an action, `s3:GetObject`. */
export function speaksOf({ action }: Statement, name: string): boolean {
  const lower = name.toLowerCase();
  const isListed = action.values.some((pattern) =>
    matchGlob(compileGlob([{ pattern: pattern.toLowerCase() }], 'text'), lower),
  );
  return isListed !== action.not;
}

/** Some ARN that a pattern of a Resource element matches; undefined where it holds a policy variable. */
export function sampleOf(pattern: string): string | undefined {
  return pattern.includes('${') ? undefined : pattern.replaceAll(/[*?]/g, 'x');
}

/** The statement on these actions alone. */
export function onActions(statement: Statement, ...values: readonly string[]): Statement {
  return { ...statement, action: { not: false, values } };
}

/** The statement on these resources alone. */
export function onResources(statement: Statement, values: readonly string[]): Statement {
  return { ...statement, resource: { not: false, values } };
}
