// `npm run bench:store [-- --scale 0.1 --runs 3 --only large,shards,small]`: what it takes to put files into a bucket and
// to bring them back, by several tools in turn, against one server, with the same bytes.
import { createCipheriv } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { medianOf, round } from '../measure.mjs';
import { makeFolder, plainEnvironment, removeFolder, root, runChild } from '../workspace.mjs';
import { keysAsEnvironment, startGateway } from './gateway.mjs';
import { openTools } from './tools.mjs';

const mebibyte = 2 ** 20;
const tensorBytes = 32 * mebibyte;
const toolTimeoutMs = 15 * 60_000;

const workloads = {
  large: { count: 1, sizeBytes: 2048 * mebibyte, scales: 'size' },
  shards: { count: 8, sizeBytes: 256 * mebibyte, scales: 'size' },
  small: { count: 2000, sizeBytes: 65_536, scales: 'count' },
};

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: Object.keys(workloads).join() },
    tools: { type: 'string' },
  },
});
const [scale, runs] = [Number(values.scale), Number(values.runs)];
if (!(scale > 0 && scale <= 1) || !Number.isInteger(runs) || runs < 1)
  usage('--scale is above 0 and at most 1, --runs at least 1');
const unknown = values.only.split(',').filter((name) => !Object.hasOwn(workloads, name));
if (unknown.length > 0)
  usage(`there is no workload ${unknown.join(', ')}; there are ${Object.keys(workloads).join(', ')}`);
if (!existsSync(join(root, '.peers', 'bin', 'versitygw')))
  usage('the server is not there: npm run peers -- versitygw bench');

const started = performance.now();
const say = (sentence) => console.error(`bench ${((performance.now() - started) / 1000).toFixed(0)} s: ${sentence}`);
const work = makeFolder('store');
const gateway = await startGateway(join(work, 'objects'));
const results = [];
try {
  const { bavail, bsize } = statfsSync(work);
  const neededBytes = 12 * scale * workloads.large.sizeBytes;
  if (bavail * bsize < neededBytes)
    throw new Error(`${work} has too little room: ${Math.ceil(neededBytes / mebibyte)} MiB are needed`);
  const tools = openTools({ work, endpoint: gateway.endpoint }).filter(isWanted);
  for (const name of values.only.split(',')) results.push(...(await compareOn(name, tools)));
} finally {
  await gateway.stop();
  removeFolder(work);
}
writeFileSync(join(mkdirIn('.cache'), 'bench-store.json'), `${JSON.stringify({ scale, runs, results }, null, 2)}\n`);
report(results);

function isWanted({ name, missing }) {
  if (values.tools !== undefined && !values.tools.split(',').some((word) => name.includes(word))) return false;
  if (missing !== null) say(`${name} is not there and was not run (${missing})`);
  return missing === null;
}

async function compareOn(name, tools) {
  const files = makeFiles(name);
  const measured = { up: {}, down: {} };
  for (const tool of tools) await tool.load(files.folder);
  for (const direction of ['up', 'down']) {
    // Once more than is counted: programs and files are in memory then.
    for (let run = -1; run < runs; run++) {
      for (const tool of turned(tools, run)) {
        if (tool[direction] === undefined) continue;
        const used = await measure(tool, direction, files);
        say(`${name} ${direction} ${tool.name}: ${used.wall.toFixed(2)} s`);
        if (run >= 0) (measured[direction][tool.name] ??= []).push(used);
      }
    }
    if (direction === 'up') for (const tool of tools) await tool.afterUp?.();
  }
  for (const tool of tools) gateway.empty(tool.bucket);
  rmSync(files.folder, { recursive: true });
  return Object.entries(measured).map(([direction, of]) => ({ what: files.what, direction, load: loadavg()[0], of }));
}

/** Nobody comes first in every run. */
function turned(tools, run) {
  return tools.map((_, index) => tools[(index + run + 1) % tools.length]);
}

