/**
 * The policy engine as the product runs it: in one bundle, as the server's and the command's build has it. Separate modules cost calls
 * between them that a bundle does not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'leastwise-engine-'));
const outfile = join(folder, 'engine.mjs');
await build({
  entryPoints: [fileURLToPath(new URL('../../iam/index.ts', import.meta.url))],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
});
const engine: typeof import('../../iam/index.ts') = await import(pathToFileURL(outfile).href);
rmSync(folder, { recursive: true });

export const {
  callerOf,
  checkPolicy,
  decide,
  explain,
  parseManagedPolicy,
  parsePolicy,
  policiesIn,
  readAccountDetails,
  SERVICES,
} = engine;
