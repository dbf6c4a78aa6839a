// `npm run demo`: installs and builds what is missing, then shows Weighbridge at work on a repository made for it.
// Arguments after `--` go to `weighbridge demo`.
import { join } from 'node:path';
import { localProgram, root, runCommand } from './command.mjs';
import { ensureInstalled, requireNode } from './install.mjs';

requireNode(20, 19);
const installed = await ensureInstalled();
if (installed !== 0) {
  console.error('demo: "npm ci" failed; its own lines above say why.');
  process.exit(installed);
}

console.error('demo: building');
const built = await runCommand([...localProgram('typescript', 'tsc'), '-b']);
if (built.code !== 0) {
  console.error('demo: the build failed; "npm run build" shows the same errors.');
  process.exit(built.code);
}

const command = join(root, 'packages', 'cli', 'build', 'main.js');
process.exitCode = (await runCommand([process.execPath, command, 'demo', ...process.argv.slice(2)])).code;
