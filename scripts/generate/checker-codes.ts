// Writes the table of findings in docs/checker.md. Run by `npm run generate:docs`; a test tells when it is due.
import { readFileSync, writeFileSync } from 'node:fs';
import { withTable } from '../../iam/check/testing/code-table.ts';

const file = new URL('../../docs/checker.md', import.meta.url);
writeFileSync(file, withTable(readFileSync(file, 'utf8')));
