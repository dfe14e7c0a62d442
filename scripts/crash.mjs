// npm run crash -- 100: kills the server, its database, both, LocalStack, and it and the server, that often each, and says how long it took them to be back.
import { spawnSync } from 'node:child_process';

const rounds = process.argv[2] ?? '3';
if (!/^[1-9]\d{0,3}$/.test(rounds)) {
  console.error(`crash takes a number of kills up to 9999, not ${rounds}`);
  process.exit(2);
}
const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'test/slow.config.ts', 'test/crash'], {
  stdio: 'inherit',
  env: { ...process.env, CRASH_ROUNDS: rounds },
});
process.exit(status ?? 1);
