/**
 * Databases for tests: real ones. PGlite's first start takes seconds, so a migrated data directory is kept as a template
 * under node_modules/.cache, by what it was made from, and every test database starts from it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
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
    raw: database.raw,
    directory,
    close: async () => {
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A PostgreSQL for tests: `TEST_DATABASE_URL`, else the one of this machine. */
const POSTGRESQL = process.env['TEST_DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres';

async function onServer(statement: string): Promise<void> {
  const connection = new pg.Client({ connectionString: POSTGRESQL, connectionTimeoutMillis: 1_000 });
  await connection.connect();
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** Whether a PostgreSQL answers. */
export async function hasPostgresql(): Promise<boolean> {
  return onServer('SELECT 1').then(
    () => true,
    () => false,
  );
}

/** A database of the test's own on PostgreSQL, empty and without tables, and the function that drops it. */
export async function makePostgresql(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `leastwise_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(POSTGRESQL);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** An empty PostgreSQL database of the test's own with every migration applied; dropped by `close`. */
export async function openTestPostgresql(): Promise<Database> {
  const { url, drop } = await makePostgresql();
  const database = await openDatabase({ kind: 'postgresql', url }, silent);
  return {
    client: database.client,
    raw: database.raw,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}
