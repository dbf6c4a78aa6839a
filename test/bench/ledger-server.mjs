// A bare repository whose ledger branch has many entries, made by the pure functions of the ledger and one git
// fast-import: the same files that as many appends would have left.
import { spawn, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { digestBytes, parseModelName, parseVersion, utf8 } from '@weighbridge/core';
import {
  cataloguePath,
  foldNext,
  formatEntry,
  idShardPath,
  modelNamesPath,
  modelPagePath,
  parseVerifierKey,
  planEvidenceFiles,
  planFiles,
} from '@weighbridge/ledger';
import { nodeSha256, nodeVerify, policyEvent, registeredEvent, testEvent, testSigner } from '@weighbridge/testkit';
import { readBound } from '../../packages/ledger/build/map/bound-files.js';

/** A change here or in the layout of the ledger needs another number, since built servers are kept. */
const layout = 5;
const entriesOfVersion = 4;

export const signer = testSigner('ledger.test/bench');
export const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [signer.verifierKey], signer };
export const modelName = (number) => parseModelName(`model-${number}`);

/** The repository with that many entries, built when it is not there. Nothing ever writes to it. */
export async function ledgerServer(cache, { entries, models }, progress) {
  const path = join(cache, `ledger-${layout}-${entries}-${models}.git`);
  if (existsSync(path)) return path;
  progress(`building a ledger of ${entries} entries about ${models} models (kept in .cache/bench)`);
  const draft = `${path}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', draft]);
  await importLedger(draft, { entries, models }, progress);
  renameSync(draft, path);
  return path;
}

/** One commit with the last state: the branch is read and fetched shallow, so what came before it is never looked at. */
async function importLedger(folder, { entries, models }, progress) {
  const perModel = Math.ceil((entries - 1) / models / entriesOfVersion) * entriesOfVersion;
  await importHistories(
    folder,
    Array.from({ length: models }, (_, model) => (size) => eventsOf(model, Math.min(perModel, entries - size))),
    progress,
  );
}

/** A ledger of the events that each history gives when it is told how many entries there are. */
export async function importHistories(folder, histories, progress) {
  const log = new LogOnce();
  log.add([policyEvent()], new Map());
  for (const [place, history] of histories.entries()) {
    const { events, evidence } = history(log.size);
    log.add(events, evidence);
    if (place % 100 === 99) progress(`  ${log.size} entries`);
  }
  progress('  writing them into git');
  const files = await log.files();
  const importer = spawn('git', ['-C', folder, 'fast-import', '--quiet', '--done'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(importer, 'close');
  for (const part of formatCommit(files, log.size))
    if (!importer.stdin.write(part)) await once(importer.stdin, 'drain');
  importer.stdin.end('done\n');
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

/**
 * A log that is made in one append, however long: each entry is signed and folded once, and no file is written twice.
 * The files are those that as many appends would have left, since all of them follow from the entries.
 */
class LogOnce {
  size = 0;
  policy = null;
  #appended = [];
  #evidence = new Map();
  #shards = new Map();
  #catalogues = new Map();
  #keyId = keyIdOf(signer.verifierKey);

  add(events, evidence) {
    for (const event of events) {
      const step = foldNext({ size: this.size, policy: this.policy, catalogues: this.#catalogues }, event);
      if (step.outcome !== 'folded') throw new Error(`the ledger refuses an entry: ${step.because}`);
      this.policy = step.policy;
      if (step.changed !== null) this.#catalogues.set(step.changed.model, step.changed);
      const bytes = formatEntry(nodeSha256, event, signer);
      this.#appended.push({ bytes, entry: { event, keyId: this.#keyId } });
      const shard = idShardPath(event.id);
      this.#shards.set(shard, (this.#shards.get(shard) ?? new Map()).set(event.id, this.size));
      this.size++;
    }
    for (const [digest, bytes] of evidence) this.#evidence.set(digest, bytes);
  }

  async files() {
    const models = [...this.#catalogues.keys()];
    const derived = [
      ...this.#shards.keys(),
      modelNamesPath,
      ...models.flatMap((name) => [cataloguePath(name), modelPagePath(name)]),
    ];
    const combination = {
      outcomes: new Map(),
      appended: this.#appended,
      evidence: this.#evidence,
      shards: this.#shards,
      changed: this.#catalogues,
      policy: this.policy,
      names: models,
      bound: await readBound(nothing, null, derived, nodeSha256),
    };
    const made = await planEvidenceFiles(nothing, null, combination, nodeSha256);
    return planFiles(combination, null, { origin: 'ledger.test/bench', trust, evidence: made }).files;
  }
}

/** The branch before the first append. */
const nothing = { read: async () => new Map(), has: async () => new Set(), measure: async () => new Map() };

function keyIdOf(verifierKey) {
  const { name, keyId } = parseVerifierKey(nodeSha256, verifierKey);
  return `${name}+${keyId}`;
}

/** What versions go through: registered, measured once more, staging, production; each names a document of its own. */
function eventsOf(model, count) {
  const name = modelName(model);
  const evidence = new Map();
  const document = (what) => {
    const bytes = utf8(JSON.stringify({ model: name, what, facts: 'x'.repeat(200) }));
    const digest = digestBytes(nodeSha256, bytes);
    evidence.set(digest, bytes);
    return digest;
  };
  const events = [];
  for (let number = 0; number < count; number++) {
    const version = `1.${Math.floor(number / entriesOfVersion)}.0`;
    const before = number < entriesOfVersion ? null : parseVersion(`1.${Math.floor(number / entriesOfVersion) - 1}.0`);
    events.push(eventOf({ name, version, before, step: number % entriesOfVersion, document }));
  }
  return { events, evidence };
}

function eventOf({ name, version, before, step, document }) {
  const about = { model: name, version };
  if (step === 0) return registration(name, version, document(`snapshot of ${version}`));
  if (step === 1) {
    const body = { metrics: document(`metrics of ${version}`), id: 'eval', level: 'reported' };
    return testEvent('evidence-added', { ...about, body });
  }
  const to = step === 2 ? 'staging' : 'production';
  const decision = document(`decision on ${version} for ${to}`);
  const identity = registration(name, version, decision).body.identity;
  return testEvent('transitioned', {
    ...about,
    body: { from: null, to, replaces: before, identity, decision, verdict: 'pass' },
  });
}

/** A registration whose snapshot has that digest. */
export function registration(name, version, snapshot) {
  const { body } = registeredEvent(name, version);
  return testEvent('registered', { model: name, version, body: { ...body, snapshot } });
}

function* formatCommit(files, size) {
  const message = `${size} entries\n`;
  yield `commit refs/heads/weighbridge\ncommitter bench <bench@bench.invalid> 1767225600 +0000\ndata ${message.length}\n${message}`;
  for (const [path, bytes] of files) {
    if (bytes === null) continue;
    yield `M 100644 inline ${path}\ndata ${bytes.length}\n`;
    yield bytes;
    yield '\n';
  }
}
