import { type CheckOptions, checkPolicy } from '../../../iam/check/check.ts';
import type { CheckFinding } from '../../../iam/check/finding.ts';
import type { Finding, PolicyKind } from '../../../iam/policy.ts';
import { catalogueFor, services } from './action-catalogue.ts';

const order: Record<Finding['severity'], number> = { error: 0, 'security-warning': 1, warning: 2, suggestion: 3 };

const optionsOf: Record<Exclude<PolicyKind, 'session'> | 'managed', CheckOptions> = {
  identity: { kind: 'identity' },
  managed: { kind: 'identity', size: 'managed' },
  resource: { kind: 'resource', resourceType: 'AWS::S3::Bucket' },
  trust: { kind: 'trust', size: 'trust' },
};

/** What the checker says about a document, the gravest first; nothing about a text that is no policy, or empty. */
export async function findingsOf(
  text: string,
  kind: PolicyKind | 'managed' | undefined,
): Promise<readonly CheckFinding[]> {
  if (kind === undefined || text.trim() === '') return [];
  const options = optionsOf[kind === 'session' ? 'identity' : kind];
  const findings = checkPolicy(text, { ...options, catalogue: await catalogueFor(text), services });
  return [...findings].sort((a, b) => order[a.severity] - order[b.severity] || a.from - b.from);
}
