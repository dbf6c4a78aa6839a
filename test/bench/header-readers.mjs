// Our readers of headers against the Python packages that define the formats, on the same files, each inside a process
// that is already running: neither pays for its start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readHeader } from '@weighbridge/formats';
import { sha256 } from '@weighbridge/host';
import { openFileSource } from '@weighbridge/stores';
import { writeGguf, writeOnnx, writeSafetensors } from '@weighbridge/testkit';
import { medianOf, round } from './measure.mjs';
import { makeFolder, removeFolder, root } from './workspace.mjs';

const runs = 7;
const tensorCounts = [1, 100, 5_000];
/** Reads of one measurement: more of what is small, so that no clock is too coarse. */
const timesOf = (count) => Math.max(3, Math.min(100, Math.ceil(2_000 / count)));
const silero = join(root, 'node_modules', '@ricky0123', 'vad-web', 'dist');

export async function benchHeaderReaders(progress) {
  const interpreter = join(root, '.peers', 'python', 'bin', 'python');
  if (!existsSync(interpreter)) {
    progress('no .peers/python: the comparison of header readers is left out (npm run peers)');
    return [];
  }
  const folder = makeFolder('headers');
  const python = startPython(interpreter);
  try {
    progress('reading headers here and in Python');
    const rows = [];
    for (const file of [...writeFiles(folder), ...realModels()]) rows.push(await compareReaders(file, python));
    return rows;
  } finally {
    await python.end();
    removeFolder(folder);
  }
}

async function compareReaders({ format, path, times, label }, python) {
  const ours = [];
  const theirs = [];
  await readOurs(path, times);
  await python.ask({ format, path, times: 1 });
  let found = null;
  for (let run = 0; run < runs; run++) {
    const measureOurs = async () => ours.push(await readOurs(path, times));
    const measureTheirs = async () => {
      const answer = await python.ask({ format, path, times });
      found = answer.found;
      theirs.push((answer.seconds * 1000) / times);
    };
    for (const measure of run % 2 === 0 ? [measureTheirs, measureOurs] : [measureOurs, measureTheirs]) await measure();
  }
  const counted = await countOurs(path, format);
  if (counted !== null && counted !== found) throw new Error(`${path}: ${counted} tensors, and Python found ${found}`);
  return {
    name: `${label}: ours / Python's ${format}`,
    runs,
    min: round(Math.min(...ours) / Math.min(...theirs)),
    median: round(medianOf(ours.map((time, run) => time / theirs[run]))),
    medianMs: { a: round(medianOf(theirs)), b: round(medianOf(ours)) },
    counts: { [format === 'onnx' ? 'nodes' : 'tensors']: { a: found, b: counted } },
  };
}

/** Milliseconds of one reading, opening and closing the file included, as the packages do it. */
async function readOurs(path, times) {
  const start = performance.now();
  for (let time = 0; time < times; time++) await headerOf(path);
  return (performance.now() - start) / times;
}

async function headerOf(path) {
  const source = await openFileSource(path);
  try {
    return await readHeader(source, { sha256, openBeside: async () => null });
  } finally {
    await source.close();
  }
}

/** What was found, to be seen beside what Python found. Our header of a graph has no list of nodes to count. */
async function countOurs(path, format) {
  const header = await headerOf(path);
  return format === 'onnx' ? null : header.tensors.length;
}

function writeFiles(folder) {
  return tensorCounts.flatMap((count) => {
    const times = timesOf(count);
    const label = `${count} tensor${count === 1 ? '' : 's'}`;
    const put = (format, bytes) => {
      const path = join(folder, `${count}.${format}`);
      writeFileSync(path, bytes);
      return { format, path, times, label };
    };
    const bytes = new Uint8Array(32);
    const names = Array.from({ length: count }, (_, number) => `model.layers.${number}.self_attn.q_proj.weight`);
    return [
      put(
        'safetensors',
        writeSafetensors({ tensors: names.map((name) => ({ name, dtype: 'F32', shape: [2, 4], bytes })) }),
      ),
      put(
        'gguf',
        writeGguf({
          keyValues: ggufKeys,
          tensors: names.map((name) => ({ name, ggmlType: 0, extents: [4, 2], bytes })),
        }),
      ),
      put('onnx', writeOnnx(chainOf(count))),
    ];
  });
}

const ggufKeys = [
  ['general.architecture', { type: 'string', value: 'llama' }],
  ['llama.block_count', { type: 'u32', value: 32 }],
];

/** A chain of additions, each with a constant of its own. */
function chainOf(count) {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return {
    graph: {
      nodes: numbers.map((number) => ({
        op: 'Add',
        inputs: [`value.${number}`, `weight.${number}`],
        outputs: [`value.${number + 1}`],
      })),
      initializers: numbers.map((number) => ({
        name: `weight.${number}`,
        dtype: 'float32',
        shape: [8],
        values: Array.from({ length: 8 }, () => number),
      })),
      inputs: [{ name: 'value.0', dtype: 'float32', shape: [8] }],
      outputs: [{ name: `value.${count}`, dtype: 'float32', shape: [8] }],
    },
  };
}

function realModels() {
  if (!existsSync(silero)) return [];
  const names = readdirSync(silero)
    .filter((name) => name.endsWith('.onnx'))
    .sort();
  return names.map((name) => ({ format: 'onnx', path: join(silero, name), times: 5, label: name }));
}

/** One interpreter that answers questions line by line, and ends when its input does. */
function startPython(interpreter) {
  const child = spawn(interpreter, [join(root, 'test', 'bench', 'python', 'read_headers.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const closed = once(child, 'close');
  return {
    ask: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('read_headers.py ended before it had answered');
      return JSON.parse(value);
    },
    end: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await closed;
      clearTimeout(timer);
    },
  };
}
