// A pull request that touches one base in a repository of 500 models and 200 data sets, against the same in one of 50
// and 20. What changed is the same: the base and the four models that are made from it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { canonicalJson, digestBytes, utf8 } from '@weighbridge/core';
import { openGitLedger } from '@weighbridge/git';
import { policyEvent, registeredEvent, testEvent, writeSafetensors } from '@weighbridge/testkit';
import { filesOfWorkTree, readGovernance, takeSnapshot } from '../../packages/flows/build/index.js';
import { openHost } from '../../packages/host/build/index.js';
import { dependenciesOf } from '../../packages/lineage/build/index.js';
import { digestSnapshot } from '../../packages/versioning/build/index.js';
import { signer, trust } from './ledger-server.mjs';
import { childrenCpuMs, medianOf, round } from './measure.mjs';
import { commandLine, makeFolder, plainEnvironment, removeFolder, root, runWell } from './workspace.mjs';

const runs = 3;
const target = 1.5;
/** A base, and the models that are made from it. */
const family = 5;
const eventsAtOnce = 200;

export async function benchMonorepo(progress) {
  const folder = makeFolder('monorepo');
  try {
    const small = await makeSide(folder, 50, progress);
    const large = await makeSide(folder, 500, progress);
    progress('checking the same change in both');
    const version = await compareChecking(small, large);
    const gate = await compareJudging(small, large);
    const counts = (ratio, sides) => ({
      models: { a: 50, b: 500 },
      'data sets': { a: 20, b: 200 },
      'models touched': { a: sides.a, b: sides.b },
      'ms, median': ratio.medianMs,
      'ms of processor time, median, with git': ratio.cpuMs,
    });
    const touched = { a: small.touched, b: large.touched };
    const reached = { a: small.reached, b: large.reached };
    return [
      {
        name: 'weighbridge version --since BASE: 500 / 50 models',
        ...version,
        target,
        counts: counts(version, touched),
      },
      {
        name: 'the same in user + system time',
        ...version.cpu,
        target,
        counts: {},
      },
      { name: 'a pull request judged: 500 / 50 models', ...gate, target, counts: counts(gate, reached) },
      { name: 'the same in user + system time', ...gate.cpu, target, counts: {} },
    ];
  } finally {
    removeFolder(folder);
  }
}

async function makeSide(folder, models, progress) {
  progress(`making a repository of ${models} models`);
  const seed = join(folder, `seed-${models}`);
  writeFiles(seed, filesOf(models));
  git(folder, 'init', '--quiet', '--initial-branch', 'main', seed);
  commitAll(seed, 'All models');
  await registerAll(seed, models, progress);
  const server = join(folder, `server-${models}.git`);
  git(folder, 'clone', '--quiet', '--bare', seed, server);
  const base = execFileSync('git', ['rev-parse', 'main'], { cwd: seed, encoding: 'utf8' }).trim();
  git(seed, 'switch', '--quiet', '--create', 'retrain');
  writeFiles(seed, { 'models/m-0/model.safetensors': weights(7) });
  commitAll(seed, 'Retrain');
  const clone = join(folder, `clone-${models}`);
  git(folder, 'clone', '--quiet', '--depth', '1', '--branch', 'retrain', pathToFileURL(seed).href, clone);
  return { models, folder, server, clone, base, touched: 0, reached: 0 };
}

async function checkVersion(side) {
  const words = [commandLine, 'version', '--since', side.base, '--json'];
  const { stdout } = await runWell(process.execPath, words, { cwd: side.clone });
  const { models, impact } = JSON.parse(stdout);
  side.touched = models.length + impact.models.length;
  if (models.length !== 1 || impact.models.length !== family - 1) throw new Error(`${stdout.slice(0, 400)}`);
}

/** Of the whole process, which node and git are started in. */
function compareChecking(small, large) {
  return compareSides(small, large, async (side) => {
    const started = { wall: performance.now(), cpu: childrenCpuMs() };
    await checkVersion(side);
    return { wall: performance.now() - started.wall, cpu: childrenCpuMs() - started.cpu };
  });
}

/** Only the judging is measured, by each process itself: what comes before is the fake forge's. */
function compareJudging(small, large) {
  return compareSides(small, large, judge);
}

/** In turn, so that neither always comes second. Other work on the machine disturbs processor time less than the clock. */
async function compareSides(small, large, measure) {
  const found = { a: [], b: [] };
  for (let run = 0; run < runs; run++) {
    const order = run % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
    for (const side of order) found[side].push(await measure(side === 'a' ? small : large));
  }
  const [wall, cpu] = ['wall', 'cpu'].map((of) => ratioOf(found, (each) => each[of]));
  return { ...wall.ratio, medianMs: wall.medianMs, cpuMs: cpu.medianMs, cpu: cpu.ratio };
}

