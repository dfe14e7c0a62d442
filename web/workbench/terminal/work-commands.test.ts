import { describe, expect, it } from 'vitest';
import type { Submission } from '../../../contract/index.ts';
import { submissionText } from './work-commands.ts';

const submission: Submission = {
  id: '1',
  submittedAt: '2026-11-20T08:00:00Z',
  verdict: 'failed',
  stage: null,
  solved: false,
  checks: [
    { id: 'a', title: 'It lists', verdict: 'passed', reason: null },
    { id: 'b', title: 'Nothing else', verdict: 'failed', reason: 'Bea may still s3:GetObject.' },
    { id: 'c', title: null, verdict: 'ungraded', reason: null },
  ],
};

describe('submissionText', () => {
  it('gives each check a sign, and the reason of what does not hold', () => {
    expect(submissionText(submission)).toBe(
      '✓ It lists\n✕ Nothing else\n    Bea may still s3:GetObject.\n▲ A hidden check\n1 of 3 checks hold.\n',
    );
  });

  it('says what a passed submission came to', () => {
    expect(submissionText({ ...submission, verdict: 'passed', solved: true })).toContain('Solved.');
    const stages = [
      { id: 'attack', title: 'Attack', passed: true },
      { id: 'fix', title: 'Fix', passed: false },
    ];
    const first: Submission = { ...submission, verdict: 'passed', stage: 'attack' };
    expect(submissionText(first, stages)).toContain('Stage “Attack” passed. Now comes “Fix”');
  });
});
