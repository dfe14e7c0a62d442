import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { playRow } from './play.ts';
import type { PathRow } from './row.ts';

const folder = new URL('rows/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
const read = await Promise.all(
  files.map(async (name) => {
    const { row } = (await import(new URL(name, folder).href)) as { row: PathRow };
    expect(`${row.row}.ts`).toBe(name);
    return row;
  }),
);

test.each(read.map((row) => [row.row, row.title, row] as const))('%s: %s', async (_number, _title, row) => {
  expect.hasAssertions();
  await playRow(row);
});