function ratioOf(found, pick) {
  const [a, b] = [found.a.map(pick), found.b.map(pick)];
  const ratios = b.map((value, run) => value / a[run]);
  const ratio = { runs, min: round(Math.min(...b) / Math.min(...a)), median: round(medianOf(ratios)) };
  return { ratio, medianMs: { a: round(medianOf(a)), b: round(medianOf(b)) } };
}

async function judge(side) {
  const work = mkdtempSync(join(side.folder, 'job-'));
  const script = join(root, 'test', 'bench', 'judge-monorepo.mjs');
  const { stdout } = await runWell(process.execPath, [script, side.server, work]);
  const { judgedMs, cpuMs, models, reached } = JSON.parse(stdout);
  side.reached = models + reached;
  if (models !== 1 || reached !== family - 1) throw new Error(`judged ${models}, reached ${reached}`);
  return { wall: judgedMs, cpu: cpuMs };
}

/** The ledger that registering each model would have left, without running each. */
async function registerAll(seed, models, progress) {
  const ledger = openGitLedger({ folder: seed, origin: 'ledger.test/bench', trust, random: () => 0.5 });
  await ledger.append([policyEvent()]);
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: seed, encoding: 'utf8' }).trim();
  for (const isBase of [true, false]) {
    const { surroundings } = await openHost({
      folder: seed,
      environment: plainEnvironment(),
      offline: false,
      token: null,
      signingKey: null,
      progress: () => {},
    });
    const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), trust.sha256);
    const events = [];
    const evidence = new Map();
    for (const model of governance.models) {
      if ((model.manifest.base === null) !== isBase) continue;
      const { snapshot } = await takeSnapshot(surroundings, model, { depth: 'bytes' });
      const bytes = utf8(canonicalJson(snapshot));
      const digests = digestSnapshot(snapshot, trust.sha256);
      const digest = digestBytes(trust.sha256, bytes);
      evidence.set(digest, bytes);
      events.push(registration(model, snapshot, { ...digests, snapshot: digest, commit }));
    }
    for (let at = 0; at < events.length; at += eventsAtOnce) {
      const some = events.slice(at, at + eventsAtOnce);
      await ledger.append(some, new Map(some.map(({ body }) => [body.snapshot, evidence.get(body.snapshot)])));
    }
    progress(`  registered ${events.length} of ${models}`);
  }
}

function registration({ manifest, manifestPath }, snapshot, { identity, evidence, record, snapshot: digest, commit }) {
  const { body } = registeredEvent(manifest.name, '1.0.0');
  const dependencies = dependenciesOf(snapshot, { path: manifestPath, manifest });
  const own = { ...body, identity, evidence, record, snapshot: digest, dependencies, bump: 'initial' };
  const event = testEvent('registered', { model: manifest.name, version: '1.0.0', body: own });
  return { ...event, context: { ...event.context, commit } };
}

function filesOf(models) {
  const files = {
    'weighbridge.yaml': `version: 1\nledger: { signing: optional, keys: ["${signer.verifierKey}"] }\nrelease: { when: on-merge }\n`,
  };
  for (let model = 0; model < models; model++) {
    const group = Math.floor(model / family);
    const base = model % family === 0 ? '' : `base: { model: "registry:m-${group * family}@^1" }\n`;
    const set = group * 2 + (model % 2);
    files[`models/m-${model}/model.yaml`] =
      `name: m-${model}\nkind: model\ndescription: Model ${model}\nowners: [alice]\n${base}` +
      `artifacts: [model.safetensors]\nconfig: [settings.yaml]\nstore: reference\n` +
      `data:\n  - { name: train, role: train, ref: /data/set-${set}.csv }\n  - { name: holdout, role: eval, ref: s3://acme/holdout-${group}.csv?versionId=1 }\n` +
      `metrics: [{ id: eval, path: eval.json }]\n` +
      `training: { framework: pytorch, framework_version: 2.9.0, hardware: 1xA100, duration: PT1H }\n`;
    files[`models/m-${model}/settings.yaml`] = `threshold: 0.${model}\n`;
    files[`models/m-${model}/eval.json`] = '{"accuracy": 0.95}\n';
    files[`models/m-${model}/model.safetensors`] = weights(model);
    files[`data/set-${set}.csv`] = `a,b\n${set},1\n`;
  }
  return files;
}

function weights(value) {
  const bytes = new Uint8Array(new Float32Array(4).fill(value).buffer);
  return writeSafetensors({ tensors: [{ name: 'layer.weight', dtype: 'F32', shape: [2, 2], bytes }] });
}

function writeFiles(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

function commitAll(folder, message) {
  git(folder, 'config', 'user.name', 'Alice');
  git(folder, 'config', 'user.email', 'alice@example.test');
  git(folder, 'add', '-A');
  git(folder, 'commit', '--quiet', '-m', message);
}

function git(cwd, ...words) {
  execFileSync('git', words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
