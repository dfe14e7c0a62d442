import { expect, test } from 'vitest';
import { AwsError } from '../../errors.ts';
import { meetsPattern, readPattern } from './pattern.ts';

const event = {
  source: 'aws.iam',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: {
    name: 'CreateUser',
    count: 5,
    price: 2.5,
    address: '203.0.113.7',
    v6: '2001:db8::7',
    empty: '',
    nothing: null,
    isDone: true,
    words: ['red', 'green'],
    path: 'docs/a*b/index.html',
    records: [
      { type: 'a', size: 1 },
      { type: 'b', size: 2 },
    ],
  },
};

const holds = (pattern: object) => meetsPattern(readPattern(JSON.stringify(pattern)), event);
const detail = (inside: object) => holds({ detail: inside });

test.each<[string, object]>([
  ['a value', { name: ['CreateUser'] }],
  ['one of several', { name: ['DeleteUser', 'CreateUser'] }],
  ['a number, true, null, an empty text', { count: [5], isDone: [true], nothing: [null], empty: [''] }],
  ['an item of a list', { words: ['green'] }],
  ['prefix and suffix', { name: [{ prefix: 'Create' }], path: [{ suffix: '.html' }] }],
  [
    'prefix and suffix in any case',
    {
      name: [{ prefix: { 'equals-ignore-case': 'CREATE' } }],
      path: [{ suffix: { 'equals-ignore-case': '.HTML' } }],
    },
  ],
  ['equals-ignore-case', { name: [{ 'equals-ignore-case': 'createuser' }] }],
  ['anything-but', { name: [{ 'anything-but': 'DeleteUser' }], count: [{ 'anything-but': [4, 6] }] }],
  [
    'anything-but with matchers',
    {
      name: [{ 'anything-but': { prefix: ['Delete', 'Update'] } }],
      path: [{ 'anything-but': { wildcard: '*/lib/*' } }],
    },
  ],
  ['numeric', { count: [{ numeric: ['>', 0, '<=', 5] }], price: [{ numeric: ['=', 2.5] }] }],
  ['cidr', { address: [{ cidr: '203.0.113.0/24' }], v6: [{ cidr: '2001:db8::/32' }] }],
  ['wildcards', { path: [{ wildcard: 'docs/*.html' }], name: [{ wildcard: '*User' }] }],
  ['a star by itself', { path: [{ wildcard: 'docs/a\\*b/*' }] }],
  ['exists', { name: [{ exists: true }], other: [{ exists: false }] }],
  ['what is in a list of objects, of one of them', { records: { type: ['a'], size: [1] } }],
  ['$or', { $or: [{ name: ['x'] }, { count: [{ numeric: ['>', 4] }] }] }],
  ['$or beside a field', { name: ['CreateUser'], $or: [{ count: [1] }, { count: [5] }] }],
])('%s', (_what, inside) => {
  expect(detail(inside)).toBe(true);
});

test.each<[string, object]>([
  ['another value', { name: ['DeleteUser'] }],
  ['the same digits as a text', { count: ['5'] }],
  ['a field that is not there', { other: [{ 'anything-but': 'x' }] }],
  ['a field that must not be there', { name: [{ exists: false }] }],
  ['anything-but of a value', { name: [{ 'anything-but': ['CreateUser', 'x'] }] }],
  ['anything-but of a prefix', { name: [{ 'anything-but': { prefix: 'Create' } }] }],
  ['a number out of range', { count: [{ numeric: ['>', 5] }] }],
  ['a text for a number', { name: [{ numeric: ['>', 0] }] }],
  ['another network', { address: [{ cidr: '203.0.114.0/24' }] }],
  ['what no single object of a list has', { records: { type: ['a'], size: [2] } }],
  ['a wildcard that overlaps itself', { name: [{ wildcard: 'CreateU*User' }] }],
  ['none of $or', { $or: [{ name: ['x'] }, { count: [1] }] }],
  ['an object where a value is asked for', { records: ['a'] }],
])('not: %s', (_what, inside) => {
  expect(detail(inside)).toBe(false);
});

test('all fields must hold, also above', () => {
  expect(holds({ source: ['aws.iam'], detail: { name: ['CreateUser'] } })).toBe(true);
  expect(holds({ source: ['aws.sts'], detail: { name: ['CreateUser'] } })).toBe(false);
});

test.each([
  ['{', 'Invalid JSON'],
  ['[]', 'Filter is not an object'],
  ['{}', 'Empty objects are not allowed'],
  ['{"source":"aws.iam"}', '"source" must be an object or an array'],
  ['{"source":[]}', 'Empty arrays are not allowed'],
  ['{"source":[["a"]]}', 'Match value must be String, number, true, false, or null'],
  ['{"source":[{"like":"a"}]}', 'Unrecognized match type like'],
  ['{"source":[{"prefix":1}]}', 'prefix match pattern must be a string'],
  ['{"source":[{"prefix":"a","suffix":"b"}]}', 'Only one key allowed in match expression'],
  ['{"source":[{"exists":"yes"}]}', 'exists match pattern must be either true or false.'],
  ['{"source":[{"numeric":"5"}]}', 'Value of numeric must be an array.'],
  ['{"source":[{"numeric":["!",5]}]}', 'Unrecognized numeric range operator: !'],
  ['{"source":[{"numeric":["<",1,">",0]}]}', 'Bad numeric range operator: >'],
  ['{"source":[{"cidr":"10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
  ['{"source":[{"cidr":"10.0/8"}]}', 'Nonstandard IP address: 10.0'],
  ['{"source":[{"wildcard":"a**"}]}', 'Consecutive wildcard characters at pos 1'],
  [
    '{"source":[{"anything-but":["a",1]}]}',
    'Inside anything but list, either all values are number or string, mixed type is not supported',
  ],
  ['{"source":[{"anything-but":{"cidr":"10.0.0.0/8"}}]}', 'Unsupported anything-but pattern: cidr'],
  ['{"$or":[{"source":["a"]}]}', 'There must have at least 2 Objects in "$or"'],
])('%s is refused', (text, reason) => {
  const refusal = () => readPattern(text);
  expect(refusal).toThrow(AwsError);
  expect(refusal).toThrow(`Event pattern is not valid. Reason: ${reason}`);
});

test('a pattern with many wildcards takes no longer than its text', () => {
  const pattern = readPattern(JSON.stringify({ source: [{ wildcard: '*a'.repeat(900) }] }));
  expect(meetsPattern(pattern, { source: `${'a'.repeat(100_000)}b` })).toBe(false);
});

test('depth is bounded', () => {
  const deep = `${'{"a":'.repeat(40)}["x"]${'}'.repeat(40)}`;
  expect(() => readPattern(deep)).toThrow('nested too deeply');
});
