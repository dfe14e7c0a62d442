import { expect, test } from 'vitest';
import { projectPath } from '../server/config/root.ts';
import { bundleEngine } from './engine-bundle.ts';

test('the engine of the page is at most 60 kB, gzipped, without the action catalogue', async () => {
  const { gzipped, modules } = await bundleEngine(projectPath('.'));
  // What the page decides, checks and explains with is in it, and no data.
  expect(modules).toEqual(
    expect.arrayContaining(['iam/decide.ts', 'iam/check/check.ts', 'iam/explain/explain.ts', 'iam/parse.ts']),
  );
  expect(modules.filter((module) => module.includes('generated/actions'))).toEqual([]);
  expect(gzipped).toBeLessThanOrEqual(60_000);
});
