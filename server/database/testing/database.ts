/**
 * Databases for tests: real ones. PGlite's first start takes seconds, so a migrated data directory is kept as a template
 * under node_modules/.cache, by what it was made from, and every test database starts from it.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { projectPath } from '../../config/root.ts';
import { type Database, migrateEmbedded, openDatabase } from '../database.ts';
import { readTemplate, writeTemplate } from '../template.ts';

const CACHE = projectPath('node_modules/.cache/leastwise');
const silent = pino({ level: 'silent' });

async function templateName(): Promise<string> {
  const hash = createHash('sha256');
  const migrations = projectPath('prisma/migrations');
  for (const name of (await readdir(migrations)).sort()) {
    if (name.endsWith('.toml')) continue;
    hash.update(name).update(await readFile(join(migrations, name, 'migration.sql')));
  }
  hash.update(await readFile(projectPath('node_modules/@electric-sql/pglite/package.json')));
  return `database-${hash.digest('hex').slice(0, 16)}.tar.gz`;
}

/** A data directory's tar with every migration applied. */
export async function databaseTemplate(): Promise<Uint8Array> {
  const file = join(CACHE, await templateName());
  const kept = await readTemplate(file);
  if (kept !== undefined) return kept;
  await writeTemplate(file, (thread) => migrateEmbedded(thread, silent));
  return (await readTemplate(file)) ?? databaseTemplate();
}

/** An empty database of the test's own; `directory` is its data directory, removed by `close`. */
export async function openTestDatabase(): Promise<Database & { readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'leastwise-test-'));
  const database = await openDatabase({ kind: 'embedded', directory, template: await databaseTemplate() }, silent);
  return {
    client: database.client,
    directory,
    close: async () => {
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
