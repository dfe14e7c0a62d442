/**
 * The database: PGlite in a thread of its own by default, PostgreSQL with `databaseUrl`. The same schema, the same
 * migrations, applied before anyone gets the client.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type { Logger } from 'pino';
import { projectPath } from '../config/root.ts';
import { lockDirectory } from './directory-lock.ts';
import { PrismaClient } from './generated/client.ts';
import { PgliteThread, pgliteAdapterFactory } from './pglite-adapter.ts';
import { type RawSql, rawSql } from './raw-sql.ts';
import { applyMigrations, listMigrations, loadSchemaEngine, openSchemaEngine } from './schema-engine.ts';
import { readTemplate, TEMPLATE_FILE } from './template.ts';

/** An open database. */
export interface Database {
  readonly client: PrismaClient;
  readonly raw: RawSql;
  close(): Promise<void>;
}

/** Which database: an address, or a directory; `template` is a data directory's tar that a new one starts from. */
export type DatabaseLocation =
  | { readonly kind: 'postgresql'; readonly url: string }
  | { readonly kind: 'embedded'; readonly directory: string; readonly template?: Uint8Array };

const MIGRATIONS = projectPath('prisma/migrations');
const SCHEMA = projectPath('prisma/schema.prisma');
/** The advisory lock under which one process migrates while the others wait: "leastwise" in a number of our own. */
const MIGRATION_LOCK = 1_279_611_987;

/** Milliseconds that a database has to answer. */
const PROBE_TIMEOUT = 10_000;

/** Whether every migration has been applied as it stands: spares most starts the schema engine. */
async function isMigrated(client: PrismaClient): Promise<boolean> {
  const [table] = await client.$queryRaw<{ present: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present`;
  if (table?.present !== true) return false;
  const applied = await client.$queryRaw<{ migration_name: string; checksum: string }[]>`
    SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const checksums = new Map(applied.map((row) => [row.migration_name, row.checksum]));
  const { migrationDirectories } = await listMigrations(MIGRATIONS);
  return (
    migrationDirectories.length === checksums.size &&
    migrationDirectories.every(({ path, migrationFile: { content } }) => {
      const script = content.tag === 'ok' ? content.value : '';
      return checksums.get(path) === createHash('sha256').update(script).digest('hex');
    })
  );
}

async function migrate(adapter: SqlMigrationAwareDriverAdapterFactory, log: Logger): Promise<void> {
  // The engine leaves its connections open, and PostgreSQL keeps the engine's own lock as long as they are.
  const opened: SqlDriverAdapter[] = [];
  const connect = async () => {
    const connection = await adapter.connect();
    opened.push(connection);
    return connection;
  };
  try {
    const engine = await openSchemaEngine(
      { ...adapter, connect, connectToShadowDb: () => adapter.connectToShadowDb() },
      await readFile(SCHEMA, 'utf8'),
    );
    const names = await applyMigrations(engine, MIGRATIONS);
    for (const migration of names) log.info({ migration }, 'Migration applied');
  } finally {
    await Promise.all(opened.map((connection) => connection.dispose()));
  }
}

/** Brings the schema of an embedded database up to date. */
export async function migrateEmbedded(thread: PgliteThread, log: Logger): Promise<void> {
  const adapter = pgliteAdapterFactory(thread);
  const client = new PrismaClient({ adapter });
  try {
    if (!(await isMigrated(client))) await migrate(adapter, log);
  } finally {
    await client.$disconnect();
  }
}

async function openEmbedded(directory: string, template: Uint8Array | undefined, log: Logger): Promise<Database> {
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The data directory ${directory} cannot be made (${error.code}): set DATA_DIR to another.`);
  });
  const release = await lockDirectory(directory);
  try {
    const dataDir = join(directory, 'database');
    if (!existsSync(dataDir)) await makeDataDirectory(dataDir, template, log);
    const thread = new PgliteThread({ dataDir });
    await thread.ready();
    await migrateEmbedded(thread, log);
    const adapter = pgliteAdapterFactory(thread);
    const client = new PrismaClient({ adapter });
    const close = async () => {
      await client.$disconnect();
      await thread.close();
      await release();
    };
    return { client, raw: rawSql(await adapter.connect()), close };
  } catch (error) {
    await release();
    throw error;
  }
}

/** A new data directory appears whole or not at all: a first start that is killed leaves a draft, which the next one removes. */
async function makeDataDirectory(dataDir: string, given: Uint8Array | undefined, log: Logger): Promise<void> {
  const draft = `${dataDir}.new`;
  await rm(draft, { recursive: true, force: true });
  const template = given ?? (await readTemplate(TEMPLATE_FILE));
  // Without a template PGlite takes seconds on its thread: this one gets ready for the migrations meanwhile.
  if (template === undefined) loadSchemaEngine().catch(() => undefined);
  const thread = new PgliteThread({ dataDir: draft, ...(template === undefined ? {} : { template }) });
  try {
    await thread.ready();
    await migrateEmbedded(thread, log);
  } finally {
    await thread.close();
  }
  await rename(draft, dataDir);
}

async function openPostgresql(url: string, log: Logger): Promise<Database> {
  await probe(url);
  const adapter = new PrismaPg(
    { connectionString: url, connectionTimeoutMillis: PROBE_TIMEOUT, keepAlive: true },
    { onPoolError: (error) => log.warn({ err: error }, 'A connection to the database was lost') },
  );
  const client = new PrismaClient({ adapter });
  const raw = rawSql(await adapter.connect());
  const close = async () => {
    await Promise.all([client.$disconnect(), raw.close()]);
  };
  try {
    if (!(await isMigrated(client)))
      await underMigrationLock(url, async () => {
        // Another process may have done it while this one waited.
        if (!(await isMigrated(client))) await migrate(adapter, log);
      });
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return { client, raw, close };
}

/** Says in words for people why a database cannot be reached; its password is not among them. */
async function probe(url: string): Promise<void> {
  const connection = new pg.Client({ connectionString: url, connectionTimeoutMillis: PROBE_TIMEOUT });
  try {
    await connection.connect();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const { host, pathname } = new URL(url);
    const reason = message === '' ? code : message;
    throw new Error(`The database ${pathname.slice(1)} at ${host} cannot be reached: ${reason}. Check DATABASE_URL.`);
  } finally {
    await connection.end().catch(() => undefined);
  }
}

/** A session lock of a connection of its own: it is let go of by the server even where this process is killed. */
async function underMigrationLock(url: string, work: () => Promise<void>): Promise<void> {
  const connection = new pg.Client({ connectionString: url });
  await connection.connect();
  try {
    await connection.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await work();
  } finally {
    await connection.end();
  }
}

/**
 * Opens the database and brings its schema up to date.
 * @throws what the driver throws where it cannot be reached, and the schema engine's error where a migration fails
 */
export function openDatabase(location: DatabaseLocation, log: Logger): Promise<Database> {
  return location.kind === 'postgresql'
    ? openPostgresql(location.url, log)
    : openEmbedded(location.directory, location.template, log);
}
