import { defineConfig } from 'vitest/config';

/** The files of a worker share what has been loaded: each has a database and a server of its own, and loading costs more than most of them. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'db/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.mjs'],
    exclude: ['node_modules/**', 'tests/browser/**'],
    globalSetup: ['tests/support/global-setup.ts'],
    maxWorkers: 2,
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
  },
});
