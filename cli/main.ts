#!/usr/bin/env node
/** The command `leastwise`: docs/command.md. */
import { runCommand } from './command.ts';

// Whoever reads our output may have seen enough: `| head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await runCommand(process.argv.slice(2), {
  input: process.stdin,
  output: process.stdout,
  complain: (text) => process.stderr.write(`${text}\n`),
  now: Date.now,
});
