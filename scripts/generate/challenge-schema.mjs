// Writes challenges/schema/*.json from the schemas in grading/. Run by `npm run generate:schemas`; a test tells when it is due.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = join(root, 'challenges', 'schema');
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['grading/schema-files.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { schemaFiles } = await import(`data:text/javascript;base64,${code}`);

mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(schemaFiles())) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}
execFileSync('npx', ['biome', 'format', '--write', folder], { cwd: root, stdio: 'inherit' });
