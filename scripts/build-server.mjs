// Bundles our own code of the server into dist/server, and of the command into dist/cli; packages stay in node_modules. The bundles
// lie two levels below the project's root, as the sources that ask for its files do, so both find prisma/, challenges/, dist/web and
// iam/generated/ by the same relative way.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';

async function bundle(outdir, entryPoints) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints,
    entryNames: '[name]',
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  });
}

await bundle('dist/server', [
  'server/main.ts',
  'server/migrate.ts',
  'server/database/new-migration.ts',
  'server/database/write-template.ts',
  'server/code/shell-child.ts',
]);
// A worker's file is loaded as it stands: see there.
await copyFile('server/database/pglite-worker.mjs', 'dist/server/pglite-worker.mjs');
// So are those of the processes that run learners' code.
for (const name of [
  'function-child.mjs',
  'function-guest.js',
  'function-package.mjs',
  'interpreter.mjs',
  'sdk-packages.mjs',
]) {
  await copyFile(`server/code/${name}`, `dist/server/${name}`);
}
await bundle('dist/cli', ['cli/main.ts']);
