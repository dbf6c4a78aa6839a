/**
 * Mutation tests: how many small faults, put into the code one at a time, do the tests notice? `npm run mutate` asks
 * it of the reviewer gates and of the metric gates with their statistics, `npm run mutate -- FILE…` of any other source
 * of a pure package.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'in-process',
  // TypeScript 7 has no compiler API, by which Stryker would rewrite tsconfig.json for its copy; the tests need none.
  tsconfigFile: 'none.json',
  plugins: ['./test/mutation/in-process-runner.mjs'],
  mutate: [
    'packages/gates/src/review/*.ts',
    'packages/gates/src/rules/reviewers.ts',
    'packages/gates/src/rules/amendment.ts',
    'packages/gates/src/metrics/*.ts',
    'packages/gates/src/statistics/*.ts',
    'packages/gates/src/rules/metric.ts',
    'packages/gates/src/rules/evidence.ts',
    '!**/*.test.ts',
  ],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: '.cache/mutation-incremental.json',
  ignoreStatic: false,
  concurrency: 2,
  timeoutMS: 10_000,
  timeoutFactor: 2,
  ignorePatterns: ['.peers', '.cache', 'dist', '**/build', 'docs', 'examples', 'workflows-examples', 'actions'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: '.cache/mutation.json' },
  tempDirName: '.cache/mutation',
  cleanTempDir: 'always',
  thresholds: { high: 95, low: 90, break: 90 },
  allowConsoleColors: false,
};
