/**
 * One process to a data directory: PGlite does not notice a second one, and two would destroy it. The lock is a socket that
 * its holder listens on, so that the system itself lets go of it when the holder is killed; no process id, which another
 * process may have by now, in a container always.
 */
import { createHash } from 'node:crypto';
import { realpath, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that a socket's path may have on every system. */
const LONGEST_PATH = 100;

/**
 * Takes the lock.
 * @returns the function that lets go of it
 * @throws Error, in words for people, where another process has it
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const [inside, outside] = socketPaths(await realpath(directory));
  // Some mounted file systems take no sockets: the lock of such a directory holds on this machine alone.
  return lockSocket(directory, inside).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
    return lockSocket(directory, outside);
  });
}

async function lockSocket(directory: string, path: string): Promise<() => Promise<void>> {
  for (let tries = 1; ; tries += 1) {
    const server = await listen(path);
    if (server !== undefined) return () => close(server);
    if (await isAnswered(path)) {
      throw new Error(`Another process works on ${directory}: stop it, or set DATA_DIR to a directory of its own.`);
    }
    if (tries === 3) throw new Error(`The lock of ${directory} cannot be taken: remove ${path}.`);
    // Its holder was killed: the file stays, and nobody listens.
    await unlink(path).catch(() => undefined);
  }
}

function socketPaths(directory: string): readonly [inside: string, outside: string] {
  const name = shortName(directory);
  if (process.platform === 'win32') return [`\\\\.\\pipe\\leastwise-${name}`, `\\\\.\\pipe\\leastwise-${name}`];
  const inside = join(directory, 'lock');
  const outside = join(tmpdir(), `leastwise-${name}.lock`);
  return [Buffer.byteLength(inside) <= LONGEST_PATH ? inside : outside, outside];
}

function shortName(directory: string): string {
  return createHash('sha256').update(directory).digest('hex').slice(0, 16);
}

/** Undefined: the file is there already. */
function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(path, () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
