import { expect, test } from 'vitest';
import { localTurns } from './turns.ts';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('acts on one key follow each other, acts on another do not wait', async () => {
  const turns = localTurns();
  const order: string[] = [];
  const slow = turns.take('a', async () => {
    await wait(30);
    order.push('a1');
  });
  const next = turns.take('a', async () => {
    order.push('a2');
  });
  await turns.take('b', async () => {
    order.push('b');
  });
  await Promise.all([slow, next]);
  expect(order).toEqual(['b', 'a1', 'a2']);
});

test('a failed act does not stop the next', async () => {
  const turns = localTurns();
  const failed = turns.take('a', () => Promise.reject(new Error('no')));
  const next = turns.take('a', () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});
