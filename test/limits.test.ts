import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { limits } from '../cloud/limits.ts';
import { withLimits } from '../scripts/generate/limits-table.ts';

const document = readFileSync(new URL('../docs/limits.md', import.meta.url), 'utf8');

it('docs/limits.md has the limits as they are', () => {
  expect(document, 'npm run generate:docs is due').toBe(withLimits(document));
});

it('each has a reason', () => {
  const rows = document.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.length).toBeGreaterThan(Object.keys(limits).length * 2);
  for (const row of rows) expect(row.split(' | ').at(-1)?.replace(/ +\|$/, '').length, row).toBeGreaterThan(5);
});
