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

it('lets a call that costs much through, and its sandbox wait afterwards', () => {
  const rate = new CallRate({ perSecond: 10, atOnce: 3 });
  expect(rate.take('a', 0, 23)).toBe(true);
  expect([rate.take('a', 0), rate.take('a', 2_000), rate.take('a', 2_099)]).toEqual([false, false, false]);
  expect(rate.take('a', 2_101)).toBe(true);
  // What is owed is not forgotten with time and others' calls.
  expect(rate.take('b', 10_000, 103)).toBe(true);
  expect([rate.take('c', 15_000), rate.take('b', 15_001)]).toEqual([true, false]);
});

it('tells whether a call would be let through, and takes nothing by it', () => {
  const rate = new CallRate({ perSecond: 10, atOnce: 2 });
  expect([rate.has('a', 0), rate.take('a', 0, 2), rate.has('a', 0), rate.has('a', 99)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([rate.has('a', 100), rate.has('a', 100), rate.take('a', 100)]).toEqual([true, true, true]);
});
