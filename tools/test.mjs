// `npm test`: sets up, builds, and runs every test that can run here. WEIGHBRIDGE_REQUIRE_PEERS=1 makes a peer that
// is absent a failure. The last lines say what ran, what did not and why; reports are left in .cache/reports.
import { join } from 'node:path';
import { localProgram, root } from './command.mjs';
import { ensureInstalled, requireNode } from './install.mjs';

requireNode(20, 19);
if ((await ensureInstalled()) !== 0) {
  console.error('test: "npm ci" failed; its own lines above say why.');
  process.exit(1);
}
// Loaded late, so that nothing below is read before the dependencies are there.
const { clearReports, runCheck, runVitest, sortByPeers } = await import('./test-steps.mjs');
const { absentPeers } = await import('./peers/place.mjs');
const { printSteps, writeTotals } = await import('./totals.mjs');

const peersRequired = process.env.WEIGHBRIDGE_REQUIRE_PEERS === '1';
const tsc = localProgram('typescript', 'tsc');
clearReports();
const results = [
  await runCheck('build', [...tsc, '-b']),
  await runCheck('types of the tests', [...tsc, '-p', 'tsconfig.test.json']),
  await runCheck('format', [...localProgram('@biomejs/biome', 'biome'), 'format', '.']),
  await runCheck('lint', [...localProgram('oxlint'), '--type-aware', '--deny-warnings']),
  await runVitest('unit', ['unit', 'scenarios', 'tidy']),
];

const waiting = [];
for (const project of ['bundles', 'conformance', 'peers']) {
  const files = sortByPeers(join('test', project).replaceAll('\\', '/'));
  const left = peersRequired ? [] : files.waiting;
  waiting.push(...left);
  if (files.runnable.length + files.waiting.length === left.length) continue;
  results.push(await runVitest(project, [project], { exclude: left.map(({ file }) => file) }));
}

const absent = absentPeers();
if (peersRequired && absent.length > 0) {
  results.push({ name: `peers that are absent: ${absent.join(', ')}`, passed: 0, failed: absent.length });
}

console.log('');
printSteps(results);
for (const { file, absent: names } of waiting) console.log(`not run  ${file}, which needs ${names.join(', ')}`);
if (waiting.length > 0) console.log('"npm run peers" installs what these need (Python 3.11 and Go must be there).');
const { passed, failed } = writeTotals(join(root, '.cache', 'reports', 'totals.json'), results);
console.log(failed === 0 ? `All ${passed} checks passed.` : `${failed} of ${passed + failed} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
