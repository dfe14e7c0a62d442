import { expect, it } from 'vitest';
import { CallRate } from './rate.ts';

it('lets a burst through, then one call for each that has had its time', () => {
  const rate = new CallRate({ perSecond: 10, atOnce: 3 });
  const taken = (now: number) => rate.take('a', now);
  expect([taken(0), taken(0), taken(0), taken(0)]).toEqual([true, true, true, false]);
  expect([taken(100), taken(100)]).toEqual([true, false]);
  // Asking too early costs nothing.
  expect([taken(150), taken(199), taken(200)]).toEqual([false, false, true]);
  expect(rate.take('b', 200)).toBe(true);
  expect([taken(9_000), taken(9_000), taken(9_000), taken(9_000)]).toEqual([true, true, true, false]);
});
