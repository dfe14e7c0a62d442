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

const ofBucket = (statement: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::archive/*', ...statement }],
});
const bea = { Principal: { AWS: 'arn:aws:iam::111122223333:user/Bea' } };

it.each<[string, object, object]>([
  ['anybody', bea, { Principal: '*' }],
  ['an account', bea, { Principal: { AWS: '444455556666' } }],
  ['a user of another account', {}, { Principal: { AWS: 'arn:aws:iam::444455556666:user/staff/Max' } }],
  ['a role with a path', bea, { Principal: { AWS: 'arn:aws:iam::444455556666:role/audit/Reader' } }],
  ['a service', bea, { Principal: { Service: 'sns.amazonaws.com' } }],
])('shows that a resource policy lets in %s, where nobody else has a part in it', async (_, narrow, wide) => {
  const [a, b] = [ofBucket({ ...bea, ...narrow }), ofBucket(wide)];
  const answer = await askLine('compare', { kind: 'resource', a: [a], b: [b] });
  expect(answer['bInA']).toBe('no');
  const witness = answer['witnessB'] as object;
  const byA = await askLine('decide', { ...witness, policies: { resource: a } });
  const byB = await askLine('decide', { ...witness, policies: { resource: b } });
  expect([byA['decision'], byB['decision']]).toEqual(['implicitlyDenied', 'allowed']);
});
