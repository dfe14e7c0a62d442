// Bundles our own code of the server into dist/server; packages stay in node_modules. The bundles lie two levels below the
// project's root, as the sources do, so both find prisma/, challenges/ and dist/web by the same relative way.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const outdir = 'dist/server';

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
await build({
  entryPoints: [
    'server/main.ts',
    'server/migrate.ts',
    'server/database/new-migration.ts',
    'server/database/write-template.ts',
  ],
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
// A worker's file is loaded as it stands: see there.
await copyFile('server/database/pglite-worker.mjs', `${outdir}/pglite-worker.mjs`);
