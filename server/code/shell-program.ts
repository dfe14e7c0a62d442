/** The program of the processes that run scripts: TypeScript that is bundled, because it has the `aws` command in it. */
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A program, and how it is let go when nothing runs it any more. */
export interface ShellProgram {
  readonly script: URL;
  discard(): void;
}

/** As the build has put it beside the server; where the server runs from its sources, made of them here. */
export async function shellProgram(): Promise<ShellProgram> {
  const built = new URL('./shell-child.js', import.meta.url);
  return existsSync(built) ? { script: built, discard: () => undefined } : bundled();
}

async function bundled(): Promise<ShellProgram> {
  const { build } = await import('esbuild');
  const directory = await mkdtemp(join(tmpdir(), 'leastwise-shell-'));
  // Packages stay where they are, as in the build.
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(directory, 'node_modules'));
  await build({
    entryPoints: [fileURLToPath(new URL('./shell-child.ts', import.meta.url))],
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return {
    script: pathToFileURL(join(directory, 'shell-child.mjs')),
    discard: () => rmSync(directory, { recursive: true, force: true }),
  };
}
