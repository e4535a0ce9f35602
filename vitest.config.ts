import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['functions/**/*.test.ts', 'dev/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/lib/**'],
    globalSetup: ['dev/test-setup.ts'],
    pool: 'forks',
    // Files wait for databases and mails as much as they compute: two at once even on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Structured log lines of passing tests are noise.
    silent: 'passed-only',
    // CI machines are shared: what fails there twice is broken, once may be a neighbour.
    retry: process.env['CI'] ? 1 : 0,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
