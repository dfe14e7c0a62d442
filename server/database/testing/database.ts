/**
 * Databases for tests: real ones. PGlite's first start takes seconds, so a migrated data directory is kept as a template
 * under node_modules/.cache, by what it was made from, and every test database starts from it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { projectPath } from '../../config/root.ts';
import { type Database, openDatabase } from '../database.ts';
import { PgliteThread } from '../pglite-adapter.ts';

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
  return `database-${hash.digest('hex').slice(0, 16)}.tar`;
}

async function makeTemplate(file: string): Promise<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), 'leastwise-template-'));
  try {
    await (await openDatabase({ kind: 'embedded', directory }, silent)).close();
    const thread = new PgliteThread({ dataDir: join(directory, 'database') });
    const tar = await thread.dump();
    await thread.close();
    await mkdir(CACHE, { recursive: true });
    // Several test processes may come here at once: each writes its own, the last rename stays.
    const draft = `${file}.${randomUUID()}`;
    await writeFile(draft, tar);
    await rename(draft, file);
    return tar;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A data directory's tar with every migration applied. */
export async function databaseTemplate(): Promise<Uint8Array> {
  const file = join(CACHE, await templateName());
  try {
    return new Uint8Array(await readFile(file));
  } catch {
    return makeTemplate(file);
  }
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
