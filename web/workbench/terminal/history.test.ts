import { describe, expect, it } from 'vitest';
import { find, historyFrom, historyOf, leaf, withCommand } from './history.ts';

describe('history', () => {
  it('leafs back and forth, and returns the line that was being typed', () => {
    const start = historyOf(['one', 'two']);
    const two = leaf(start, 'older', 'dra');
    expect(two?.text).toBe('two');
    const one = two && leaf(two.history, 'older', 'two');
    expect(one?.text).toBe('one');
    expect(one && leaf(one.history, 'older', 'one')).toBeUndefined();
    const again = one && leaf(one.history, 'newer', 'one');
    const draft = again && leaf(again.history, 'newer', 'two');
    expect(draft?.text).toBe('dra');
    expect(draft && leaf(draft.history, 'newer', 'dra')).toBeUndefined();
  });

  it('keeps neither nothing nor the same twice', () => {
    const history = withCommand(withCommand(withCommand(historyOf([]), 'ls'), '  '), 'ls ');
    expect(history.entries).toEqual(['ls']);
    expect(history.place).toBe(1);
  });

  it('forgets the oldest', () => {
    const many = Array.from({ length: 600 }, (_, index) => `echo ${index}`);
    expect(historyOf(many).entries[0]).toBe('echo 100');
  });

  it('reads what the browser kept with care', () => {
    expect(historyFrom(['ls', 3, null]).entries).toEqual(['ls']);
    expect(historyFrom('ls').entries).toEqual([]);
  });
});

describe('find', () => {
  it('goes from one older command with the words to the next, and stops', () => {
    const first = find(historyOf(['aws s3 ls', 'ls', 'aws s3 rb s3://x', 'pwd']), 's3', 's3');
    expect(first?.text).toBe('aws s3 rb s3://x');
    const second = first && find(first.history, 's3', first.text);
    expect(second?.text).toBe('aws s3 ls');
    expect(second && find(second.history, 's3', second.text)).toBeUndefined();
    expect(second?.history.draft).toBe('s3');
  });
});
