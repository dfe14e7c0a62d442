import { expect, it } from 'vitest';
import { remembered } from './remembered.ts';

function counting() {
  const asked: string[] = [];
  const answer = (text: string) => {
    asked.push(text);
    return text.length;
  };
  return { asked, answer };
}

it('asks once for a text that comes again', () => {
  const { asked, answer } = counting();
  const lengthOf = remembered(2, answer);
  expect(['a', 'bb', 'a', 'bb'].map(lengthOf)).toEqual([1, 2, 1, 2]);
  expect(asked).toEqual(['a', 'bb']);
});

it('keeps no more than so many texts, and none that is long', () => {
  const { asked, answer } = counting();
  const lengthOf = remembered(2, answer);
  const long = 'x'.repeat(1025);
  expect(['a', 'bb', 'ccc', 'a', long, long].map(lengthOf)).toEqual([1, 2, 3, 1, 1025, 1025]);
  expect(asked).toEqual(['a', 'bb', 'ccc', 'a', long, long]);
});
