// Questions to a registry of 100,000 versions of 1,000 models against one of 1,000 versions of 40: each a whole command
// in a clone, with git. What follows a path, or looks at one model, should cost the same in both; what depends on
// something is looked for in all that is registered once, and after that in what changed. The servers are bare
// repositories on this disk.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, digestBytes, utf8 } from '@weighbridge/core';
import { openGitLedger } from '@weighbridge/git';
import { formatPrivateKeyNote } from '@weighbridge/ledger';
import { registeredEvent, testEvent } from '@weighbridge/testkit';
import { importHistories, modelName, signer, trust } from './ledger-server.mjs';
import { childrenCpuMs, medianOf, round } from './measure.mjs';
import { cacheFolder, commandLine, makeFolder, plainEnvironment, removeFolder, runWell } from './workspace.mjs';

/** A change of what is built needs another number. */
const layout = 2;
const sizes = { a: { models: 40, versionsEach: 25 }, b: { models: 1_000, versionsEach: 100 } };
const signingKey = formatPrivateKeyNote(trust.sha256, { name: 'ledger.test/bench', ...signer });
const runs = 3;
const target = 1.5;
/** Every twentieth model is a base that nineteen others are made from; each version names three data sets as well. */
const family = 20;

/** A model of the checkout, of which the ledger has as many versions as of each other. */
const madeHere = 'model-20';

/** What is asked of both, in this order; `once` for what the second time is another question. */
const questions = [
  { name: 'impact, for the first time', words: ['impact', 'model-0'], once: true },
  { name: 'impact, after one more version', words: ['impact', 'model-0'], once: true, appends: true },
  { name: 'impact, with nothing new', words: ['impact', 'model-0'] },
  { name: 'lineage of a version, up', words: ['lineage', 'model-21@1.10.0', '--direction', 'up'], target },
  { name: 'lineage of a base, both ways', words: ['lineage', 'model-20@1.10.0'] },
  { name: 'show of one model', words: ['show', 'model-21'], target },
  { name: 'show of all', words: ['show'], once: true },
  { name: 'plan of one model that changed', words: ['register', madeHere, '--dry-run'], target },
  { name: 'register one model that changed', words: ['register', madeHere], changes: true, target },
  { name: 'audit verify', words: ['audit', 'verify'], once: true },
];

export async function benchImpact(progress) {
  const folder = makeFolder('impact');
  try {
    const sides = {};
    for (const [side, size] of Object.entries(sizes))
      sides[side] = openSide(folder, await builtServer(size, progress), { side, ...size });
    const rows = [];
    for (const question of questions) {
      rows.push(await compareSides(sides, question));
      progress(`  ${question.name}`);
    }
    return rows;
  } finally {
    removeFolder(folder);
  }
}

/** A clone as a job has it, with a server of its own that can be written. */
function openSide(folder, built, { side, ...size }) {
  const server = join(folder, `${side}.git`);
  git(folder, 'clone', '--quiet', '--bare', '--local', built, server);
  const clone = join(folder, side);
  git(folder, 'init', '--quiet', '--initial-branch', 'main', clone);
  git(clone, 'remote', 'add', 'origin', server);
  const ledger = `{ signing: optional, keys: ["${signer.verifierKey}"] }`;
  writeFileSync(join(clone, 'weighbridge.yaml'), `version: 1\nledger: ${ledger}\n`);
  mkdirSync(join(clone, 'models', madeHere), { recursive: true });
  writeFileSync(
    join(clone, 'models', madeHere, 'model.yaml'),
    `name: ${madeHere}\nkind: model\nartifacts: [weights.bin]\nstore: reference\n`,
  );
  retrain(clone, 'first');
  git(clone, 'push', '--quiet', 'origin', 'main');
  return { ...size, folder, server, clone, kept: join(clone, '.git', 'weighbridge', 'lineage-index') };
}

/** Other weights, committed. */
function retrain(clone, weights) {
  writeFileSync(join(clone, 'models', madeHere, 'weights.bin'), weights);
  git(clone, 'add', '-A');
  git(clone, '-c', 'user.name=Alice', '-c', 'user.email=alice@example.test', 'commit', '--quiet', '-m', 'Retrain');
}

