import { expect, test } from 'vitest';
import type { MadeUpId, Output } from './carried-service.ts';
import { noteIds } from './made-up-ids.ts';

function noted(places: readonly MadeUpId[], ours: Output, theirs: Output): Record<string, string> {
  const ids = new Map<string, string>();
  noteIds(ids, places, ours, theirs);
  return Object.fromEntries(ids);
}

test('an id is found by its place in both answers', () => {
  const places = [{ at: 'KeyMetadata.KeyId' }];
  expect(noted(places, { KeyMetadata: { KeyId: 'a' } }, { KeyMetadata: { KeyId: 'b' } })).toEqual({ a: 'b' });
});

test('of a text only the part that is made up', () => {
  const places = [{ at: 'ARN', part: /-(\w{6})$/ }];
  expect(noted(places, { ARN: 'secret:pay-AAAAAA' }, { ARN: 'secret:pay-BBBBBB' })).toEqual({ AAAAAA: 'BBBBBB' });
});

test('in lists item by item', () => {
  const places = [{ at: 'Deleted.*.DeleteMarkerVersionId' }];
  const list = (...ids: (string | undefined)[]) => ({
    Deleted: ids.map((id) => (id === undefined ? { Key: 'k' } : { Key: 'k', DeleteMarkerVersionId: id })),
  });
  expect(noted(places, list('a', undefined, 'c'), list('x', undefined, 'z'))).toEqual({ a: 'x', c: 'z' });
});

test('none where either has none, both have the same, or it is the null version', () => {
  const places = [{ at: 'VersionId' }];
  expect(noted(places, {}, { VersionId: 'b' })).toEqual({});
  expect(noted(places, { VersionId: 'a' }, {})).toEqual({});
  expect(noted(places, { VersionId: 'a' }, { VersionId: 'a' })).toEqual({});
  expect(noted(places, { VersionId: 'null' }, { VersionId: 'b' })).toEqual({});
});
