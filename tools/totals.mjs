import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Of one step; whoever has more to mend finds the others above. */
const maxFailures = 20;

/**
 * Sums up the steps of a run and writes the sums for who called it.
 *
 * @param {string} file
 * @param {readonly { passed: number, failed: number, failures?: readonly string[] }[]} results
 * @returns {{ passed: number, failed: number, failures: readonly string[] }}
 */
export function writeTotals(file, results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const failures = results.flatMap((result) => result.failures ?? []);
  const totals = { passed: sum('passed'), failed: sum('failed'), failures };
  writeFileSync(file, `${JSON.stringify(totals)}\n`);
  return totals;
}

/** Sums that an earlier run wrote; a run that wrote none is one failure. */
export function readTotals(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 };
}

/** One line a step for the end of a run, and below it one for each test that did not pass. */
export function printSteps(results) {
  for (const { name, passed, failed, note, failures = [] } of results) {
    console.log(
      `${failed === 0 ? 'ok    ' : 'FAILED'}  ${name}: ${passed} of ${passed + failed}${note ? ` in ${note}` : ''}`,
    );
    for (const failure of failures.slice(0, maxFailures)) console.log(`          ${failure}`);
    if (failures.length > maxFailures) console.log(`          and ${failures.length - maxFailures} more`);
  }
}
