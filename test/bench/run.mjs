// `npm run bench [-- ROW…]`: compares times and counts of one run with each other, prints a table and writes
// .cache/bench.json. Absolute times of different machines or days say nothing and are not judged.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { benchForgeRequests } from './forge-requests.mjs';
import { benchGates } from './gate-evaluation.mjs';
import { benchHeaderReaders } from './header-readers.mjs';
import { benchLargeFile } from './large-file.mjs';
import { benchImpact } from './impact-growth.mjs';
import { benchLedger } from './ledger-growth.mjs';
import { benchMonorepo } from './monorepo.mjs';
import { benchStartUp } from './start-up.mjs';
import { renderTable } from './table.mjs';
import { root } from './workspace.mjs';

const parts = {
  file: benchLargeFile,
  ledger: benchLedger,
  start: benchStartUp,
  headers: benchHeaderReaders,
  forge: benchForgeRequests,
  gates: benchGates,
  monorepo: benchMonorepo,
  impact: benchImpact,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((word) => !Object.hasOwn(parts, word));
if (unknown.length > 0) {
  console.error(`bench: there is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const started = performance.now();
const progress = (sentence) =>
  console.error(`bench ${((performance.now() - started) / 1000).toFixed(0)} s: ${sentence}`);
const rows = [];
for (const [name, bench] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) rows.push(...(await bench(progress)));
}
progress('done');

const machine = { node: process.versions.node, platform: platform(), arch: arch(), cores: cpus().length };
mkdirSync(join(root, '.cache'), { recursive: true });
writeFileSync(join(root, '.cache', 'bench.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
console.log(renderTable(rows));

// Counts are the same on every machine, so they are held to; times are only shown.
const broken = rows.flatMap(({ bounds = [] }) => bounds).filter(({ value, limit }) => value >= limit);
for (const { what, value, limit } of broken) console.error(`bench: ${what}: ${value}, and the bound is ${limit}`);
process.exitCode = broken.length > 0 ? 1 : 0;
