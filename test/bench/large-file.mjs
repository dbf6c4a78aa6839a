// A file of 10 GB, weighed by its header, against a small one with as many tensors.
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { assessModels, filesOfWorkTree, readGovernance } from '@weighbridge/flows';
import { readHeader } from '@weighbridge/formats';
import { openHost, sha256 } from '@weighbridge/host';
import { openFileSource } from '@weighbridge/stores';
import { compare } from './measure.mjs';
import { commandLine, makeFolder, plainEnvironment, removeFolder, runWell } from './workspace.mjs';

const largeBytes = 10_000_000_000;
/** A header, with room to spare; a weight tensor of the large file alone is thirty times as large. */
export const maxReadBytes = 1024 * 1024;
const layers = 32;

export async function benchLargeFile(progress) {
  const folder = makeFolder('large');
  try {
    progress('writing a sparse file of 10 GB');
    const small = makeRepository(join(folder, 'small'), 4);
    const large = makeRepository(join(folder, 'large'), largeBytes);
    return [await compareHeaders(small, large), await compareFlows(small, large), await compareCommands(small, large)];
  } finally {
    removeFolder(folder);
  }
}

async function compareHeaders(small, large) {
  const reads = {};
  const read = (name, repository) => async () => {
    const source = counting(await openFileSource(repository.file), (bytes) => (reads[name] = bytes));
    for (let time = 0; time < 100; time++) {
      source.reset();
      await readHeader(source, { sha256, openBeside: async () => null });
    }
    await source.close();
  };
  const ratio = await compare({ runs: 7, a: read('a', small), b: read('b', large) });
  return {
    name: 'header of a 10 GB file / of a small one, in process',
    ...ratio,
    target: 1.5,
    ...verdictOfReads(reads),
  };
}

async function compareFlows(small, large) {
  const reads = {};
  const weigh = (name, repository) => async () => {
    const { surroundings } = await openHost(hostOptions(repository.root));
    let total = 0;
    const workTree = countingTree(surroundings.workTree, (bytes) => (total += bytes));
    const governance = await readGovernance(filesOfWorkTree(workTree), sha256);
    const [weighed] = await assessModels({ ...surroundings, workTree }, governance, governance.models, {
      depth: 'headers',
      trustLock: true,
    });
    if (weighed?.snapshot.artifacts[0]?.header?.tensors.length !== tensorNames().length)
      throw new Error('no tensor was read');
    reads[name] = total;
  };
  const ratio = await compare({ runs: 7, a: weigh('a', small), b: weigh('b', large) });
  return { name: 'assessModels, depth headers: 10 GB / small', ...ratio, target: 1.5, ...verdictOfReads(reads) };
}

async function compareCommands(small, large) {
  const start = (repository) => () => runWell(process.execPath, wordsFor(repository));
  const ratio = await compare({ runs: 5, a: start(small), b: start(large) });
  const reads = { a: await readsOfCommand(small), b: await readsOfCommand(large) };
  const { counts, bounds } = verdictOfReads({ a: reads.a.ofFile, b: reads.b.ofFile });
  const row = { name: '`version --headers-only`, whole command: 10 GB / small', ...ratio, target: 1.5 };
  if (reads.b.inAll === null) return { ...row, counts, bounds };
  const inAll = { a: reads.a.inAll, b: reads.b.inAll };
  const more = { what: 'bytes that the command reads more', value: inAll.b - inAll.a, limit: maxReadBytes };
  return { ...row, counts: { ...counts, 'of everything, modules included': inAll }, bounds: [...bounds, more] };
}

const wordsFor = ({ root }) => [commandLine, 'version', '--headers-only', '--offline', '-C', root, '--json'];

/** Bytes that the command reads, counted inside its own process by a module that is loaded before it. */
async function readsOfCommand(repository) {
  const counter = new URL('./count-reads.mjs', import.meta.url).href;
  const report = join(repository.root, '..', `${repository.size}.reads`);
  await runWell(process.execPath, ['--import', counter, ...wordsFor(repository)], {
    environment: { ...plainEnvironment(), BENCH_READS_OF: repository.file, BENCH_READS_TO: report },
  });
  return JSON.parse(readFileSync(report, 'utf8'));
}

function verdictOfReads({ a, b }) {
  return {
    counts: { 'bytes read': { a, b } },
    bounds: [{ what: 'bytes read of the 10 GB file', value: b, limit: maxReadBytes }],
  };
}

const hostOptions = (folder) => ({
  folder,
  environment: plainEnvironment(),
  offline: true,
  token: null,
  signingKey: null,
  progress: () => undefined,
});

/** A source that counts what is read through it. */
function counting(source, told) {
  let total = 0;
  return {
    name: source.name,
    sizeBytes: source.sizeBytes,
    reset: () => (total = 0),
    close: () => source.close(),
    read: (offset, lengthBytes) => {
      told((total += lengthBytes));
      return source.read(offset, lengthBytes);
    },
  };
}

function countingTree(workTree, told) {
  const open = async (path) => {
    const source = await workTree.open(path);
    if (source === null) return null;
    const read = (offset, lengthBytes) => (told(lengthBytes), source.read(offset, lengthBytes));
    return { name: source.name, sizeBytes: source.sizeBytes, read, close: () => source.close() };
  };
  const read = async (path, maxBytes) => {
    const bytes = await workTree.read(path, maxBytes);
    told(bytes?.length ?? 0);
    return bytes;
  };
  const { list, write, ignored, changed } = workTree;
  return { root: workTree.root, list, write, ignored, changed, open, read };
}

/** A repository with one model of about `size` bytes and the tensors of a transformer of 32 layers. */
function makeRepository(path, size) {
  const folder = join(path, 'models', 'large');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'model.safetensors');
  writeSparse(file, size);
  writeFileSync(join(folder, 'model.yaml'), 'name: large\nkind: model\nartifacts: [model.safetensors]\n');
  writeFileSync(join(path, 'weighbridge.yaml'), 'version: 1\n');
  // Weights that git does not track, as those of real repositories.
  writeFileSync(join(path, '.gitignore'), '*.safetensors\n');
  execFileSync('git', ['init', '--quiet', path]);
  return { root: path, file, size };
}

/** Header as written by any library, then a hole: no block of the disk is used for the tensors. */
export function writeSparse(path, size) {
  const names = tensorNames();
  const elements = Math.max(1, Math.floor(size / names.length / 2));
  const entries = names.map((name, at) => [
    name,
    { dtype: 'BF16', shape: [elements], data_offsets: [at * elements * 2, (at + 1) * elements * 2] },
  ]);
  const json = JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) });
  const header = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, 'w');
  try {
    writeSync(file, start);
    writeSync(file, header);
    ftruncateSync(file, 8 + header.length + names.length * elements * 2);
  } finally {
    closeSync(file);
  }
}

function tensorNames() {
  const parts = ['q_proj', 'k_proj', 'v_proj', 'o_proj'].map((part) => `self_attn.${part}`);
  const others = ['mlp.gate_proj', 'mlp.up_proj', 'mlp.down_proj', 'input_layernorm', 'post_attention_layernorm'];
  const layer = (number) => [...parts, ...others].map((part) => `model.layers.${number}.${part}.weight`);
  return [
    'model.embed_tokens.weight',
    'model.norm.weight',
    'lm_head.weight',
    ...Array.from({ length: layers }, (_, number) => layer(number)).flat(),
  ];
}
