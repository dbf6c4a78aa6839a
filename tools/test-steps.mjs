import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { localProgram, root, runCommand, secondsSince } from './command.mjs';
import { peers } from './peers/catalogue.mjs';
import { absentPeers } from './peers/place.mjs';

const reportsFolder = join(root, '.cache', 'reports');
/** A test that loops without waiting cannot be ended by vitest itself; the machine of CI gives 90 minutes in all. */
const vitestTimeoutMs = 30 * 60_000;
const needsLine = /^\/\/ needs: ([a-z0-9, -]+)$/m;

/**
 * What one step came to. A linter counts as one check, a run of tests counts each of its tests.
 *
 * @typedef {{ name: string, passed: number, failed: number, note?: string, failures?: string[] }} StepResult
 */

/** Empties the folder of reports, so that none of an earlier run is counted. */
export function clearReports() {
  rmSync(reportsFolder, { recursive: true, force: true });
  mkdirSync(reportsFolder, { recursive: true });
}

/** Runs one command as one check. @returns {Promise<StepResult>} */
export async function runCheck(name, command, options) {
  const startMs = performance.now();
  console.log(`\n== ${name}`);
  const { code } = await runCommand(command, options);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, note: secondsSince(startMs) };
}

/**
 * Runs projects of vitest and counts their tests from its report. A run that reports no failed test and still ends
 * badly (a file that does not load, a project without tests) is one failure.
 *
 * @returns {Promise<StepResult>}
 */
export async function runVitest(name, projects, { exclude = [], env = {} } = {}) {
  const startMs = performance.now();
  console.log(`\n== ${name}`);
  const report = join(reportsFolder, `${name.replaceAll(/[^a-z0-9]+/g, '-')}.json`);
  const { code } = await runCommand(
    [
      ...localProgram('vitest'),
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      ...exclude.flatMap((file) => ['--exclude', file]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env, timeoutMs: vitestTimeoutMs },
  );
  const told = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const { passed, failed } = countTests(told);
  const unexplained = code !== 0 && failed === 0 ? 1 : 0;
  return { name, passed, failed: failed + unexplained, note: secondsSince(startMs), failures: failuresIn(told) };
}

/** A test that did not run (skipped, to do) counts as failed: nothing here may be left out in silence. */
export function countTests(report) {
  const passed = report.numPassedTests ?? 0;
  return { passed, failed: (report.numTotalTests ?? 0) - passed };
}

/** What did not pass in a report of vitest, a line each: its file, its name and what it said first. */
export function failuresIn(report) {
  return (report.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name).split(sep).join('/');
    const tests = assertionResults.filter((test) => test.status !== 'passed');
    if (tests.length === 0) return status === 'passed' ? [] : [`${file}: ${firstLine(message)}`];
    return tests.map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0]) || test.status}`);
  });
}

const firstLine = (text = '') => stripVTControlCharacters(text).split('\n', 1)[0].slice(0, 300);

/**
 * Which test files of a folder can run with the peers that are there. A file names the peers that it needs in a line
 * `// needs: act, node24`; one below test/peers that names none needs them all.
 *
 * @returns {{ runnable: string[], waiting: { file: string, absent: string[] }[] }} paths from the root, with `/`
 */
export function sortByPeers(folder) {
  const absent = absentPeers();
  const isMissing = (name) => absent.includes(name) || !peers.some((peer) => peer.name === name);
  const sorted = { runnable: [], waiting: [] };
  for (const file of testFiles(folder)) {
    const missing = neededPeers(file).filter(isMissing);
    if (missing.length === 0) sorted.runnable.push(file);
    else sorted.waiting.push({ file, absent: missing });
  }
  return sorted;
}

/** Names of the peers that a test file needs. */
export function neededPeers(file) {
  const named = needsLine.exec(readFileSync(join(root, file), 'utf8'))?.[1];
  if (named !== undefined) return named.split(',').map((name) => name.trim());
  return file.startsWith('test/peers/') ? peers.map((peer) => peer.name) : [];
}

function testFiles(folder) {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((path) => path.endsWith('.test.ts') && !path.includes('/node_modules/'))
    .sort();
}
