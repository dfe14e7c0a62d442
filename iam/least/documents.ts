/** Statements as documents that IAM saves: as many as its quotas on size ask for. */
import type { CheckSize } from '../check/context.ts';
import { sizeLimit } from '../check/rules/documents.ts';
import { policyDocument } from '../document.ts';
import type { Policy, Statement } from '../policy.ts';

export type PolicySize = Exclude<CheckSize, 'trust' | 'none'>;

/** IAM User Guide, "IAM and AWS STS quotas": managed policies attached to a user, group or role, unless the quota was raised. */
const MOST_MANAGED = 10;

export interface Sized {
  readonly policies: readonly Policy[];
  /** Whether IAM would take them as they are: each within its quota, and no more of them than can be attached. */
  readonly fits: boolean;
}

/**
 * Statements as policies of a kind. Managed ones are filled one after another, and a statement that is too long for one is split by its
 * resources. The quota of inline policies is on all of them together, so those stay one.
 */
export function sizedPolicies(statements: readonly Statement[], size: PolicySize): Sized {
  if (statements.length === 0) return { policies: [], fits: true };
  const limit = sizeLimit(size);
  if (size !== 'managed') {
    const policy = policyOf(statements);
    return { policies: [policy], fits: charactersOf(policy) <= limit };
  }
  const policies: Policy[] = [];
  let open: readonly Statement[] = [];
  for (const statement of statements.flatMap((whole) => split(whole, limit))) {
    if (open.length > 0 && charactersOf(policyOf([...open, statement])) > limit) {
      policies.push(policyOf(open));
      open = [];
    }
    open = [...open, statement];
  }
  policies.push(policyOf(open));
  const fits = policies.length <= MOST_MANAGED && policies.every((policy) => charactersOf(policy) <= limit);
  return { policies, fits };
}

/** What counts against the quota: the document's characters, white space aside. */
export function charactersOf(policy: Policy): number {
  return JSON.stringify(policyDocument(policy)).replaceAll(/\s/g, '').length;
}

function policyOf(statements: readonly Statement[]): Policy {
  return { version: '2012-10-17', statements };
}

/** In halves, until each fits. One that has a single resource stays, however long it is. */
function split(statement: Statement, limit: number): readonly Statement[] {
  const { resource } = statement;
  if (resource === undefined || resource.not || resource.values.length < 2) return [statement];
  if (charactersOf(policyOf([statement])) <= limit) return [statement];
  const half = Math.ceil(resource.values.length / 2);
  const halves = [resource.values.slice(0, half), resource.values.slice(half)];
  return halves.flatMap((values) => split({ ...statement, resource: { not: false, values } }, limit));
}
