import { defineConfig } from 'vitest/config';

/** The suites that need more than Node: real AWS clients, Terraform, a browser, PostgreSQL. `.ci/run` names them one by one. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/{conformance,browser,postgres,contract,crash}/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
