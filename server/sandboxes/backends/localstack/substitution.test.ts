import { expect, test } from 'vitest';
import { exchanged } from './substitution.ts';

const ids = new Map([
  ['key-ours', 'key-theirs'],
  ['$&', 'plain'],
]);

test('an id is exchanged wherever it stands: in texts, in names, deep inside', () => {
  const patches = [
    {
      op: 'add',
      path: ['kms', 'keys', 'us-east-1/key-ours'],
      value: { id: 'key-ours', arn: 'arn:aws:kms:::key/key-ours' },
    },
    { op: 'add', path: ['s3'], value: { 'key-ours': [{ by: 'key-ours', and: 'key-ours again' }] } },
  ];
  expect(exchanged(patches, ids)).toEqual(JSON.parse(JSON.stringify(patches).replaceAll('key-ours', 'key-theirs')));
});

test('an id is a text like another, and what takes its place is taken as it is', () => {
  expect(exchanged('a $& b', ids)).toBe('a plain b');
  expect(exchanged('a.b', new Map([['.', '$&']]))).toBe('a$&b');
});

test('what names no id stays the same object', () => {
  const value = { list: [1, 'two', null], at: new Date(0), bytes: new Uint8Array([1]), deep: { none: undefined } };
  expect(exchanged(value, ids)).toBe(value);
  expect(exchanged(value, new Map())).toBe(value);
});

test('what is changed keeps the rest, bytes and times too', () => {
  const value = { id: 'key-ours', at: new Date(0), bytes: new Uint8Array([1]), same: { a: 1 } };
  const after = exchanged(value, ids);
  expect(after).toEqual({ ...value, id: 'key-theirs' });
  expect(after.same).toBe(value.same);
  expect(after.bytes).toBe(value.bytes);
  expect(value.id).toBe('key-ours');
});
