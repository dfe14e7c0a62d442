/**
 * A data directory with every migration applied, as a compressed tar: PGlite's own way to a new one takes seconds, so the
 * build makes this one, and a first start begins with it.
 */
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { projectPath } from '../config/root.ts';
import { PgliteThread } from './pglite-adapter.ts';

/** Where the build puts it. */
export const TEMPLATE_FILE = projectPath('dist/data/database.tar.gz');

/** Reads a template; undefined where there is none. */
export async function readTemplate(file: string): Promise<Uint8Array | undefined> {
  try {
    return await promisify(gunzip)(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes a template out of nothing and writes it.
 * @param migrate brings the schema of a fresh database up to date
 */
export async function writeTemplate(file: string, migrate: (thread: PgliteThread) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'leastwise-template-'));
  try {
    const thread = new PgliteThread({ dataDir: join(directory, 'database') });
    await thread.ready();
    await migrate(thread);
    const tar = await thread.dump();
    await thread.close();
    await mkdir(dirname(file), { recursive: true });
    // Several processes may come here at once: each writes its own, and the last rename stays.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, await promisify(gzip)(tar, { level: constants.Z_BEST_SPEED }));
    await rename(draft, file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
