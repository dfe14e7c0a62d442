// Writes the services and their operations in docs/services.md. Run by `npm run generate:docs`; a test tells when it is due.
import { readFileSync, writeFileSync } from 'node:fs';
import { withServices } from '../../cloud/services/testing/service-table.ts';

const file = new URL('../../docs/services.md', import.meta.url);
writeFileSync(file, withServices(readFileSync(file, 'utf8')));