async function measure(tool, direction, files) {
  if (direction === 'up') gateway.empty(tool.bucket);
  await (direction === 'up' ? tool.prepareUp : tool.prepareDown)?.();
  const { command, cwd = work, environment = {} } = tool[direction]();
  const measured = join(root, 'test', 'bench', 'python', 'measured.py');
  const { stdout, stderr } = await runChild('python3', [measured, ...command], {
    cwd,
    environment: { ...plainEnvironment(), ...keysAsEnvironment, ...environment },
    timeoutMs: toolTimeoutMs,
  });
  const used = stdout === '' ? { code: null, output: stderr } : JSON.parse(stdout);
  if (used.code !== 0) throw new Error(`${tool.name} ${direction} ended with ${used.code}: ${used.output}`);
  if (direction === 'down') checkPulled(tool, files);
  return { wall: used.wall, cpu: used.cpu, peak: used.peak };
}

/** A tool that brings less back than it was given would be the quickest. */
function checkPulled({ name, pulled }, { count, sizeBytes }) {
  const found = readdirSync(pulled, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const foundBytes = found.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  if (found.length !== count || foundBytes !== count * sizeBytes) {
    throw new Error(`${name} brought back ${found.length} files of ${foundBytes} bytes`);
  }
  rmSync(pulled, { recursive: true });
}

/** safetensors with tensors of 32 MiB; small files are bytes alone. Random, the same in every run. */
function makeFiles(name) {
  const { count: fullCount, sizeBytes: fullBytes, scales } = workloads[name];
  const count = scales === 'count' ? Math.ceil(fullCount * scale) : fullCount;
  const sizeBytes = scales === 'size' ? Math.ceil((fullBytes * scale) / mebibyte) * mebibyte : fullBytes;
  const folder = mkdirIn(join(work, `files-${name}`));
  const what = `${count} x ${sizeBytes >= mebibyte ? `${sizeBytes / mebibyte} MiB` : `${sizeBytes / 1024} KiB`}`;
  say(`writing ${what}`);
  for (let index = 0; index < count; index++) {
    const random = createCipheriv('aes-128-ctr', Buffer.alloc(16, `${name}${index}`), Buffer.alloc(16));
    const isModel = sizeBytes >= mebibyte;
    const header = isModel ? safetensorsHeader(sizeBytes) : Buffer.alloc(0);
    const file = openSync(join(folder, `part-${index}.${isModel ? 'safetensors' : 'bin'}`), 'w');
    writeSync(file, header);
    for (let left = sizeBytes - header.length; left > 0; left -= mebibyte) {
      writeSync(file, random.update(Buffer.alloc(Math.min(mebibyte, left))));
    }
    closeSync(file);
  }
  return { folder, what, count, sizeBytes };
}

/** As long as it takes, so that header and tensors have the size that was asked for. */
function safetensorsHeader(sizeBytes) {
  const headerBytes = 64 * 1024;
  const entries = {};
  const weightBytes = sizeBytes - headerBytes - 8;
  for (let start = 0; start < weightBytes; start += tensorBytes) {
    const end = Math.min(start + tensorBytes, weightBytes);
    entries[`layers.${start / tensorBytes}.weight`] = { dtype: 'U8', shape: [end - start], data_offsets: [start, end] };
  }
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(headerBytes));
  return Buffer.concat([start, Buffer.from(JSON.stringify(entries).padEnd(headerBytes))]);
}

function mkdirIn(path) {
  const folder = path.startsWith('/') ? path : join(root, path);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function report(results) {
  const head = ['files', 'by', 'wall / ours, quickest', 'wall / ours, median', 'wall s', 'CPU s', 'peak MiB'];
  const lines = results.flatMap(({ what, direction, of }) => {
    // The first to be measured is another one in each run.
    const ours = of.weighbridge ?? Object.values(of)[0];
    return Object.entries(of).map(([name, used]) => {
      const least = (pick, from = used) => Math.min(...from.map(pick));
      const pairs = used.map(({ wall }, run) => wall / ours[run].wall);
      return [
        `${what}, ${direction === 'up' ? 'put' : 'brought back'}`,
        name,
        used === ours ? '' : round(least(({ wall }) => wall) / least(({ wall }) => wall, ours)),
        used === ours ? '' : round(medianOf(pairs)),
        round(least(({ wall }) => wall)),
        round(least(({ cpu }) => cpu)),
        Math.round(Math.max(...used.map(({ peak }) => peak))),
      ];
    });
  });
  console.log([head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
  console.log(
    `\nLoad of the machine while it ran: ${results.map(({ load }) => load.toFixed(1)).join(', ')}; runs: ${runs}`,
  );
}

function usage(sentence) {
  console.error(`bench:store: ${sentence}`);
  process.exit(2);
}
