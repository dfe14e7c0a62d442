import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withServices } from './service-table.ts';

it('docs/services.md lists the services as they are', () => {
  const document = readFileSync(new URL('../../../docs/services.md', import.meta.url), 'utf8');
  expect(document, 'run npm run generate:docs').toBe(withServices(document));
});
