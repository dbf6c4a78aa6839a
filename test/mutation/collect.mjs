// Stands for vitest in the bundle that the mutation runner makes: keeps the tests, so that they can be run again and
// again in the process that loaded them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
import * as vitest from 'vitest';

/** Every test: its file and full name, what it does, and the suites around it, outermost first. */
export const collected = [];

let file = '';
let suites = [];

/** Called on top of each test file: what follows belongs to it. */
export function startFile(path) {
  file = path;
  suites = [newSuite('')];
}

function newSuite(name) {
  return { name, beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
}

export function describe(name, body) {
  suites = [...suites, newSuite(String(name))];
  body();
  suites = suites.slice(0, -1);
}

export function test(name, body) {
  const names = [...suites.map((suite) => suite.name), String(name)].filter((word) => word !== '');
  const folder = dirname(file);
  const run = () => {
    snapshotsFrom = folder;
    return body();
  };
  collected.push({ file, name: names.join(' '), body: run, suites });
}

/** Folder of the test that runs, as vitest tells the path of a snapshot from there. */
let snapshotsFrom = '';

function matchFile(text, path) {
  if (readFileSync(join(snapshotsFrom, path), 'utf8') !== text) throw new Error(`the text is not that of ${path}`);
}

const { expect: expectOf } = vitest;

/** What vitest's own expects, but for the one check that asks for a running test. */
export const expect = Object.assign((...given) => {
  const assertion = Reflect.apply(expectOf, undefined, given);
  return Object.defineProperty(assertion, 'toMatchFileSnapshot', { value: (path) => matchFile(given[0], path) });
}, expectOf);

export { test as it };

/** Names carry the number of the case, as a format may name two alike. */
const each = (declare) => (cases) => (name, body) => {
  for (const [index, one] of cases.entries()) {
    const values = Array.isArray(one) ? one : [one];
    declare(`${format(name, ...values)} #${index}`, () => body(...values));
  }
};
describe.each = each(describe);
test.each = each(test);

const hook = (kind) => (body) => suites.at(-1)[kind].push(body);
export const beforeAll = hook('beforeAll');
export const afterAll = hook('afterAll');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');
