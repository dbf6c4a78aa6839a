// What depends on something, over 100,000 versions of 1,000 models: read for the first time, and again after one model
// got another version. The server is a bare repository on this disk.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestBytes, utf8 } from '@weighbridge/core';
import { openGitLedger } from '@weighbridge/git';
import { registeredEvent, testEvent } from '@weighbridge/testkit';
import { keptFile } from '../../packages/host/build/kept-file.js';
import { readLines } from '../../packages/flows/build/lineage/read-lines.js';
import { findImpact } from '../../packages/lineage/build/index.js';
import { openRuleBook } from '../../packages/versioning/build/index.js';
import { importHistories, modelName, trust } from './ledger-server.mjs';
import { round } from './measure.mjs';
import { cacheFolder, makeFolder, removeFolder } from './workspace.mjs';

/** A change of what is built needs another number. */
const layout = 1;
const models = 1_000;
const versionsEach = 100;
/** Every twentieth model is a base that nineteen others are made from; each version names three data sets as well. */
const family = 20;

export async function benchImpact(progress) {
  const server = await impactServer(progress);
  const folder = makeFolder('impact');
  try {
    const clone = join(folder, 'clone');
    git(folder, 'init', '--quiet', clone);
    git(clone, 'remote', 'add', 'origin', server);
    const kept = join(clone, '.git', 'weighbridge', 'lineage-index');
    progress(`asking what depends on a base, of ${models * versionsEach} versions`);
    const first = await askOnce(clone, kept);
    const again = await askOnce(clone, kept);
    const own = join(folder, 'server.git');
    git(folder, 'clone', '--quiet', '--bare', '--local', server, own);
    git(clone, 'remote', 'set-url', 'origin', own);
    await appendOne(folder, own);
    const after = await askOnce(clone, kept);
    const counts = {
      versions: { a: first.versions, b: after.versions },
      'models that depend on it': { a: first.rows, b: after.rows },
      'catalogues read': { a: models, b: 1 },
      seconds: { a: first.seconds, b: after.seconds },
      'seconds, nothing new': { a: null, b: again.seconds },
      'MB kept': { a: null, b: statSync(kept).size / 1e6 },
    };
    const ratio = round(after.seconds / first.seconds);
    return [
      {
        name: 'impact over 100,000 versions: after one more version / for the first time',
        min: ratio,
        median: ratio,
        counts,
      },
    ];
  } finally {
    removeFolder(folder);
  }
}

async function askOnce(clone, kept) {
  const started = performance.now();
  const ledger = openLedger(clone);
  const surroundings = { ledger, sha256: trust.sha256, lineageCache: keptFile(kept), progress: () => {} };
  const lines = await readLines(surroundings);
  const rows = findImpact({
    lines,
    subjects: [{ kind: 'model', model: modelName(0), version: null }],
    bump: 'minor',
    book: openRuleBook({ preset: 'weights', rules: {} }),
  });
  const seconds = (performance.now() - started) / 1000;
  if (rows.length < family - 1) throw new Error(`only ${rows.length} models depend on the base`);
  const versions = [...lines.values()].reduce((sum, line) => sum + line.versions.length, 0);
  return { seconds, rows: rows.length, versions };
}

async function appendOne(folder, server) {
  const clone = join(folder, 'writer');
  git(folder, 'init', '--quiet', clone);
  git(clone, 'remote', 'add', 'origin', server);
  const { events, evidence } = historyOf(0, versionsEach, versionsEach + 1);
  await openLedger(clone).append(events, evidence);
}

async function impactServer(progress) {
  const path = join(cacheFolder, `impact-${layout}-${models}-${versionsEach}.git`);
  if (existsSync(path)) return path;
  progress(`building a ledger of ${models * versionsEach} versions (kept in .cache/bench)`);
  const draft = `${path}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(cacheFolder, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', draft]);
  await importHistories(
    draft,
    Array.from({ length: models }, (_, model) => () => historyOf(model, 0, versionsEach)),
    progress,
  );
  renameSync(draft, path);
  return path;
}

/** Versions of one model, the oldest first. */
function historyOf(model, from, to) {
  const events = [];
  const evidence = new Map();
  for (let number = from; number < to; number++) {
    const bytes = utf8(JSON.stringify({ model, number }));
    const snapshot = digestBytes(trust.sha256, bytes);
    evidence.set(snapshot, bytes);
    const version = `1.${number}.0`;
    const { body } = registeredEvent(modelName(model), version);
    const dependencies = dependenciesOf(model, number);
    events.push(
      testEvent('registered', { model: modelName(model), version, body: { ...body, snapshot, dependencies } }),
    );
  }
  return { events, evidence };
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

function openLedger(clone) {
  return openGitLedger({ folder: clone, origin: 'ledger.test/bench', trust, random: () => 0.5 });
}

function git(cwd, ...words) {
  execFileSync('git', words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
