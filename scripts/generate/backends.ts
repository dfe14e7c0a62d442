// Writes the matrix in docs/backends.md: who answers what with LocalStack. Run by `npm run generate:docs`; a test tells when it is due.
import { readFileSync, writeFileSync } from 'node:fs';
import { withMatrix } from '../../test/contract/matrix.ts';

const file = new URL('../../docs/backends.md', import.meta.url);
writeFileSync(file, withMatrix(readFileSync(file, 'utf8')));
