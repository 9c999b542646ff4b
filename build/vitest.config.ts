import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: [
      'store-server/**/*.test.ts',
      'main/**/*.test.ts',
      'cloud-relay/**/*.test.ts',
      'test/**/*.test.ts',
      'build/**/*.test.ts',
      // A walk through everything there is takes minutes: it belongs to `npm run proof:ci`.
      ...(process.env['FYNLO_TIER'] === 'long' ? ['test/**/*.walk.ts'] : []),
    ],
    // Electron's own program is not needed for any test here.
    alias: { electron: fileURLToPath(new URL('../test/stubs/electron.ts', import.meta.url)) },
    // Proofs take minutes and some need root: `npm run proof:ci` runs them.
    exclude: ['**/node_modules/**', 'test/proof/**'],
    globalSetup: [
      fileURLToPath(new URL('./vitest/postgres.ts', import.meta.url)),
      fileURLToPath(new URL('./vitest/chromium.ts', import.meta.url)),
    ],
    // Generous, for a machine that is busy with something else: a test that hangs still ends.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // One more than the two cores that these have to do with: most of them wait for a browser, a disk or a clock.
    maxWorkers: 3,
    // A machine of somebody else's may stand still for a second; who needed a second try is named at the end of the run.
    retry: process.env['CI'] ? 1 : 0,
    reporters: ['default', fileURLToPath(new URL('./vitest/summary-reporter.ts', import.meta.url))],
    coverage: {
      provider: 'v8',
      include: ['store-server/**/*.ts', 'main/**/*.ts', 'cloud-relay/**/*.ts'],
      // Table definitions and the demo's data have no branches to get wrong.
      exclude: ['**/*.test.ts', '**/*.fixture.ts', 'store-server/demo/**', 'store-server/**/*.schema.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      reportsDirectory: fileURLToPath(new URL('../coverage', import.meta.url)),
      thresholds: { lines: 90, branches: 85 },
    },
  },
});
