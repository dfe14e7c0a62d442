/** The condition keys that policies name: in conditions, and as policy variables. IAM API Reference, GetContextKeysForCustomPolicy. */
import type { Policy, Statement } from '../../../iam/policy.ts';
import { parseTemplate } from '../../../iam/variables.ts';

/** The keys by their names in lower case, each as it was first written. */
export function contextKeysOf(policies: readonly Policy[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const policy of policies) {
    for (const statement of policy.statements) {
      for (const key of [...conditionKeys(statement), ...variables(statement, policy.version)]) {
        const lower = key.toLowerCase();
        if (!keys.has(lower)) keys.set(lower, key);
      }
    }
  }
  return keys;
}

/** The keys of one statement's conditions and variables. */
export function keysOfStatement(statement: Statement, version: Policy['version']): readonly string[] {
  return [...conditionKeys(statement), ...variables(statement, version)];
}

function conditionKeys({ conditions }: Statement): readonly string[] {
  return conditions.map(({ key }) => key);
}

function variables({ resource, conditions }: Statement, version: Policy['version']): readonly string[] {
  const texts = [...(resource?.values ?? []), ...conditions.flatMap(({ values }) => values)];
  return texts.flatMap((text) =>
    parseTemplate(text, version).flatMap((piece) =>
      'variable' in piece && piece.fallback === undefined ? [spelt(piece.variable, text)] : [],
    ),
  );
}

/** A variable's key in the case that the policy writes it in. */
function spelt(lower: string, text: string): string {
  const at = text.toLowerCase().indexOf(lower);
  return at === -1 ? lower : text.slice(at, at + lower.length);
}
