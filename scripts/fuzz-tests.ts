// Runs every test that draws by one seed after another: npm run fuzz:tests [seeds] [first seed] [paths…]. Twenty seeds without
// arguments, and all tests without paths.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createVitest } from 'vitest/node';

const [wanted = '20', from = String(Date.now() % 1_000_000_000), ...paths] = process.argv.slice(2);
const seeds = Number(wanted);
const first = Number(from);
if (!Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(first)) {
  console.error('usage: npm run fuzz:tests -- [seeds] [first seed] [paths...]');
  process.exit(2);
}

async function testsThatDraw(): Promise<readonly string[]> {
  const vitest = await createVitest('test', { watch: false });
  const files = (await vitest.globTestSpecifications(paths)).map(({ moduleId }) => moduleId);
  await vitest.close();
  return files.filter((file) => readFileSync(file, 'utf8').includes("from 'fast-check'"));
}

const files = await testsThatDraw();
const failed: number[] = [];
for (let seed = first; seed < first + seeds; seed++) {
  console.log(`seed ${seed}, ${files.length} files`);
  const { status } = spawnSync('npx', ['vitest', 'run', ...files], {
    stdio: 'inherit',
    env: { ...process.env, LEASTWISE_SEED: String(seed) },
  });
  if (status === 0) continue;
  failed.push(seed);
  console.error(`again by: LEASTWISE_SEED=${seed} npx vitest run, and the file`);
}
console.log(`${seeds - failed.length} of ${seeds} seeds passed${failed.map((seed) => `, ${seed} failed`).join('')}`);
process.exit(failed.length === 0 ? 0 : 1);
