import { describe, expect, test } from 'vitest';
import { recorded } from '../testing/recorded.ts';
import { formatAnswer } from './format.ts';
import { checkQuery, search } from './query.ts';

describe('answers look as AWS CLI v2 shows them', () => {
  test.each(recorded.formats.map((entry, i) => ({ ...entry, name: `${i} as ${entry.format}` })))(
    '$name',
    ({ value, format, text }) => {
      expect(formatAnswer('ListThings', value, { format: format as 'json' })).toBe(text);
    },
  );
});

test('a table is as wide as the window lets it be', () => {
  const value = { Keys: [{ ['A'.repeat(30)]: 'x'.repeat(30), ['B'.repeat(30)]: 'y'.repeat(30) }] };
  const widest = (width: number) =>
    Math.max(
      ...formatAnswer('List', value, { format: 'table', width })
        .split('\n')
        .map((line) => line.length),
    );
  expect(widest(200)).toBe(72);
  expect(formatAnswer('List', value, { format: 'table', width: 40 })).not.toMatch(/A{30}.*B{30}/);
});

describe('--query', () => {
  test('is JMESPath, and null where nothing is found', () => {
    const answer = { Users: [{ UserName: 'b' }, { UserName: 'a' }] };
    expect(search(answer, 'sort_by(Users,&UserName)[].UserName')).toEqual(['a', 'b']);
    expect(search(answer, 'Nothing')).toBeNull();
    expect(search(answer, 'Users[0].[UserName,Nope]')).toEqual(['b', null]);
  });

  test.each([
    ['max_by(Users, &UserName).UserName', 'b'],
    ['min_by(Users, &UserName).UserName', 'a'],
    ['max_by(Users[?UserName != `c`], &length(UserName)).UserName', 'b'],
    ['[min_by(Users, &UserName), max_by(Users, &UserName)][].UserName', ['a', 'b']],
    ['max_by(`[]`, &UserName)', null],
  ])('%s', (expression, found) => {
    expect(search({ Users: [{ UserName: 'b' }, { UserName: 'a' }] }, expression)).toEqual(found);
  });

  test.each(['', 'Users[', 'Users[].', 'a ||', 'length('])('%j is no expression', (expression) => {
    expect(() => checkQuery(expression)).toThrow(`Bad value for --query ${expression}: `);
  });

  test.each([
    'Users[::2].UserName',
    'a[-1]',
    '*.b',
    '{x: a, y: `1`}',
    '[?a==`b`] | [0]',
    "a || 'b'",
    '!a',
    'sort_by(a, &b)',
  ])('%s is an expression', (expression) => {
    expect(() => checkQuery(expression)).not.toThrow();
  });

  test('is checked before the call', () => {
    expect(() => checkQuery('Users[')).toThrow(/^Bad value for --query Users\[: /);
    expect(() => checkQuery('length(Users)')).not.toThrow();
  });
});
