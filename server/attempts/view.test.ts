import { expect, test } from 'vitest';
import { readCatalogue } from '../catalogue/catalogue.ts';
import { projectPath } from '../config/root.ts';
import type { AttemptDetails } from './store.ts';
import { attemptView } from './view.ts';

const ID = 'foundations/self-service-admin';
const catalogue = await readCatalogue(projectPath('challenges'), (problem) => expect.fail(problem));

function view(solvedAt: Date | null) {
  const content = catalogue.content(ID);
  const summary = catalogue.summary(ID);
  if (content === undefined || summary === undefined) throw new Error(`no ${ID}`);
  const reason = 'user/Milo may iam:CreatePolicyVersion';
  const details: AttemptDetails = {
    attempt: {
      id: 'a',
      learnerId: 'l',
      challengeId: ID,
      contentDigest: content.digest,
      variables: { Builds: 'tidewater-builds-fern-1234', Flag: 'flag{hidden}' },
      sandboxId: 's',
      state: 'open',
      stage: 1,
      profiles: [],
      startedAt: new Date(0),
      solvedAt,
    },
    checks: [{ checkId: 'no-other-way', verdict: 'failed', reason }],
    hints: [2],
    submissions: 3,
  };
  const account = {
    accountId: '111122223333',
    region: 'us-east-1',
    clockOffset: 0,
    console: { panels: [], root: null },
    backend: 'embedded' as const,
  };
  return attemptView(details, { ...account, summary, challenge: content.challenge, endpoint: 'http://127.0.0.1:4566' });
}

test('a private check shows no title, kind or reason before the challenge is solved, its title after', () => {
  const before = view(null).checks.find((check) => check.id === 'no-other-way');
  expect(before).toEqual({
    id: 'no-other-way',
    stage: 'fix',
    title: null,
    kind: 'private',
    verdict: 'failed',
    reason: null,
  });
  const after = view(new Date(1)).checks.find((check) => check.id === 'no-other-way');
  expect(after).toMatchObject({ title: expect.any(String), kind: 'access', reason: null });
});

test('texts hold the learner’s own names, and never the flag', () => {
  const text = JSON.stringify(view(new Date(1)));
  expect(text).toContain('tidewater-builds-fern-1234');
  expect(text).not.toContain('flag{hidden}');
});

test('a hint has its text when it was bought, the debrief when the challenge is solved', () => {
  expect(view(null).hints.map((hint) => hint.text === null)).toEqual([true, false, true]);
  expect(view(null).debrief).toBeNull();
  expect(view(new Date(1)).debrief).toEqual(expect.any(String));
});