/** In turn, so that neither always comes second. Other work on the machine disturbs processor time less than the clock. */
async function compareSides(sides, { name, words, once = false, appends = false, changes = false, target: aim }) {
  const found = { a: [], b: [] };
  for (let run = 0; run < (once ? 1 : runs); run++) {
    for (const side of run % 2 === 0 ? ['a', 'b'] : ['b', 'a']) {
      if (appends) await appendOne(sides[side]);
      if (changes) retrain(sides[side].clone, `run ${run}`);
      found[side].push(await timeOf(sides[side], words));
    }
  }
  const of = (side, what) => found[side].map((each) => each[what]);
  const ratios = of('b', 'cpuMs').map((value, run) => value / found.a[run].cpuMs);
  return {
    name: `${name}: 100,000 / 1,000 versions, processor time`,
    min: round(Math.min(...of('b', 'cpuMs')) / Math.min(...of('a', 'cpuMs'))),
    median: round(medianOf(ratios)),
    ...(aim === undefined ? {} : { target: aim }),
    counts: {
      'ms of processor time, with git': { a: medianOf(of('a', 'cpuMs')), b: medianOf(of('b', 'cpuMs')) },
      'ms on the clock': { a: medianOf(of('a', 'wallMs')), b: medianOf(of('b', 'wallMs')) },
      ...(words[0] === 'impact' ? { 'kB kept': { a: keptOf(sides.a), b: keptOf(sides.b) } } : {}),
    },
  };
}

function keptOf({ kept }) {
  return statSync(kept).size / 1e3;
}

async function timeOf({ clone }, asked) {
  const started = { wall: performance.now(), cpu: childrenCpuMs() };
  const environment = { ...plainEnvironment(), WEIGHBRIDGE_SIGNING_KEY: signingKey };
  const words = [commandLine, ...asked, '--json'];
  await runWell(process.execPath, words, { cwd: clone, environment, timeoutMs: 1_800_000 });
  return { wallMs: performance.now() - started.wall, cpuMs: childrenCpuMs() - started.cpu };
}

async function appendOne({ folder, server, versionsEach }) {
  const writer = mkdtempSync(join(folder, 'writer-'));
  git(folder, 'init', '--quiet', writer);
  git(writer, 'remote', 'add', 'origin', server);
  const { events, evidence } = historyOf(0, versionsEach, versionsEach + 1);
  await openGitLedger({ folder: writer, origin: 'ledger.test/bench', trust, random: () => 0.5 }).append(
    events,
    evidence,
  );
}

async function builtServer({ models, versionsEach }, progress) {
  const path = join(cacheFolder, `impact-${layout}-${models}-${versionsEach}.git`);
  if (existsSync(path)) return path;
  progress(`building a ledger of ${models * versionsEach} versions (kept in .cache/bench)`);
  const draft = `${path}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(cacheFolder, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', draft]);
  const histories = Array.from({ length: models }, (_, model) => () => historyOf(model, 0, versionsEach));
  await importHistories(draft, histories, progress);
  renameSync(draft, path);
  return path;
}

/** Versions of one model, the oldest first. */
function historyOf(model, from, to) {
  const name = modelName(model);
  const events = [];
  const evidence = new Map();
  for (let number = from; number < to; number++) {
    const version = `1.${number}.0`;
    const bytes = utf8(canonicalJson(snapshotOf(name, number)));
    const snapshot = digestBytes(trust.sha256, bytes);
    evidence.set(snapshot, bytes);
    const { body } = registeredEvent(name, version);
    const dependencies = dependenciesOf(model, number);
    events.push(testEvent('registered', { model: name, version, body: { ...body, snapshot, dependencies } }));
  }
  return { events, evidence };
}

function snapshotOf(model, number) {
  return {
    schema: 1,
    model,
    kind: 'model',
    base: null,
    retrieval: null,
    interface: null,
    artifacts: [],
    data: [],
    config: [],
    code: [],
    prompts: [],
    metrics: [],
    uses: [],
    runtime: { framework: 'pytorch', frameworkVersion: '2.9.0', image: null, lock: null },
    training: { duration: `PT${number}H` },
    documentation: { description: null, owners: [], files: [] },
    metadata: {},
  };
}

function dependenciesOf(model, number) {
  const base = model - (model % family);
  const bases =
    base === model
      ? []
      : [{ kind: 'base', role: null, ref: `registry:${modelName(base)}`, pin: `1.${number}.0`, range: '^1' }];
  const sets = [0, 1, 2].map((set) => {
    const ref = `s3://acme/set-${(model + set) % 200}`;
    return { kind: 'data', role: set === 2 ? 'eval' : 'train', ref, pin: `${ref}?versionId=${number}`, range: null };
  });
  return [...bases, ...sets];
}

function git(cwd, ...words) {
  execFileSync('git', words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
