import { describe, expect, it, test } from 'vitest';
import { checkFilterPolicy } from './filter-check.ts';
import { type FilterPolicy, meetsFilter } from './filter-policy.ts';
import { subjectOfAttributes, subjectOfBody } from './filter-subjects.ts';

const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });
const attributes = {
  store: text('example_corp'),
  event: text('order_cancelled'),
  price: text('210.5', 'Number'),
  interests: text('["rugby","football",7,true,null]', 'String.Array'),
  address: text('10.0.0.7'),
  bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1]) },
};

test.each<[FilterPolicy, boolean]>([
  [{}, true],
  [{ store: ['example_corp'] }, true],
  [{ store: ['other', 'example_corp'], event: ['order_cancelled'] }, true],
  [{ store: ['other'], event: ['order_cancelled'] }, false],
  [{ none: ['x'] }, false],
  [{ constructor: [{ exists: true }] }, false],
  [{ store: [{ exists: true }], none: [{ exists: false }] }, true],
  [{ store: [{ exists: false }] }, false],
  [{ event: [{ prefix: 'order_' }] }, true],
  [{ event: [{ suffix: '_placed' }] }, false],
  [{ event: [{ 'equals-ignore-case': 'ORDER_cancelled' }] }, true],
  [{ event: [{ wildcard: 'order_*led' }] }, true],
  [{ event: [{ wildcard: 'order.*' }] }, false],
  [{ event: [{ 'anything-but': ['order_placed'] }] }, true],
  [{ event: [{ 'anything-but': 'order_cancelled' }] }, false],
  [{ event: [{ 'anything-but': { prefix: 'order_' } }] }, false],
  [{ none: [{ 'anything-but': 'x' }] }, false],
  [{ price: [{ numeric: ['>', 200, '<=', 210.5] }] }, true],
  [{ price: [{ numeric: ['=', 210] }] }, false],
  [{ price: [{ numeric: ['<', 210] }] }, false],
  [{ interests: ['football'] }, true],
  [{ interests: [true] }, true],
  [{ interests: [{ numeric: ['=', 7] }] }, true],
  [{ interests: ['tennis'] }, false],
  [{ address: [{ cidr: '10.0.0.0/29' }] }, true],
  [{ address: [{ cidr: '10.0.0.8/29' }] }, false],
  [{ bytes: [{ exists: true }] }, false],
  [{ $or: [{ store: ['x'] }, { event: ['order_cancelled'] }] }, true],
  [{ $or: [{ store: ['x'] }, { event: ['y'] }], price: [{ exists: true }] }, false],
])('by attributes: %j', (policy, expected) => {
  checkFilterPolicy(JSON.stringify(policy), 'MessageAttributes');
  expect(meetsFilter(policy, subjectOfAttributes(attributes))).toBe(expected);
});

test.each<[string, FilterPolicy, boolean]>([
  ['{"a":{"b":1}}', { a: { b: [1] } }, true],
  ['{"a":{"b":1}}', { a: { b: ['1'] } }, false],
  ['{"a":[{"b":1},{"b":2}]}', { a: { b: [2] } }, true],
  ['{"a":["x","y"]}', { a: ['y'] }, true],
  ['{"a":null}', { a: [null] }, true],
  ['{"c":1}', { a: { b: [{ exists: false }] } }, true],
  ['{"__proto__":{"b":1}}', { a: { b: [1] } }, false],
])('by the body: %s %j', (body, policy, expected) => {
  const subject = subjectOfBody(body);
  expect(subject && meetsFilter(policy, subject)).toBe(expected);
});

it('no policy is met by a body that is no object', () => {
  expect(subjectOfBody('[1]')).toBeUndefined();
  expect(subjectOfBody('text')).toBeUndefined();
});

describe('a policy that is refused', () => {
  it.each<[string, string]>([
    ['[]', 'failed to parse JSON.'],
    ['{"a":[]}', 'Empty arrays are not allowed'],
    ['{"a":"b"}', '"a" must be an object or an array'],
    ['{"a":[["b"]]}', 'Match value must be String, number, true, false, or null'],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression'],
    ['{"a":[{"like":"x"}]}', 'Unrecognized match type like'],
    ['{"a":[{"prefix":1}]}', 'prefix match pattern must be a string'],
    ['{"a":[{"exists":"yes"}]}', 'exists match pattern must be either true or false.'],
    ['{"a":[{"numeric":[">"]}]}', 'Value of numeric'],
    ['{"a":[{"cidr":"10.0.0.1"}]}', 'Malformed CIDR'],
    ['{"a":[{"anything-but":[]}]}', 'anything-but must be'],
    ['{"a":[{"anything-but":{"exists":true}}]}', 'Unsupported anything-but pattern'],
    ['{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}', 'can not have more than 5 keys'],
    [JSON.stringify({ a: [...'0123456789abc'], b: [...'0123456789abc'] }), 'Filter policy is too complex'],
  ])('%s', (policy, reason) => {
    expect(() => checkFilterPolicy(policy, 'MessageBody')).toThrow(reason);
  });

  it('is nested too deeply', () => {
    const deep = `${'{"a":'.repeat(50)}["x"]${'}'.repeat(50)}`;
    expect(() => checkFilterPolicy(deep, 'MessageBody')).toThrow('too complex');
  });
});
