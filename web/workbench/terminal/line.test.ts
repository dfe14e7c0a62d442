import { describe, expect, it } from 'vitest';
import { decodeKeys } from './keys.ts';
import { edit, emptyLine, type Line, lineOf } from './line.ts';

const type = (start: Line, data: string): Line =>
  decodeKeys(data).reduce((line, key) => edit(line, key) ?? line, start);

describe('decodeKeys', () => {
  it('splits a paste of lines, and arrows among text', () => {
    expect(decodeKeys('ls\rpwd')).toEqual([
      { kind: 'text', text: 'ls' },
      { kind: 'key', name: 'enter' },
      { kind: 'text', text: 'pwd' },
    ]);
    expect(decodeKeys('a\x1b[D\x1b[1;5Cb').map((key) => (key.kind === 'key' ? key.name : key.text))).toEqual([
      'a',
      'left',
      'word-right',
      'b',
    ]);
  });

  it('drops sequences that it does not know', () => {
    expect(decodeKeys('\x1b[200~x\x1b[201~\x00')).toEqual([{ kind: 'text', text: 'x' }]);
  });
});

describe('editing a line', () => {
  it('inserts at the cursor', () => {
    expect(type(emptyLine, 'aws s3\x1b[D\x1b[Dx')).toMatchObject({ text: 'aws xs3', cursor: 5 });
  });

  it('moves and erases by word', () => {
    const line = lineOf('aws iam list-users');
    expect(type(line, '\x1bb').cursor).toBe(13);
    expect(type(line, '\x1bb\x1bb').cursor).toBe(8);
    expect(type(line, '\x17').text).toBe('aws iam ');
    expect(type(line, '\x01\x1bf').cursor).toBe(3);
  });

  it('brings back what was killed', () => {
    expect(type(lineOf('one two'), '\x15\x19\x19').text).toBe('one twoone two');
    expect(type(lineOf('one two'), '\x01\x0b').text).toBe('');
  });

  it('takes a surrogate pair as one character', () => {
    expect(type(lineOf('a😀'), '\x7f').text).toBe('a');
    expect(type(lineOf('😀a'), '\x01\x1b[C').cursor).toBe(2);
  });

  it('leaves keys that do not edit to others', () => {
    for (const data of ['\r', '\t', '\x03', '\x1b[A']) {
      const [key] = decodeKeys(data);
      expect(key && edit(emptyLine, key)).toBeUndefined();
    }
  });
});
