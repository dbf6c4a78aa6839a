import { defineConfig } from 'vitest/config';

// One project: the mutation runner knows which test covers which line, and does not tell projects apart.
const resolve = { conditions: ['weighbridge-source'] };

/** Packages whose sources are changed; their own unit tests are what has to notice. */
const packages = (process.env['MUTATED_PACKAGES'] ?? 'gates').split(',');

export default defineConfig({
  resolve,
  ssr: {
    resolve: {
      conditions: ['weighbridge-source', 'node', 'import', 'default'],
      externalConditions: ['weighbridge-source', 'node'],
    },
  },
  test: {
    include: packages.map((name) => `packages/${name}/src/**/*.test.ts`),
    testTimeout: 30_000,
    environment: 'node',
    // Each fault runs the tests once more: a fresh worker for each file would be most of the time.
    isolate: false,
  },
});
