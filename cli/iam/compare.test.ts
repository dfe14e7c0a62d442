import { expect, it } from 'vitest';
import { askLine } from '../testing/ask.ts';

const document = (Action: unknown, Resource: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const narrow = [document('s3:GetObject', 'arn:aws:s3:::archive/*')];
const wide = [document(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::archive', 'arn:aws:s3:::archive/*'])];

it('a witness is a line of decide, and tells the sides apart', async () => {
  const answer = await askLine('compare', { a: narrow, b: wide });
  expect(answer).toMatchObject({ aInB: 'yes', bInA: 'no', disjoint: 'no' });
  expect(answer['witnessA']).toBeUndefined();
  const witness = answer['witnessB'] as object;
  const byA = await askLine('decide', { ...witness, policies: { identity: narrow } });
  const byB = await askLine('decide', { ...witness, policies: { identity: wide } });
  expect([byA['decision'], byB['decision']]).toEqual(['implicitlyDenied', 'allowed']);
});

it('does not pretend to compare resource policies', async () => {
  const answer = await askLine('compare', { kind: 'resource', a: [], b: [] });
  expect(answer).toMatchObject({ error: { code: 'not_offered', pointer: '/kind' } });
});
