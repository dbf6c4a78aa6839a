// `npm run bench:dedupe [-- --layers N --tools restic,chunks --only model,other]`: what each store adds for each step of
// a model's life, side by side.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { round } from '../measure.mjs';
import { makeFolder, removeFolder, root } from '../workspace.mjs';
import { modelSteps, otherSteps } from './families.mjs';
import { openChunks, openDvc, openOurs, openRestic } from './stores.mjs';

/** The aim: all distinct tensors once, and not much besides. */
const aim = 1.02;

const { values } = parseArgs({
  options: {
    layers: { type: 'string', default: '8' },
    only: { type: 'string', default: 'model,other' },
    tools: { type: 'string', default: 'chunks,DVC,restic' },
  },
});
const asked = values.tools.split(',');
const folder = makeFolder('dedupe');
const started = performance.now();
try {
  const rivals = [openChunks(), await openDvc(join(folder, 'dvc')), await openRestic(join(folder, 'restic'))];
  const stores = [
    openOurs(join(folder, 'ours')),
    ...rivals.filter((store) => store !== null && asked.some((word) => store.name.includes(word))),
  ];
  for (const word of asked.filter((each) => !stores.some(({ name }) => name.includes(each)))) {
    console.error(`bench: ${word} is not there and was not run (npm run peers -- python bench)`);
  }
  const rows = new Map();
  const distinct = new Set();
  const parts = { model: () => modelSteps({ layers: Number(values.layers) }), other: () => otherSteps() };
  for (const [part, steps] of Object.entries(parts)) {
    if (!values.only.split(',').includes(part)) continue;
    for (const step of steps()) await addStep(step, { stores, rows, distinct });
  }
  report(
    [...rows.values()],
    stores.map(({ name }) => name),
  );
} finally {
  removeFolder(folder);
}

/** Stores take turns in who comes first, so that none always finds the file in memory. */
async function addStep({ row, file, like, bytes, tensors }, { stores, rows, distinct }) {
  console.error(`bench ${((performance.now() - started) / 1000).toFixed(0)} s: ${file}`);
  const path = join(folder, file);
  writeFileSync(path, bytes);
  const entry = rows.get(row) ?? { row, files: 0, sizeBytes: 0, optimum: tensors === null ? null : 0, of: {} };
  rows.set(row, entry);
  entry.files += 1;
  entry.sizeBytes += bytes.length;
  if (tensors !== null) entry.optimum += optimumOf(bytes, tensors, distinct);
  const turn = entry.files + rows.size;
  for (let index = 0; index < stores.length; index++) {
    const store = stores[(index + turn) % stores.length];
    const before = sizeOrNothing(store);
    const startMs = performance.now();
    await store.add(path, { like });
    const ms = performance.now() - startMs;
    const after = store.size();
    const told = (entry.of[store.name] ??= { sizeBytes: 0, objects: 0, ms: 0 });
    told.sizeBytes += after.sizeBytes - before.sizeBytes;
    told.objects += after.objects - before.objects;
    told.ms += ms;
  }
  rmSync(path);
}

function sizeOrNothing(store) {
  try {
    return store.size();
  } catch (error) {
    // Before its first file, a store may have no folder.
    if (error.code === 'ENOENT') return { sizeBytes: 0, objects: 0 };
    throw error;
  }
}

/** Bytes of tensors that no file before had, and of what is around them. */
function optimumOf(bytes, tensors, distinct) {
  let sizeBytes = bytes.length;
  for (const tensor of tensors) {
    const digest = createHash('sha256').update(tensor).digest('base64');
    if (distinct.has(digest)) sizeBytes -= tensor.length;
    distinct.add(digest);
  }
  return sizeBytes;
}

function report(rows, names) {
  const [ours, ...others] = names;
  const ofModel = rows.filter(({ optimum }) => optimum !== null);
  const head = ['added by', 'files', 'MiB of files', 'optimum, MiB', `${ours}, MiB`, `${ours} / optimum`];
  const lines = [
    [...head, ...others.map((name) => `${name} / ${ours}`), `objects: ${names.join(', ')}`],
    ...rows.map((entry) => lineOf(entry, names)),
    ...(ofModel.length === 0 ? [] : [lineOf(totalOf(ofModel, 'all of the model', names), names)]),
    lineOf(totalOf(rows, 'everything', names), names),
  ];
  lines.splice(
    1,
    0,
    lines[0].map(() => '---'),
  );
  console.log(lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
  const everything = totalOf(rows, 'everything', names);
  const times = others.map((name) => `${name} ${round(everything.of[name].ms / everything.of[ours].ms)}`);
  console.log(`\nTime of all / that of ${ours}, which runs inside of this process: ${times.join(', ')}`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(join(root, '.cache', 'bench-dedupe.json'), `${JSON.stringify({ rows }, null, 2)}\n`);
  judge(rows, names);
}

function lineOf({ row, files, sizeBytes, optimum, of }, [ours, ...others]) {
  const own = of[ours].sizeBytes;
  return [
    row,
    files,
    mebibytes(sizeBytes),
    optimum === null ? '' : mebibytes(optimum),
    mebibytes(own),
    optimum === null ? '' : (own / optimum).toFixed(4),
    ...others.map((name) => (of[name].sizeBytes / own).toFixed(3)),
    [ours, ...others].map((name) => of[name].objects).join(', '),
  ];
}

function totalOf(rows, row, names) {
  const sum = (pick) => rows.reduce((total, each) => total + pick(each), 0);
  const optimum = rows.some((each) => each.optimum === null) ? null : sum((each) => each.optimum);
  const of = Object.fromEntries(
    names.map((name) => [
      name,
      {
        sizeBytes: sum((each) => each.of[name].sizeBytes),
        objects: sum((each) => each.of[name].objects),
        ms: sum((each) => each.of[name].ms),
      },
    ]),
  );
  return { row, files: sum((each) => each.files), sizeBytes: sum((each) => each.sizeBytes), optimum, of };
}

/** Bytes are the same on every machine, so they are held to. */
function judge(rows, [ours]) {
  const missed = rows.filter(({ optimum, of }) => optimum !== null && of[ours].sizeBytes > aim * optimum);
  for (const { row } of missed) console.error(`bench: more than ${aim} times the optimum: ${row}`);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

function mebibytes(sizeBytes) {
  return (sizeBytes / 2 ** 20).toFixed(sizeBytes < 2 ** 20 ? 3 : 1);
}
