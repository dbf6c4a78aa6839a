import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Sums up the steps of a run and writes the sums for who called it.
 *
 * @param {string} file
 * @param {readonly { passed: number, failed: number }[]} results
 * @returns {{ passed: number, failed: number }}
 */
export function writeTotals(file, results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const totals = { passed: sum('passed'), failed: sum('failed') };
  writeFileSync(file, `${JSON.stringify(totals)}\n`);
  return totals;
}

/** Sums that an earlier run wrote; a run that wrote none is one failure. */
export function readTotals(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 };
}

/** One line a step, for the end of a run. */
export function printSteps(results) {
  for (const { name, passed, failed, note } of results) {
    console.log(
      `${failed === 0 ? 'ok    ' : 'FAILED'}  ${name}: ${passed} of ${passed + failed}${note ? ` in ${note}` : ''}`,
    );
  }
}
