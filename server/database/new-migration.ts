/** `npm run migrate:new -- <name>`: writes the migration that leads from the ones that stand to schema.prisma. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PgliteThread, pgliteAdapterFactory } from './pglite-adapter.ts';
import { openSchemaEngine, scriptToReach } from './schema-engine.ts';

const [name] = process.argv.slice(2);
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run migrate:new -- <name>   (lower-case letters, digits and _)');
  process.exit(2);
}
const datamodel = await readFile('prisma/schema.prisma', 'utf8');
const directory = 'prisma/migrations';

const thread = new PgliteThread({ dataDir: 'memory://' });
try {
  const engine = await openSchemaEngine(pgliteAdapterFactory(thread), datamodel);
  const script = await scriptToReach(engine, directory, datamodel);
  if (script.replace(/^--.*$/gm, '').trim() === '') {
    console.log('The migrations already lead to prisma/schema.prisma: nothing to write.');
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = join(directory, `${stamp}_${name}`);
    await mkdir(folder);
    await writeFile(join(folder, 'migration.sql'), script);
    console.log(`Wrote ${join(folder, 'migration.sql')}`);
  }
} finally {
  await thread.close();
}
