import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { schemaFiles } from './schema-files.ts';

it.each(Object.entries(schemaFiles()))(
  'challenges/schema/%s is up to date (npm run generate:schemas)',
  (name, schema) => {
    const file = readFileSync(new URL(`../challenges/schema/${name}`, import.meta.url), 'utf8');
    expect(JSON.parse(file)).toEqual(schema);
  },
);
