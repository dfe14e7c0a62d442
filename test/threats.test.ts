import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const text = await readFile('docs/threats.md', 'utf8');
const named = [...text.matchAll(/`([^`]+\.test\.ts)`: “([^”]+)”/g)].map(([, file = '', name = '']) => ({ file, name }));

test('docs/threats.md names a test in every row', () => {
  const rows = text.split('\n').filter((line) => /^\| (?!threat |---)/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) expect(row, row).toMatch(/`[^`]+\.test\.ts`: “[^”]+” *(; `[^`]+\.test\.ts`: “[^”]+” *)*\|$/);
});

test.each(named)('$file has the test “$name”', async ({ file, name }) => {
  expect(await readFile(file, 'utf8')).toContain(`'${name}'`);
});
