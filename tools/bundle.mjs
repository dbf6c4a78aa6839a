// `npm run bundle`: packs what the actions run into dist/, which is committed, since GitHub runs an action from its
// repository without installing anything. `--check` packs elsewhere and compares byte for byte instead.
// `npm run build:cli`: packs the command line the same way into packages/cli/bundle, which is not committed but is what
// its npm package runs: a thousand small modules take Node four times as long to load as these few files.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { localProgram, root, runCommand } from './command.mjs';
import { renderLicenses } from './licenses.mjs';

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    package: { type: 'string', default: 'host' },
  },
});

/** What is packed, by the package whose program it is. */
const bundles = {
  host: { entry: ['actions', 'main.js'], out: join(root, 'dist') },
  cli: { entry: ['main.js'], out: join(root, 'packages', 'cli', 'bundle') },
};
const bundle = bundles[values.package];
if (bundle === undefined) {
  console.error(`bundle: --package is one of ${Object.keys(bundles).join(', ')}, not ${values.package}`);
  process.exit(2);
}
const entry = join(root, 'packages', values.package, 'build', ...bundle.entry);

const built = await runCommand([...localProgram('typescript', 'tsc'), '-b']);
if (built.code !== 0) process.exit(built.code);

const target = values.check ? join(root, '.cache', 'bundle') : bundle.out;
await pack(target);
if (values.check) process.exitCode = compareFolders(target, bundle.out);

async function pack(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { code, output } = await runCommand(
    [...localProgram('@vercel/ncc', 'ncc'), 'build', entry, '-o', folder, '--no-cache', '--quiet'],
    { quiet: true },
  );
  if (code !== 0) {
    console.error(`bundle: ncc ended with ${code}\n${output}`);
    process.exit(1);
  }
  normalizeTexts(folder);
  const files = listFiles(folder);
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  console.log(`bundle: ${files.length} files, ${(bytes / 1024).toFixed(0)} KiB in ${relative(root, folder) || folder}`);
}

/** Git keeps these files with line feeds, so they are written that way. The list of licences that ncc makes has gaps. */
function normalizeTexts(folder) {
  writeFileSync(join(folder, 'package.json'), '{\n  "type": "module"\n}\n');
  writeFileSync(join(folder, 'licenses.txt'), renderLicenses(join(root, 'packages', values.package), isOwn));
  for (const file of listFiles(folder)) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const normal = readAtOnce(text.replaceAll('\r\n', '\n'));
    if (normal !== text) writeFileSync(path, normal);
  }
}

/**
 * V8 skims a function when it first meets it and reads it again when it is called, but one in parentheses it takes to be
 * called soon and reads once. Webpack writes each module, some of them of a megabyte, as an arrow function in parentheses,
 * to which V8 does not do that; no such module speaks of `this` or `arguments`, so a plain function means the same.
 */
function readAtOnce(text) {
  return text.replaceAll(/^\/\*\*\*\/ \((\([^()\n]*\)) => \{$/gm, '/***/ (function $1 {');
}

function isOwn(name) {
  return name === 'weighbridge' || name.startsWith('@weighbridge/');
}

function compareFolders(fresh, committed) {
  const names = [...new Set([...listFiles(fresh), ...listFiles(committed)])].sort();
  const differing = names.filter((name) => readBytes(join(fresh, name)) !== readBytes(join(committed, name)));
  for (const name of differing) console.error(`bundle: dist/${name} is not what the sources give`);
  if (differing.length > 0) console.error('bundle: run "npm run bundle" and commit dist/.');
  else console.log('bundle: dist/ is what the sources give, byte for byte');
  return differing.length === 0 ? 0 : 1;
}

/** Bytes as a string that compares by content; undefined when there is no such file. */
function readBytes(path) {
  return existsSync(path) ? readFileSync(path, 'latin1') : undefined;
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();
}
