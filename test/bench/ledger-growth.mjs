// One append and one reading of a catalogue, on a long ledger against a short one. The server is a bare repository on
// this disk, so that no network hides what grows.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { digestBytes, utf8 } from '@weighbridge/core';
import { openGitLedger } from '@weighbridge/git';
import { ledgerServer, modelName, registration, trust } from './ledger-server.mjs';
import { compare } from './measure.mjs';
import { cacheFolder, makeFolder, removeFolder } from './workspace.mjs';

const short = { entries: 100, models: 4 };
const long = { entries: 100_000, models: 1_000 };
const runs = 3;
const target = 1.5;
const bundleWidth = 256;

export async function benchLedger(progress) {
  const folder = makeFolder('ledger');
  try {
    const sides = {};
    for (const [side, size] of Object.entries({ a: short, b: long, full: long })) {
      const built = await ledgerServer(cacheFolder, size, progress);
      const server = join(folder, `${side}.git`);
      git(folder, 'clone', '--quiet', '--bare', '--local', built, server);
      sides[side] = { folder, side, server, clones: 0, versions: 0 };
    }
    progress('appending to and reading from both');
    return await compareAll(sides, progress);
  } finally {
    removeFolder(folder);
  }
}

async function compareAll(sides, progress) {
  const rows = [];
  for (const [name, task] of [
    ['catalogue, clone that never read the ledger', (side) => fresh(side, readOne)],
    ['append, clone that never read the ledger', (side) => fresh(side, appendOne)],
    ['catalogue, clone that has read it before', (side) => used(side, readOne)],
    ['append, clone that has read it before', (side) => used(side, appendOne)],
  ]) {
    const ratio = await compare({ runs, warmUp: false, a: task(sides.a), b: task(sides.b) });
    progress(`  ${name}`);
    rows.push({ name: `${name}: 100,000 / 100 entries`, ...ratio, target, counts: countsOf(sides) });
  }
  return [...rows, await compareFilling(sides, progress)];
}

/** One append in 256 puts the evidence of a bundle together: what it costs more than the others. */
async function compareFilling({ b, full }, progress) {
  const name = 'append that fills a bundle / one that does not, clone that never read the ledger, 100,000 entries';
  const ratio = await compare({
    runs,
    warmUp: false,
    a: fresh(b, appendOne),
    b: fresh(full, appendOne, fillButOne),
  });
  progress('  append that fills a bundle');
  return { name, ...ratio, counts: countsOf({ a: b, b: full }) };
}

async function fillButOne(side) {
  const clone = (side.other ??= makeClone(side));
  const { size } = await openLedger(clone).head();
  const events = [];
  const evidence = new Map();
  while ((size + events.length) % bundleWidth !== bundleWidth - 1) {
    const { event, snapshot, bytes } = nextVersion(side, 3 + (events.length % 900));
    events.push(event);
    evidence.set(snapshot, bytes);
  }
  await openLedger(clone).append(events, evidence);
}

function fresh(side, work, before = async () => undefined) {
  return {
    prepare: async () => {
      await before(side);
      writtenBy(side);
      return makeClone(side);
    },
    measure: (clone) => work(side, clone),
    after: (clone) => {
      side.last = {
        fetched: measureObjects(join(clone, '.git', 'weighbridge', 'ledger.git')),
        written: writtenBy(side),
      };
    },
  };
}

/** The clone has seen the ledger, and then somebody else appended to it. */
function used(side, work) {
  return {
    prepare: async () => {
      const clone = (side.used ??= makeClone(side));
      await readOne(side, clone);
      await appendOne(side, (side.other ??= makeClone(side)));
      const scratch = join(clone, '.git', 'weighbridge', 'ledger.git');
      writtenBy(side);
      return { clone, scratch, before: measureObjects(scratch) };
    },
    measure: ({ clone }) => work(side, clone),
    after: ({ scratch, before }) => {
      const now = measureObjects(scratch);
      side.last = {
        fetched: { objects: now.objects - before.objects, bytes: now.bytes - before.bytes },
        written: writtenBy(side),
      };
    },
  };
}

const readOne = (side, clone) => openLedger(clone).catalogue(modelName(1));

async function appendOne(side, clone) {
  const { event, snapshot, bytes } = nextVersion(side);
  await openLedger(clone).append([event], new Map([[snapshot, bytes]]));
}

function nextVersion(side, model = 2) {
  const name = modelName(model);
  const version = `2.${side.versions++}.0`;
  const bytes = utf8(JSON.stringify({ model: name, version, facts: 'x'.repeat(200) }));
  const snapshot = digestBytes(trust.sha256, bytes);
  return { event: registration(name, version, snapshot), snapshot, bytes };
}

function openLedger(clone) {
  return openGitLedger({ folder: clone, origin: 'ledger.test/bench', trust, random: () => 0.5 });
}

function makeClone(side) {
  const clone = join(side.folder, `${side.side}-${side.clones++}`);
  git(side.folder, 'init', '--quiet', clone);
  git(clone, 'remote', 'add', 'origin', side.server);
  return clone;
}

/** Objects that came to the server since it was asked last. */
function writtenBy(side) {
  const now = measureObjects(side.server);
  const before = side.measured ?? now;
  side.measured = now;
  return { objects: now.objects - before.objects, bytes: now.bytes - before.bytes };
}

/** Objects of a repository and the bytes that they take, compressed. */
function measureObjects(repository) {
  const listed = git(repository, 'count-objects', '-v');
  const valueOf = (key) => Number(new RegExp(`^${key}: (\\d+)$`, 'm').exec(listed)?.[1] ?? 0);
  return { objects: valueOf('count') + valueOf('in-pack'), bytes: 1024 * (valueOf('size') + valueOf('size-pack')) };
}

function countsOf({ a, b }) {
  const both = (pick) => ({ a: pick(a.last), b: pick(b.last) });
  return {
    'objects fetched or made': both(({ fetched }) => fetched.objects),
    'KiB of them': both(({ fetched }) => fetched.bytes / 1024),
    'objects pushed': both(({ written }) => written.objects),
    'KiB pushed': both(({ written }) => written.bytes / 1024),
  };
}

function git(cwd, ...words) {
  return execFileSync('git', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
