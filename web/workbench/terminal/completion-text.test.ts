import { describe, expect, it } from 'vitest';
import { columns } from './completion-text.ts';

describe('columns', () => {
  it('fills the width, down before across', () => {
    expect(columns(['one', 'two', 'three', 'four', 'five'], 16, 10)).toBe('one    four\ntwo    five\nthree\n');
  });

  it('has one word a row where no two fit, and counts what it leaves out', () => {
    expect(columns(['a-long-word', 'b', 'c'], 10, 2)).toBe('a-long-word\nb\n… 1 more\n');
  });
});
