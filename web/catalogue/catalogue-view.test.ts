import { describe, expect, it } from 'vitest';
import type { AttemptList, ChallengeSummary } from '../../contract/index.ts';
import { challengeAfter, matching, nextChallenge, progressOf, tracksOf } from './catalogue-view.ts';

const challenge = (id: string, over: Partial<ChallengeSummary> = {}): ChallengeSummary => ({
  id: `foundations/${id}`,
  title: id,
  type: 'fix',
  level: 1,
  minutes: 5,
  summary: `About ${id}.`,
  track: { id: 'start', title: 'Start' },
  pack: { id: 'foundations', title: 'Foundations' },
  objectives: [],
  prerequisites: [],
  ...over,
});

const attempt = (id: string, over: Partial<AttemptList['attempts'][number]> = {}) => ({
  id: `a-${id}`,
  challenge: `foundations/${id}`,
  state: 'open' as const,
  solved: false,
  stage: null,
  startedAt: '2026-11-20T08:00:00Z',
  checks: { passed: 0, total: 2 },
  ...over,
});

const all = [
  challenge('first', { type: 'write', objectives: ['Read a policy'] }),
  challenge('second', { track: { id: 'next', title: 'Next' } }),
  challenge('third'),
  challenge('play', { type: 'free' }),
];

describe('progressOf', () => {
  it('stays solved after the challenge was started over', () => {
    const attempts = [attempt('first'), attempt('first', { state: 'ended', solved: true })];
    expect(progressOf('foundations/first', attempts)).toBe('solved');
    expect(progressOf('foundations/second', attempts)).toBe('untouched');
    expect(progressOf('foundations/second', [attempt('second')])).toBe('begun');
  });
});

describe('matching', () => {
  it('wants every word, in any field', () => {
    expect(matching(all, 'policy FIRST', new Set()).map((one) => one.title)).toEqual(['first']);
    expect(matching(all, 'policy second', new Set())).toEqual([]);
  });

  it('keeps the chosen types only', () => {
    expect(matching(all, '', new Set(['write', 'free'])).map((one) => one.title)).toEqual(['first', 'play']);
  });
});

describe('tracksOf', () => {
  it('gathers by track in the order of the first challenge', () => {
    expect(tracksOf(all).map((track) => [track.title, track.challenges.length])).toEqual([
      ['Start', 3],
      ['Next', 1],
    ]);
  });
});

describe('nextChallenge', () => {
  it('is the newest open attempt, and the playground is none', () => {
    const next = nextChallenge(all, [attempt('play'), attempt('second'), attempt('first')]);
    expect(next?.challenge.title).toBe('second');
    expect(next?.attempt?.id).toBe('a-second');
  });

  it('is the first challenge that is not solved where nothing is open', () => {
    const next = nextChallenge(all, [attempt('first', { solved: true })]);
    expect(next).toMatchObject({ challenge: { title: 'second' }, attempt: undefined });
  });

  it('is nothing where all is solved', () => {
    const solved = ['first', 'second', 'third'].map((id) => attempt(id, { solved: true }));
    expect(nextChallenge(all, solved)).toBeUndefined();
  });
});

describe('challengeAfter', () => {
  it('looks behind first, then from the start', () => {
    expect(challengeAfter('foundations/first', all, [])?.title).toBe('second');
    expect(challengeAfter('foundations/third', all, [])?.title).toBe('first');
  });
});
