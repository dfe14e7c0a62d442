/** As Python's argparse does it. */
import { describe, expect, test } from 'vitest';
import { type ArgumentSpec, parseArguments } from './argument-parser.ts';
import { closeMatches } from './close-matches.ts';

const SPECS: readonly ArgumentSpec[] = [
  { name: '--name', count: 'one' },
  { name: '--number', count: 'one', type: 'int' },
  { name: '--tags', count: '*' },
  { name: '--maybe', count: '?', constant: 'yes' },
  { name: '--flag', count: 'none' },
  { name: '--no-flag', count: 'none', target: 'flag', constant: false },
  { name: '--mode', count: 'one', choices: ['a', 'b', 'c'] },
  { name: '--include', count: 'one', target: 'filters', append: true },
  { name: '--exclude', count: 'one', target: 'filters', append: true },
];
const parse = (...words: string[]) => {
  const { values, rest } = parseArguments(SPECS, words);
  return { ...Object.fromEntries(values), ...(rest.length > 0 && { rest }) };
};

describe('options', () => {
  test.each([
    [['--name', 'x'], { name: 'x' }],
    [['--name=x=y'], { name: 'x=y' }],
    [['--nam', 'x'], { name: 'x' }],
    [['--tags', 'a', 'b', '--name', 'x', 'c'], { tags: ['a', 'b'], name: 'x', rest: ['c'] }],
    [['--tags'], { tags: [] }],
    [['--maybe', '--flag'], { maybe: 'yes', flag: true }],
    [['--maybe', 'v'], { maybe: 'v' }],
    [['--no-flag'], { flag: false }],
    [['--name', '-'], { name: '-' }],
    [['--name', '-5'], { name: '-5' }],
    [['--name', '--x y'], { name: '--x y' }],
    [['--exclude', '*', '--include', 'a'], { filters: ['--exclude', '*', '--include', 'a'] }],
    [['--other', 'v', '--name', 'x', 'y'], { name: 'x', rest: ['--other', 'v', 'y'] }],
  ])('%j', (words, found) => {
    expect(parse(...words)).toEqual(found);
  });
});

describe('faults', () => {
  test.each([
    [['--name'], 'argument --name: expected one argument'],
    [['--name', '--flag'], 'argument --name: expected one argument'],
    [['--n', 'x'], 'ambiguous option: --n could match --name, --number, --no-flag'],
    [['--number', 'x'], "argument --number: invalid int value: 'x'"],
    [['--flag=x'], "argument --flag: ignored explicit argument 'x'"],
    [
      ['--mode', 'd'],
      `argument --mode: Invalid choice, valid choices are:\n\n${'a'.padEnd(40)} | ${'b'.padEnd(40)}\nc`,
    ],
  ])('%j', (words, message) => {
    expect(() => parse(...words)).toThrow(`aws: error: ${message}`);
  });
});

test('positional arguments stand anywhere', () => {
  const specs: readonly ArgumentSpec[] = [
    { name: 'paths', positional: true, count: 'two' },
    { name: '--recursive', count: 'none' },
  ];
  expect(parseArguments(specs, ['a', 'b', '--recursive']).values.get('paths')).toEqual(['a', 'b']);
  expect(parseArguments(specs, ['--recursive', 'a', 'b', 'c']).rest).toEqual(['c']);
  expect(parseArguments(specs, ['a', 'b', '--', '--recursive']).rest).toEqual(['--recursive']);
  expect(() => parseArguments(specs, ['a'])).toThrow('the following arguments are required: paths');
});

test('words that are alike', () => {
  expect(closeMatches('get-objekt', ['get-object', 'get-object-acl', 'put-object'])).toEqual(['get-object']);
  expect(closeMatches('xyz', ['get-object'])).toEqual([]);
});
