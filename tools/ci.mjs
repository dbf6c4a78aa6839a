// What `.ci/run` does: everything that must hold before a change lands, on a clean checkout with every peer there.
// Goes on after a failure, so that one run shows them all, and closes with the one line that counts them.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { npmProgram, root, runCommand, secondsSince } from './command.mjs';
import { requireNode } from './install.mjs';
import { runCheck } from './test-steps.mjs';
import { printSteps, readTotals } from './totals.mjs';

requireNode(20, 19);
const startMs = performance.now();
const node = process.execPath;
const tool = (name) => join(root, 'tools', name);
const totalsFile = join(root, '.cache', 'reports', 'totals.json');

// The peers need nothing of node_modules, so that both installs run side by side.
const [dependencies, peersInstalled] = await Promise.all([
  runCheck('npm ci', [...npmProgram(), 'ci', '--no-audit', '--no-fund']),
  runCheck('peers', [node, tool('peers.mjs')]),
]);
const results = [dependencies, peersInstalled];

if (dependencies.failed === 0) {
  rmSync(totalsFile, { force: true });
  await runCommand([...npmProgram(), 'test'], { env: { WEIGHBRIDGE_REQUIRE_PEERS: '1' } });
  results.push({ name: 'npm test', ...readTotals(totalsFile) });
  results.push(await runCheck('bundle is what the sources give', [node, tool('bundle.mjs'), '--check']));
}
results.push(await runCheck('lint of workflows and actions', [node, tool('lint-workflows.mjs')]));

console.log('');
printSteps(results);
console.log(`in ${secondsSince(startMs)}`);
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
