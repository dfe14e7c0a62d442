// Writes cloud/generated/wire/*.ts, the wire formats of every service's operations, out of the AWS SDK's clients. Run by
// `npm run generate:wire`; a test tells when it is due.
import { mkdirSync, writeFileSync } from 'node:fs';
import { type ServiceName, serviceFacts } from '../../cloud/wire/service-model.ts';
import { sourceOf } from '../../cloud/wire/testing/sdk-source.ts';

const folder = new URL('../../cloud/generated/wire/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const name of Object.keys(serviceFacts) as ServiceName[]) {
  const source = sourceOf(name);
  writeFileSync(new URL(`${name}.ts`, folder), source);
  console.log(`${name}: ${source.length} bytes`);
}
