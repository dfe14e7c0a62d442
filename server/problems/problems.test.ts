import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { projectPath } from '../config/root.ts';
import { problemTable } from './problems.ts';

test('docs/api.md lists every code with its status, and no other', async () => {
  const text = await readFile(projectPath('docs/api.md'), 'utf8');
  const documented = [...text.matchAll(/^\| `([a-z_]+)` +\| (\d{3}) +\|$/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(documented).toEqual(problemTable().map(({ code, status }) => [code, status]));
});
