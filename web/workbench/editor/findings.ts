import { parseManagedPolicy, parsePolicy } from '../../../iam/index.ts';
import type { Finding, PolicyKind } from '../../../iam/policy.ts';
import { s3Findings } from './s3-findings.ts';

const order: Record<Finding['severity'], number> = { error: 0, 'security-warning': 1, warning: 2, suggestion: 3 };

/** What the policy engine says about a document, the gravest first; nothing about a text that is no policy, or empty. */
export function findingsOf(text: string, kind: PolicyKind | 'managed' | undefined): readonly Finding[] {
  if (kind === undefined || text.trim() === '') return [];
  const parsed = kind === 'managed' ? parseManagedPolicy(text) : parsePolicy(text, kind);
  return [...parsed.findings, ...s3Findings(text)].sort(
    (a, b) => order[a.severity] - order[b.severity] || a.from - b.from,
  );
}
