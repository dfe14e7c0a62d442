import type { Finding } from '../../../iam/policy.ts';

type Gravity = 'error' | 'warning' | 'suggestion';

/** The gravest of the findings, and how many are as grave; nothing where there are none. A security warning is a warning. */
export function countGravest(
  findings: readonly Finding[],
): { readonly gravity: Gravity; readonly count: number } | undefined {
  for (const gravity of ['error', 'warning', 'suggestion'] as const) {
    const count = findings.filter((finding) => gravityOf(finding) === gravity).length;
    if (count > 0) return { gravity, count };
  }
  return undefined;
}

function gravityOf({ severity }: Finding): Gravity {
  return severity === 'security-warning' ? 'warning' : severity;
}
