import { describe, expect, it } from 'vitest';
import { diffLines } from './diff.ts';

const drawn = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => `${kind === 'same' ? ' ' : kind === 'added' ? '+' : '-'}${text}`);

describe('diffLines', () => {
  it('shows a changed line as removed and added', () => {
    expect(drawn('a\nb\nc\n', 'a\nx\nc\n')).toEqual([' a', '-b', '+x', ' c']);
  });

  it('finds what stayed among what moved', () => {
    expect(drawn('a\nb\nc', 'b\nc\nd')).toEqual(['-a', ' b', ' c', '+d']);
  });

  it('has no line for an empty text', () => {
    expect(drawn('', 'a\nb\n')).toEqual(['+a', '+b']);
    expect(drawn('a', '')).toEqual(['-a']);
  });

  it('says nothing changed where nothing did', () => {
    expect(drawn('a\nb', 'a\nb\n').every((text) => text.startsWith(' '))).toBe(true);
  });
});
