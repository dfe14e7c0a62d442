import { describe, expect, it } from 'vitest';
import { cellsOf, drawAtEnd, drawLine, placeAfter } from './line-view.ts';

describe('placeAfter', () => {
  it('goes to the next row when a row is full', () => {
    expect(placeAfter('abc', 2, 10)).toEqual({ row: 0, column: 5 });
    expect(placeAfter('abcdefgh', 2, 10)).toEqual({ row: 1, column: 0 });
    expect(placeAfter('abcdefghi', 2, 10)).toEqual({ row: 1, column: 1 });
    expect(placeAfter('ab\ncd', 2, 10)).toEqual({ row: 1, column: 2 });
  });

  it('never splits a wide character', () => {
    expect(cellsOf('漢')).toBe(2);
    expect(placeAfter('漢', 9, 10)).toEqual({ row: 1, column: 2 });
  });
});

describe('drawLine', () => {
  it('leaves the cursor where it stands in the text', () => {
    expect(drawLine({ text: 'hello', cursor: 2 }, '$ ', 2, 80, 0)).toEqual({
      output: '\r\x1b[J$ hello\r\x1b[4C',
      cursorRow: 0,
    });
  });

  it('goes back up over the rows that a long line took', () => {
    const drawn = drawLine({ text: 'abcdefghijkl', cursor: 12 }, '$ ', 2, 10, 0);
    expect(drawn.cursorRow).toBe(1);
    expect(drawLine({ text: 'a', cursor: 1 }, '$ ', 2, 10, drawn.cursorRow).output).toBe('\x1b[1A\r\x1b[J$ a\r\x1b[3C');
  });

  it('makes the terminal wrap when the text ends in the last column', () => {
    expect(drawLine({ text: 'abcdefgh', cursor: 8 }, '$ ', 2, 10, 0).output).toContain('abcdefgh \r');
  });
});

describe('drawAtEnd', () => {
  const line = (text: string, cursor = text.length) => ({ text, cursor });

  it('adds what was typed, and takes away what was erased', () => {
    expect(drawAtEnd(line('ls'), line('ls -a'), 2, 80)).toBe(' -a');
    expect(drawAtEnd(line('ls'), line('l'), 2, 80)).toBe('\b \b');
    expect(drawAtEnd(line('漢'), line(''), 2, 80)).toBe('\b \b\b \b');
    expect(drawAtEnd(line('ls'), line('ls'), 2, 80)).toBe('');
  });

  it('leaves all else to a new drawing', () => {
    expect(drawAtEnd(line('ls', 0), line('xls', 1), 2, 80)).toBeUndefined();
    expect(drawAtEnd(line('ls'), line('pwd'), 2, 80)).toBeUndefined();
    expect(drawAtEnd(line('abcdefg'), line('abcdefgh'), 2, 10)).toBeUndefined();
  });
});
