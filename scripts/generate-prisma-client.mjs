// Prisma's CLI looks for a native schema engine before it generates a client, and downloads it where there is none.
// Generating needs no engine: any existing file satisfies the look-up, and nothing is fetched.
import { spawnSync } from 'node:child_process';

const result = spawnSync('npx', ['prisma', 'generate', '--no-hints'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
});
process.exit(result.status ?? 1);
