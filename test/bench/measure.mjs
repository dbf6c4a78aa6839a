// Times are only ever compared with times of the same run: what is asked is how many times longer B takes than A.
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/**
 * Runs A and B in turn (A B, then B A, so that neither always comes second) and compares them.
 * `min` compares the quickest of each, which other work on the machine disturbs least; `median` is the middle of the
 * ratios of each pair.
 */
export async function compare({ runs, warmUp = true, a, b }) {
  const times = { a: [], b: [] };
  // Once unmeasured: code is compiled and files are in memory for both.
  for (const side of warmUp ? [a, b] : []) await timeOf(side, -1);
  for (let run = 0; run < runs; run++) {
    const order = run % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
    for (const side of order) times[side].push(await timeOf(side === 'a' ? a : b, run));
  }
  const pairs = times.b.map((time, run) => time / times.a[run]);
  return {
    runs,
    min: round(Math.min(...times.b) / Math.min(...times.a)),
    median: round(medianOf(pairs)),
    medianMs: { a: round(medianOf(times.a)), b: round(medianOf(times.b)) },
  };
}

/** `task` may prepare something outside of the measured time by returning `{ prepare, measure }`. */
async function timeOf(task, run) {
  if (typeof task === 'function') return clockOf(() => task(run));
  const prepared = await task.prepare(run);
  const elapsed = await clockOf(() => task.measure(prepared));
  await task.after?.(prepared);
  return elapsed;
}

async function clockOf(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function medianOf(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function round(value) {
  return Number(value.toPrecision(3));
}

/** User and system time of the children that ended, theirs included, as Linux tells. NaN elsewhere. */
export function childrenCpuMs() {
  const path = '/proc/self/stat';
  if (!existsSync(path)) return Number.NaN;
  // Fields after the name in brackets begin with the third; 16 and 17 are those of children, in hundredths of a second.
  const fields = readFileSync(path, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
