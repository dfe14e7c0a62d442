import { expect, test } from 'vitest';
import type { LiveMessage } from '../../contract/index.ts';
import { localLive } from './live.ts';

const message: LiveMessage = {
  type: 'submission',
  submission: {
    id: 's',
    submittedAt: '2026-01-01T00:00:00Z',
    verdict: 'passed',
    stage: null,
    solved: true,
    checks: [],
  },
};

test('a message reaches the listeners of its attempt, and nobody else, until they leave', () => {
  const live = localLive();
  const heard: string[] = [];
  const leave = live.subscribe('one', () => heard.push('one'));
  live.subscribe('two', () => heard.push('two'));
  live.publish('one', message);
  expect(heard).toEqual(['one']);
  leave();
  live.publish('one', message);
  expect(heard).toEqual(['one']);
});
