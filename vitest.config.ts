import { defineConfig } from 'vitest/config';

// Tests see the TypeScript sources of every package, so that no build stands between an edit and its test.
const resolve = { conditions: ['weighbridge-source'] };
const ssr = {
  resolve: {
    conditions: ['weighbridge-source', 'node', 'import', 'default'],
    externalConditions: ['weighbridge-source', 'node'],
  },
};
const project = (name: string, include: string[], testTimeout = 60_000) => ({
  resolve,
  ssr,
  test: { name, include, testTimeout, hookTimeout: 120_000, environment: 'node' as const },
});

export default defineConfig({
  resolve,
  ssr,
  test: {
    // Most tests wait for git and other programs: a core that is kept free would do nothing.
    maxWorkers: '100%',
    projects: [
      project('unit', ['packages/*/src/**/*.test.ts']),
      project('tidy', ['test/tidy/**/*.test.ts']),
      project('scenarios', ['test/scenarios/**/*.test.ts'], 120_000),
      project('bundles', ['test/bundles/**/*.test.ts'], 180_000),
      project('conformance', ['test/conformance/**/*.test.ts'], 180_000),
      project('peers', ['test/peers/**/*.test.ts'], 600_000),
    ],
  },
});
