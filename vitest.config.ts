import { defineConfig } from 'vitest/config';

/** The suites that need nothing but Node. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: [
      'node_modules/**',
      'dist/**',
      // They need more than Node: test/slow.config.ts runs them.
      'test/{conformance,browser,postgres,crash}/**',
      'test/contract/{contract,challenges,loss}.test.ts',
    ],
    setupFiles: ['test/draw-by-seed.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
