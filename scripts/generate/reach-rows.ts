// Writes the table of rows in docs/reach.md. Run by `npm run generate:docs`; a test tells when it is due.
import { readFileSync, writeFileSync } from 'node:fs';
import { withRows } from '../../iam/reach/testing/row-table.ts';

const file = new URL('../../docs/reach.md', import.meta.url);
writeFileSync(file, withRows(readFileSync(file, 'utf8')));
