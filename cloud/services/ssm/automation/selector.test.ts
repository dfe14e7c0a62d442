import { expect, test } from 'vitest';
import type { Json } from '../documents/content.ts';
import { checkSelector, select } from './selector.ts';

const value: Json = {
  Reservations: [
    { Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }, { InstanceId: 'i-2' }] },
    { Instances: [{ InstanceId: 'i-3', Tags: [{ Key: 'Name', Value: 'web' }] }] },
  ],
  'a.b': { constructor: 1 },
};

test.each<[string, unknown]>([
  ['$', value],
  ['$.Reservations[0].Instances[1].InstanceId', 'i-2'],
  ['$.Reservations[-1].Instances[0].InstanceId', 'i-3'],
  ["$.Reservations[0]['Instances'][0].State.Name", 'running'],
  ['$.Reservations[*].Instances[*].InstanceId', ['i-1', 'i-2', 'i-3']],
  ['$..InstanceId', ['i-1', 'i-2', 'i-3']],
  ['$["a.b"].constructor', 1],
  ['$.Reservations[9]', undefined],
  ['$.Reservations.constructor', undefined],
  ['$..Nothing', []],
])('%s', (selector, expected) => {
  expect(checkSelector(selector)).toBe(true);
  expect(select(value, selector)).toEqual(expected);
});

test.each(['', 'Reservations', '$.', '$.a[', '$.a[?(@.b)]', '$.a b', '$[1', '$.a..', '$..a..b'])(
  'refuses %s',
  (selector) => {
    expect(checkSelector(selector)).toBe(false);
    expect(select(value, selector)).toBeUndefined();
  },
);
