import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type ServiceName, serviceFacts } from './service-model.ts';
import { sourceOf } from './testing/sdk-source.ts';

it.each(Object.keys(serviceFacts) as ServiceName[])('the table of %s is the SDK’s that is installed', (service) => {
  const written = readFileSync(new URL(`../generated/wire/${service}.ts`, import.meta.url), 'utf8');
  expect(written === sourceOf(service), 'run `npm run generate:wire`').toBe(true);
});
