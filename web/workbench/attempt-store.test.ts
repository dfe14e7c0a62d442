import { describe, expect, it } from 'vitest';
import type { Attempt, CheckView } from '../../contract/index.ts';
import { answersFor, firstExpiry } from './attempt-store.ts';

const check = (id: string, stage: string | null, kind: CheckView['kind'] = 'flag'): CheckView => ({
  id,
  stage,
  kind,
  title: id,
  verdict: null,
  reason: null,
});

describe('answersFor', () => {
  const attempt = {
    stage: 'fix',
    checks: [check('token', 'attack'), check('name', 'fix'), check('access', 'fix', 'access')],
  } as unknown as Attempt;

  it('sends what the current stage asks for, and nothing else', () => {
    expect(answersFor(attempt, { token: 'a', name: 'b', access: 'c', other: 'd' })).toEqual({ name: 'b' });
  });
});

describe('firstExpiry', () => {
  const keys = { name: 'a', principal: 'user/A', accessKeyId: 'k', secretAccessKey: 's' };

  it('is that of the session that ends first; long-lived keys have none', () => {
    expect(firstExpiry([keys])).toBeUndefined();
    const later = { ...keys, expiration: '2026-11-20T20:00:00Z' };
    const sooner = { ...keys, expiration: '2026-11-20T19:00:00Z' };
    expect(firstExpiry([later, keys, sooner])).toBe(Date.parse(sooner.expiration));
  });
});
