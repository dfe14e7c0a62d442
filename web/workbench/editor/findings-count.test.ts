import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../iam/policy.ts';
import { countGravest } from './findings-count.ts';

const findings = (...severities: Finding['severity'][]): Finding[] =>
  severities.map((severity) => ({
    code: 'x',
    severity,
    message: 'x',
    pointer: '',
    from: 0,
    to: 0,
    line: 1,
    column: 1,
  }));

describe('countGravest', () => {
  it('counts the gravest alone', () => {
    expect(countGravest(findings('suggestion', 'error', 'warning', 'error'))).toEqual({ gravity: 'error', count: 2 });
    expect(countGravest(findings('suggestion', 'security-warning', 'warning'))).toEqual({
      gravity: 'warning',
      count: 2,
    });
  });

  it('calls a suggestion no warning', () => {
    expect(countGravest(findings('suggestion'))).toEqual({ gravity: 'suggestion', count: 1 });
  });

  it('counts nothing of nothing', () => {
    expect(countGravest([])).toBeUndefined();
  });
});
