// Writes the limits in docs/limits.md. Run by `npm run generate:docs`; a test tells when it is due.
import { readFileSync, writeFileSync } from 'node:fs';
import { withLimits } from './limits-table.ts';

const file = new URL('../../docs/limits.md', import.meta.url);
writeFileSync(file, withLimits(readFileSync(file, 'utf8')));
