// `npm run lint:workflows`: what GitHub would refuse or an attacker would like, in our workflows, our examples and the
// actions themselves. Needs the peers actionlint and zizmor.
import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root, runCommand } from './command.mjs';
import { peersFolder } from './peers/place.mjs';

const workflows = ['.github/workflows', 'workflows-examples'].flatMap((folder) => findFiles(folder, /\.ya?ml$/));
const actions = [
  ...findFiles('actions', /(^|\/)action\.ya?ml$/),
  ...(existsSync(join(root, 'action.yml')) ? ['action.yml'] : []),
];
const config = join(root, '.github', 'zizmor.yml');
const steps = [
  [join(peersFolder, 'bin', 'actionlint'), '-shellcheck=', '-pyflakes=', ...workflows],
  [
    join(peersFolder, 'bin', 'zizmor'),
    '--offline',
    '--no-progress',
    '--strict-collection',
    '--persona=pedantic',
    ...(existsSync(config) ? ['--config', config] : []),
    ...workflows,
    ...actions,
  ],
];

console.log(`lint: ${workflows.length} workflows, ${actions.length} actions`);
for (const step of steps) {
  const { code, output } = await runCommand(step, { quiet: true });
  if (output.trim() !== '') console.log(output.trim());
  if (code !== 0) process.exitCode = 1;
  if (code === 127) console.error('lint: "npm run peers actionlint zizmor" installs what is missing.');
}

function findFiles(folder, pattern) {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((path) => pattern.test(path))
    .sort();
}
