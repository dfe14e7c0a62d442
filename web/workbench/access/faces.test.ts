import { expect, test } from 'vitest';
import type { DocumentRef } from '../editor/documents.ts';
import { readEdit } from './edit.ts';
import { faceOf } from './faces.ts';
import { LiveMatrix } from './live-matrix.ts';
import { allow, document, matrix } from './testing/matrix.ts';

const live = new LiveMatrix(matrix);
const ref: DocumentRef = { kind: 'inline', owner: 'group', ownerName: 'Clerks', name: 'List' };

function facesWith(text: string) {
  const read = readEdit(ref, text);
  const cells = read.kind === 'edit' ? live.with(read.edit) : expect.fail(read.kind);
  return cells.map((row, r) => row.map((cell, c) => faceOf(cell, live.saved[r]?.[c] ?? cell)));
}

test('a cell wears its verdict, and a frame where what is typed changes it', () => {
  expect(facesWith(document(allow('s3:GetObject')))[0]).toEqual([
    { look: 'lost', label: 'not allowed, allowed as saved' },
    { look: 'gained', label: 'allowed, not allowed as saved' },
    { look: 'unread', label: 'not known: your keys may not read what decides it' },
  ]);
  const [denied] = facesWith(document({ ...allow('s3:ListBucket'), Effect: 'Deny' }))[0] ?? [];
  expect(denied).toEqual({ look: 'lost', label: 'explicitly denied, allowed as saved' });
});

test('cells that look the same wear the same face', () => {
  const [first, second] = [facesWith(document(allow('s3:*'))), facesWith(document(allow('s3:Get*')))];
  expect(first[0]?.[1]).toBe(second[0]?.[1]);
  expect(first[2]?.[0]).toBe(second[2]?.[1]);
});
