// A bare repository whose ledger branch has many entries, made by the pure functions of the ledger and one git
// fast-import: the same files that as many appends would have left.
import { spawn, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { digestBytes, parseModelName, parseVersion, utf8 } from '@weighbridge/core';
import { combineGroups, planEvidenceFiles, planFiles, prepareGroup, readTip } from '@weighbridge/ledger';
import { nodeSha256, nodeVerify, policyEvent, registeredEvent, testEvent, testSigner } from '@weighbridge/testkit';

/** A change here or in the layout of the ledger needs another number, since built servers are kept. */
const layout = 5;
const entriesOfVersion = 4;

export const signer = testSigner('ledger.test/bench');
export const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [signer.verifierKey], signer };
/** Signatures that we have just made are not verified: that is half of the time that building takes. */
const building = { ...trust, verifySignature: () => true };
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
  const branch = new Map();
  let size = 0;
  const append = async (events, evidence) => {
    await appendTo(branch, events, evidence);
    size += events.length;
  };
  await append([policyEvent()], new Map());
  for (const [place, history] of histories.entries()) {
    const told = history(size);
    await append(told.events, told.evidence);
    if (place % 250 === 249) progress(`  ${size} entries`);
  }
  const importer = spawn('git', ['-C', folder, 'fast-import', '--quiet', '--done'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(importer, 'close');
  for (const part of formatCommit(branch, size)) if (!importer.stdin.write(part)) await once(importer.stdin, 'drain');
  importer.stdin.end('done\n');
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
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

async function appendTo(branch, events, evidence) {
  const read = (paths) => new Map(paths.filter((path) => branch.has(path)).map((path) => [path, branch.get(path)]));
  const source = {
    read: async (paths) => read(paths),
    has: async (paths) => new Set(read(paths).keys()),
    measure: async (paths) => new Map([...read(paths)].map(([path, bytes]) => [path, bytes.length])),
  };
  const tip = await readTip(source, building);
  const combination = await combineGroups(source, tip, [prepareGroup(events, evidence, trust)], building);
  const [outcome] = combination.outcomes.values();
  if (outcome.outcome !== 'taken') throw new Error(`the ledger refused an entry: ${outcome.because}`);
  const made = await planEvidenceFiles(source, tip, combination, nodeSha256);
  const { files } = planFiles(combination, tip, { origin: 'ledger.test/bench', trust: building, evidence: made });
  for (const [path, bytes] of files) {
    if (bytes === null) branch.delete(path);
    else branch.set(path, bytes);
  }
}

function* formatCommit(files, size) {
  const message = `${size} entries\n`;
  yield `commit refs/heads/weighbridge\ncommitter bench <bench@bench.invalid> 1767225600 +0000\ndata ${message.length}\n${message}`;
  for (const [path, bytes] of files) {
    yield `M 100644 inline ${path}\ndata ${bytes.length}\n`;
    yield bytes;
    yield '\n';
  }
}
