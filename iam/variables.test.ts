import { describe, expect, it } from 'vitest';
import { parseTemplate, plainText, resolveTemplate } from './variables.ts';

const the = (key: string) => ['$', '{', key, '}'].join('');
const context = {
  get: (key: string) =>
    new Map<string, string | string[]>([
      ['aws:username', 'Bea'],
      ['aws:tagkeys', ['a']],
    ]).get(key),
};

function fill(text: string, version: '2008-10-17' | '2012-10-17' = '2012-10-17') {
  const pieces = resolveTemplate(parseTemplate(text, version), context);
  return pieces === undefined ? undefined : plainText(pieces);
}

describe('policy variables', () => {
  it.each([
    [`a/${the('aws:username')}/b`, 'a/Bea/b'],
    [`${the('AWS:UserName')}`, 'Bea'],
    [the('aws:none'), undefined],
    [the("aws:none, 'x y'"), 'x y'],
    [the("aws:username, 'x'"), 'Bea'],
    [the('aws:none, x'), undefined],
    [the('aws:TagKeys'), undefined],
    [`${the('*')}${the('?')}${the('$')}`, '*?$'],
    ['${open', '${open'],
    ['', ''],
  ])('%s becomes %s', (text, expected) => {
    expect(fill(text)).toBe(expected);
  });

  it('are text before version 2012-10-17', () => {
    expect(fill(the('aws:username'), '2008-10-17')).toBe(the('aws:username'));
  });
});
