// A test runner for StrykerJS that bundles the tests of a package once and then runs them in its own process: a fault
// is switched on by a variable, so that trying it costs the time of the tests and nothing else. Only a fault in what is
// evaluated on loading (a table, a pattern) needs the bundle evaluated anew.
//
// It knows as much of vitest as the tests of pure packages use: collect.mjs.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import fc from 'fast-check';
import { build } from 'vite';

const collect = join(dirname(fileURLToPath(import.meta.url)), 'collect.mjs');

// A property tries so many cases as it has time for. That a fault is missed for it counts against the tests, never for
// them, and each property would otherwise take a second for each of many faults.
fc.configureGlobal({ interruptAfterTimeLimit: 150 });

class InProcessRunner {
  static inject = [];
  /** What the changed sources read: which fault is on. */
  #faults = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  #tests = [];
  #folder = join(process.cwd(), `.mutation-bundle-${process.pid}`);
  #loads = 0;
  /** How long each test took when it last ran: quick ones go first, as the first that fails ends a run. */
  #timesMs = new Map();
  /** Whether the tests are not loaded, or were with a fault. Only one of the processes makes the first run. */
  #stale = true;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    mkdirSync(this.#folder, { recursive: true });
    await bundleTests(this.#folder);
  }

  async dryRun() {
    this.#faults.activeMutant = undefined;
    this.#faults.mutantCoverage = { static: {}, perTest: {} };
    await this.#load();
    this.#stale = false;
    const tests = await this.#run(this.#tests, { bail: false });
    return { status: 'complete', tests, mutantCoverage: this.#faults.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }) {
    const onLoading = mutantActivation === 'static';
    const fault = { id: activeMutant.id, testFilter, hitLimit };
    this.#faults.activeMutant = onLoading ? fault.id : undefined;
    this.#faults.hitCount = 0;
    this.#faults.hitLimit = hitLimit;
    if (this.#stale || onLoading) {
      const failure = await this.#load().then(
        () => null,
        (error) => error,
      );
      this.#stale = onLoading;
      if (failure !== null)
        return { status: 'killed', killedBy: ['load'], failureMessage: String(failure), nrOfTests: 0 };
    }
    const result = await this.#try(fault);
    if (result.status !== 'killed' || onLoading || (await this.#passes(result.killedBy))) return result;
    // Something that an earlier fault left behind fails the test: what tests say that are loaded anew is what counts.
    await this.#load();
    this.#stale = true;
    return this.#try(fault);
  }

  async #try({ id, testFilter, hitLimit }) {
    this.#faults.activeMutant = id;
    this.#faults.hitCount = 0;
    const chosen = testFilter === undefined ? null : new Set(testFilter);
    const tests = this.#tests.filter((test) => chosen === null || chosen.has(test.id));
    tests.sort((left, right) => this.#timeOf(left) - this.#timeOf(right));
    const results = await this.#run(tests, { bail: true });
    const failed = results.filter(({ status }) => status === 1);
    const passed = this.#faults.hitCount;
    this.#faults.activeMutant = undefined;
    this.#faults.hitCount = undefined;
    if (passed > hitLimit) return { status: 'timeout', reason: `The fault was passed more than ${hitLimit} times` };
    if (failed.length === 0) return { status: 'survived', nrOfTests: results.length };
    const [{ failureMessage }] = failed;
    return { status: 'killed', killedBy: failed.map((one) => one.id), failureMessage, nrOfTests: results.length };
  }

  /** Rounded, so that tests that take no time stay in their order. */
  #timeOf({ id }) {
    return Math.round(this.#timesMs.get(id) ?? 0);
  }

  /** Whether tests pass without any fault. */
  async #passes(ids) {
    const results = await this.#run(
      this.#tests.filter((test) => ids.includes(test.id)),
      { bail: true },
    );
    return results.every(({ status }) => status === 0);
  }

  async dispose() {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #load() {
    this.#loads += 1;
    const url = pathToFileURL(join(this.#folder, 'tests.mjs'));
    url.search = `load=${this.#loads}`;
    const { collected } = await import(url.href);
    const seen = new Map();
    this.#tests = collected.map((test) => {
      const name = `${test.file}#${test.name}`;
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return { ...test, id: count === 1 ? name : `${name} (${count})` };
    });
  }

  /** What Stryker calls a result of each test that was run: status 0 for success, 1 for failure. */
  async #run(tests, { bail }) {
    const begun = new Set();
    const results = [];
    for (const test of tests) {
      const startedMs = performance.now();
      this.#faults.currentTestId = test.id;
      const failure = await runTest(test, begun).then(
        () => null,
        (error) => error,
      );
      this.#faults.currentTestId = undefined;
      const timeSpentMs = performance.now() - startedMs;
      this.#timesMs.set(test.id, timeSpentMs);
      const base = { id: test.id, name: test.name, fileName: test.file, timeSpentMs };
      if (failure === null) results.push({ ...base, status: 0 });
      else results.push({ ...base, status: 1, failureMessage: String(failure?.message ?? failure) });
      if (failure !== null && bail) break;
    }
    for (const suite of [...begun].reverse()) for (const hook of suite.afterAll) await hook();
    return results;
  }
}

async function runTest({ body, suites }, begun) {
  for (const suite of suites) {
    if (begun.has(suite)) continue;
    begun.add(suite);
    for (const hook of suite.beforeAll) await hook();
  }
  for (const suite of suites) for (const hook of suite.beforeEach) await hook();
  try {
    await body();
  } finally {
    for (const suite of [...suites].reverse()) for (const hook of suite.afterEach) await hook();
  }
}

/** One file of all tests and the sources that they use; what is installed stays outside. */
async function bundleTests(folder) {
  const root = process.cwd();
  const packages = (process.env['MUTATED_PACKAGES'] ?? 'gates').split(',');
  const files = packages.flatMap((name) => {
    const found = readdirSync(join(root, 'packages', name, 'src'), { recursive: true });
    return found.filter((path) => path.endsWith('.test.ts')).map((path) => join('packages', name, 'src', path));
  });
  files.sort();
  const entry = '\0tests';
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['weighbridge-source'] },
    ssr: {
      noExternal: [/^@weighbridge\//],
      resolve: { conditions: ['weighbridge-source', 'node', 'import', 'default'] },
    },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { input: { tests: entry }, output: { entryFileNames: '[name].mjs', codeSplitting: false } },
    },
    plugins: [
      {
        name: 'collected-tests',
        enforce: 'pre',
        resolveId(source, importer) {
          if (source === entry) return entry;
          return source === 'vitest' && importer !== collect ? collect : undefined;
        },
        load(id) {
          if (id !== entry) return undefined;
          const imports = files.map((file) => `import ${JSON.stringify(join(root, file))};`);
          return [...imports, `export { collected } from ${JSON.stringify(collect)};`].join('\n');
        },
        transform(code, id) {
          if (!isAbsolute(id) || id.includes('node_modules')) return undefined;
          const placed = code
            .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
            .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)));
          if (!id.endsWith('.test.ts')) return placed;
          const path = relative(root, id).split(sep).join('/');
          return `import { startFile } from ${JSON.stringify(collect)};\nstartFile(${JSON.stringify(path)});\n${placed}`;
        },
      },
    ],
  });
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
