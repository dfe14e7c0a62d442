/**
 * Prisma's schema engine as WebAssembly: it writes and applies migrations over a driver adapter, so that neither needs the
 * native engine, which Prisma would download.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type * as EngineTypes from '@prisma/schema-engine-wasm';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The engine, over one adapter. */
export type SchemaEngine = EngineTypes.SchemaEngine;

const LOCK_FILE = 'migration_lock.toml';
const NO_FILTERS: EngineTypes.SchemaFilter = { externalTables: [], externalEnums: [] };

/** The part of WebAssembly that is used here: Node's own types leave it out. */
interface WebAssemblyApi {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

let instantiated: Promise<void> | undefined;

async function instantiate(): Promise<void> {
  // The package's own entry imports the .wasm file as a module, which Node does only behind a flag.
  const wasmFile = fileURLToPath(
    new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
  );
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), {
    './schema_engine_bg.js': engineModule,
  });
  engineModule.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
}

/** Loads the engine's code, which takes a second; later calls wait for the first. */
export function loadSchemaEngine(): Promise<void> {
  instantiated ??= instantiate();
  return instantiated;
}

/**
 * Opens the engine.
 * @param adapter reaches the database, and a shadow database where migrations are written
 * @param datamodel text of schema.prisma
 */
export async function openSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  datamodel: string,
): Promise<SchemaEngine> {
  await loadSchemaEngine();
  const { SchemaEngine } = engineModule as unknown as typeof EngineTypes;
  return SchemaEngine.new(
    { datamodels: [['schema.prisma', datamodel]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

/** The migrations under `directory` as the engine wants them, oldest first. */
export async function listMigrations(directory: string): Promise<EngineTypes.MigrationList> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(directory, name, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const hasLock = entries.some((entry) => entry.name === LOCK_FILE);
  return {
    baseDir: directory,
    lockfile: { path: LOCK_FILE, content: hasLock ? await readFile(join(directory, LOCK_FILE), 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

/** Applies what is not applied yet; answers the names. `_prisma_migrations` remembers them. */
export async function applyMigrations(engine: SchemaEngine, directory: string): Promise<readonly string[]> {
  const output = await engine.applyMigrations({
    migrationsList: await listMigrations(directory),
    filters: NO_FILTERS,
  });
  return output.appliedMigrationNames;
}

/** The SQL that leads from the migrations under `directory` to `datamodel`; the empty string where nothing differs. */
export async function scriptToReach(engine: SchemaEngine, directory: string, datamodel: string): Promise<string> {
  const { stdout } = await engine.diff({
    from: { tag: 'migrations', ...(await listMigrations(directory)) },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: datamodel }] },
    script: true,
    exitCode: true,
    filters: NO_FILTERS,
  });
  return stdout ?? '';
}
