/**
 * The page's `aws` against AWS CLI v2: the same commands in two fresh sandboxes, the same bytes on standard output and the
 * same exit code. Every difference is either a failure or stands, with its reason, in known-differences.yaml.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { profileOf, type RunningPlatform, startPlatform, Visitor } from '../../platform.ts';
import { type Comparison, compare, readCases, readKnownDifferences, type Side } from './parity.ts';

const SHARE = 0.95;
const program = process.env['AWS_CLI_V2'] ?? '/usr/bin/aws';
const file = await readCases();
const known = await readKnownDifferences();

let platform: RunningPlatform | undefined;
let comparisons: readonly Comparison[] = [];

/**
 * Two sandboxes of a platform started for this; of one that runs (`CLI_PARITY_PLATFORM`, its URL); or two endpoints of any
 * kind that ask no one's keys (`CLI_PARITY_ENDPOINTS`).
 */
async function sides(): Promise<readonly [Side, Side]> {
  const given = process.env['CLI_PARITY_ENDPOINTS']?.split(' ');
  if (given?.[0] !== undefined && given[1] !== undefined) {
    const keys = {
      accountId: '123456789012',
      region: 'us-east-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'secret',
    };
    return [
      { ...keys, endpoint: given[0] },
      { ...keys, endpoint: given[1] },
    ];
  }
  const running = process.env['CLI_PARITY_PLATFORM'];
  if (running === undefined) platform = await startPlatform();
  const url = running ?? platform?.url ?? '';
  const open = async (): Promise<Side> => {
    const { sandbox } = await new Visitor(url).open('foundations/playground');
    return { ...sandbox, ...profileOf(sandbox, 'admin') };
  };
  return [await open(), await open()];
}

function report(): string {
  const lines: string[] = [];
  for (const { command, real, ours, isSame } of comparisons) {
    if (isSame && (real.stderr === ours.stderr || process.env['CLI_PARITY_STDERR'] === undefined)) continue;
    lines.push(
      `--- aws ${command}${known.has(command) ? `\n    known: ${known.get(command)}` : ''}`,
      `real (${real.exitCode}): ${real.stdout}${real.stderr}`,
      `ours (${ours.exitCode}): ${ours.stdout}${ours.stderr}`,
    );
  }
  const same = comparisons.filter((comparison) => comparison.isSame).length;
  const excused = comparisons.filter(({ command, isSame }) => !isSame && known.has(command)).length;
  const failed = comparisons.length - same - excused;
  const stderrSame = comparisons.filter(({ real, ours }) => real.stderr === ours.stderr).length;
  const share = (count: number) => `${((100 * count) / Math.max(comparisons.length, 1)).toFixed(1)} %`;
  lines.push(
    `the same output and exit code: ${same} of ${comparisons.length} (${share(same)}); the same standard error: ${share(stderrSame)}`,
    `${same} passed, ${failed} failed, ${excused} skipped`,
  );
  return lines.join('\n');
}

beforeAll(async () => {
  const [a, b] = await sides();
  comparisons = await compare(program, a, b, file);
}, 600_000);

afterAll(async () => {
  console.log(report());
  await platform?.stop();
});

describe('aws', () => {
  test.each(file.cases.map((entry, i) => ({ name: entry.run, i })))('$name', ({ name, i }) => {
    const comparison = comparisons[i];
    if (comparison?.isSame === false && known.has(name)) return;
    expect(comparison?.ours.stdout).toBe(comparison?.real.stdout);
    expect(comparison?.ours.exitCode).toBe(comparison?.real.exitCode);
  });

  test(`agrees with AWS CLI v2 for at least ${SHARE * 100} % of ${file.cases.length} commands`, () => {
    const same = comparisons.filter((comparison) => comparison.isSame).length;
    expect(same / file.cases.length).toBeGreaterThanOrEqual(SHARE);
  });
});
