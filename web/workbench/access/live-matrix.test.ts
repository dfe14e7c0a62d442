import { describe, expect, test } from 'vitest';
import type { DocumentRef } from '../editor/documents.ts';
import { readEdit } from './edit.ts';
import { type Cell, type Cells, LiveMatrix } from './live-matrix.ts';
import { changeOf, countChanges, show, signOf } from './shown.ts';
import { allow, document, matrix } from './testing/matrix.ts';

const live = new LiveMatrix(matrix);

const signs = (cells: Cells) => cells.map((row) => row.map(signOf));

/** The cells with a document typed into the editor. */
function typed(ref: DocumentRef, text: string): Cells {
  const read = readEdit(ref, text);
  return read.kind === 'edit' ? live.with(read.edit) : expect.fail(read.kind);
}

const saved = [
  ['allowed', 'implicitly-denied', 'unread'],
  ['implicitly-denied', 'allowed', 'unread'],
  ['missing', 'missing', 'missing'],
  ['unread', 'unread', 'unread'],
];

test('as saved, each cell is decided from the documents', () => {
  expect(signs(live.saved)).toEqual(saved);
});

describe('with what is typed', () => {
  const ofBea: DocumentRef = { kind: 'new-inline', owner: 'user', ownerName: 'Bea' };

  test('a new policy of a user, or of one of its groups, comes to the others', () => {
    for (const ref of [ofBea, { ...ofBea, owner: 'group', ownerName: 'Clerks' }] as const) {
      expect(signs(typed(ref, document(allow('s3:GetObject'))))[0]).toEqual(['allowed', 'allowed', 'unread']);
    }
    expect(signs(typed({ ...ofBea, ownerName: 'Other' }, document(allow('*'))))).toEqual(saved);
  });

  test('a policy takes the place of what it was', () => {
    const ref = { kind: 'inline', owner: 'group', ownerName: 'Clerks', name: 'List' } as const;
    expect(signs(typed(ref, document(allow('s3:GetObject'))))[0]).toEqual(['implicitly-denied', 'allowed', 'unread']);
  });

  test('a managed policy counts wherever it is attached, a boundary too', () => {
    const ref = { kind: 'managed', arn: 'arn:aws:iam::111122223333:policy/Edge', name: 'Edge' } as const;
    const cells = typed(ref, document(allow('sts:*')));
    expect(signs(cells).slice(0, 2)).toEqual([
      ['implicitly-denied', 'implicitly-denied', 'unread'],
      ['implicitly-denied', 'allowed', 'unread'],
    ]);
    const [cell] = cells[0] ?? [];
    expect(cell?.kind === 'decided' && cell.because.decision.layer).toBe('boundary');
  });

  test('a session that its role no longer trusts may do nothing, and that is why', () => {
    const other = { AWS: 'arn:aws:iam::111122223333:user/Other' };
    const cells = typed(
      { kind: 'trust', roleName: 'Auditor' },
      document({ Effect: 'Allow', Principal: other, Action: 'sts:AssumeRole' }),
    );
    expect(signs(cells)[1]).toEqual(['implicitly-denied', 'implicitly-denied', 'unread']);
    expect(cells[1]?.[1]).toMatchObject({ about: 'session', because: { request: { action: 'sts:AssumeRole' } } });
  });

  test('a bucket’s first policy counts on it and its objects, and an empty text takes it away', () => {
    const ref = { kind: 'bucket', bucket: 'seeds' } as const;
    const statement = { ...allow('s3:*', 'arn:aws:s3:::seeds/*'), Effect: 'Deny', Principal: '*' };
    expect(signs(typed(ref, document(statement)))[1]).toEqual(['implicitly-denied', 'explicitly-denied', 'unread']);
    expect(signs(typed(ref, ' '))).toEqual(saved);
  });

  test('is as if it were saved, and cells that it does not speak of are those of before', () => {
    // By place in the documents. Bea makes the session of the role, so what is hers decides its row too.
    const edits: readonly { ref: DocumentRef; text: string; untouched: readonly string[] }[] = [
      {
        ref: { kind: 'inline', owner: 'group', ownerName: 'Clerks', name: 'List' },
        text: document(allow('*')),
        untouched: [],
      },
      {
        ref: { kind: 'managed', arn: 'arn:aws:iam::111122223333:policy/Edge', name: 'Edge' },
        text: document(allow('s3:Get*')),
        untouched: [],
      },
      {
        ref: { kind: 'inline', owner: 'role', ownerName: 'Auditor', name: 'Read' },
        text: document(allow('*')),
        untouched: ['0 0', '0 1'],
      },
      {
        ref: { kind: 'trust', roleName: 'Auditor' },
        text: document({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:*' }),
        untouched: ['0 0', '0 1'],
      },
    ];
    edits.forEach(({ ref, text, untouched }, place) => {
      const cells = typed(ref, text);
      const documents = matrix.documents.map((each, n) => (n === place ? { ...each, text } : each));
      expect(cells).toEqual(new LiveMatrix({ ...matrix, documents }).saved);
      const isKept = (row: number, column: number) => cells[row]?.[column] === live.saved[row]?.[column];
      const decided = [0, 1].flatMap((row) => [0, 1].map((column) => [row, column] as const));
      expect(decided.filter(([row, column]) => isKept(row, column)).map((at) => at.join(' '))).toEqual(untouched);
    });
  });

  test('nothing of the matrix itself is changed', () => {
    typed(ofBea, document(allow('*')));
    expect(signs(live.saved)).toEqual(saved);
  });
});

describe('what is shown', () => {
  const ref: DocumentRef = { kind: 'new-inline', owner: 'user', ownerName: 'Bea' };
  const base = '{"Statement": []}';
  const wide = document(allow('s3:*'));

  test('a document as it was loaded is no edit, nor is a file', () => {
    expect(show(live, { ref, base, text: base }, undefined).cells).toBe(live.saved);
    const file: DocumentRef = { kind: 'file', path: '/home/learner/a' };
    expect(show(live, { ref: file, base, text: wide }, undefined).cells).toBe(live.saved);
  });

  test('what was just saved is shown until the matrix is read again, whatever it says then', () => {
    const edited = show(live, { ref, base, text: wide }, undefined);
    const document = { ref, base: wide, text: wide };
    expect(show(live, document, edited).cells).toBe(edited.cells);
    const again = new LiveMatrix(matrix);
    expect(show(again, document, show(live, document, edited)).cells).toBe(again.saved);
    expect(show(live, { ...document, text: base, base }, edited).cells).toBe(live.saved);
  });

  test('a text that cannot be read leaves the last one that could, of the same document', () => {
    const good = show(live, { ref, base, text: wide }, undefined);
    const bad = show(live, { ref, base, text: wide.replace('{', '{\n\n').slice(0, -1) }, good);
    expect(bad.cells).toBe(good.cells);
    expect(bad.malformedAt).toBe(3);
    const again = show(new LiveMatrix(matrix), { ref, base, text: '{' }, bad);
    expect(signs(again.cells)).toEqual(signs(good.cells));
    const other = show(live, { ref: { ...ref, ownerName: 'Max' }, base, text: '{' }, bad);
    expect([other.cells, other.malformedAt]).toEqual([live.saved, 1]);
  });

  test('a blank decides nothing anew', () => {
    const first = show(live, { ref, base, text: wide }, undefined);
    const second = show(live, { ref, base, text: ` ${wide}` }, first);
    expect(second.cells).toBe(first.cells);
    expect(show(live, { ref, base, text: document(allow('s3:Get*')) }, second).cells).not.toBe(first.cells);
  });

  test('changed cells are those that are allowed and were not, or the other way round', () => {
    const shown = show(
      live,
      {
        ref: { ...ref, owner: 'group', ownerName: 'Clerks', kind: 'inline', name: 'List' } as DocumentRef,
        base,
        text: document(allow('s3:GetObject')),
      },
      undefined,
    );
    const change = (row: number, column: number) =>
      changeOf(shown.cells[row]?.[column] as Cell, live.saved[row]?.[column] as Cell);
    expect([change(0, 0), change(0, 1), change(0, 2), change(2, 0)]).toEqual(['lost', 'gained', undefined, undefined]);
    expect(countChanges(shown)).toEqual({ gained: 1, lost: 1 });
  });
});
