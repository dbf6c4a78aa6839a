// How long a program takes before it does anything of its own, against a Node that does nothing.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { commandLine, makeFolder, plainEnvironment, removeFolder, root, runChild, runWell } from './workspace.mjs';

const runs = 7;

export async function benchStartUp(progress) {
  progress('starting programs');
  const nodes = [[`Node ${process.versions.node.split('.')[0]}`, process.execPath]];
  const other = join(root, '.peers', 'node24', 'bin', 'node');
  if (existsSync(other)) nodes.push(['Node 24', other]);
  else progress('  no .peers/node24: the action is started on this Node only');
  const rows = [];
  for (const [name, node] of nodes) {
    rows.push(await startOf(`\`weighbridge --help\` / \`node -e 0\`, ${name}`, node, [commandLine, '--help']));
    rows.push(...(await startOfAction(name, node, progress)));
  }
  return rows;
}

async function startOf(name, node, words, options = {}) {
  const nothing = () => runWell(node, ['-e', '0'], options);
  const start = async () => {
    const { code, stderr } = await runChild(node, words, options);
    if (code !== 0) throw new Error(`${words[0]} ended with ${code}: ${stderr.slice(-500)}`);
  };
  return { name, ...(await compare({ runs, a: nothing, b: start })) };
}

/** The built action in a folder that has no repository and no model: what is left is starting and looking around. */
async function startOfAction(name, node, progress) {
  const bundle = join(root, 'dist', 'index.js');
  const entry = join(root, 'actions', 'version', 'main.js');
  if (!existsSync(bundle) || !existsSync(entry)) {
    progress('  no dist/: the action is not started');
    return [];
  }
  const folder = makeFolder('action');
  try {
    mkdirSync(join(folder, 'empty'));
    for (const file of ['output', 'summary', 'event.json'])
      writeFileSync(join(folder, file), file === 'event.json' ? '{}' : '');
    const environment = {
      ...plainEnvironment(),
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: join(folder, 'empty'),
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      INPUT_OFFLINE: 'true',
    };
    const options = { cwd: join(folder, 'empty'), environment };
    const load = `import(${JSON.stringify(bundle)})`;
    const counts = { 'KiB of the bundle': { a: null, b: statSync(bundle).size / 1024 } };
    return [
      { ...(await startOf(`loading dist/index.js / \`node -e 0\`, ${name}`, node, ['-e', load], options)), counts },
      await startOf(`action version in an empty folder / \`node -e 0\`, ${name}`, node, [entry], options),
    ];
  } finally {
    removeFolder(folder);
  }
}
