import { defineConfig } from 'vitest/config';

/**
 * Tests that drive the built client (dist/web) in a real browser against the real server. Two files at a time, each with a server and a
 * database of its own; the files of a worker share its browser and what has been loaded.
 */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/browser/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    maxWorkers: 2,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
  },
});
