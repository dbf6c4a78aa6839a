// needs: litewitness, python
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { utf8 } from '@weighbridge/core';
import {
  emptyRoot,
  formatBase64,
  formatSignedNote,
  type LedgerEvent,
  parseSignedNote,
  parseVerifierKey,
  planConsistency,
  readProof,
  type SignedNote,
  verifyLog,
  verifyNote,
} from '@weighbridge/ledger';
import { memoryLedger, nodeSha256, nodeVerify, policyEvent, testEvent, testSigner } from '@weighbridge/testkit';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askPython } from './ask-python.js';

const program = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers', 'bin', 'litewitness');
const origin = 'ledger.test/witnessed';
const witnessName = 'witness.test/local';
const signer = testSigner(origin);
const logKey = parseVerifierKey(nodeSha256, signer.verifierKey);
/** Around the width of a tile, and no step of more entries than one append takes. */
const sizes = [1, 2, 255, 256, 257, 500, 600, 700];
const startTimeoutMs = 20_000;
const toolTimeoutMs = 20_000;
const requestTimeoutMs = 10_000;
const pollMs = 20;

/** A log as it was when it had that many entries. */
interface Moment {
  readonly size: number;
  readonly checkpoint: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}
type History = (size: number) => Moment;

/** One log at each of the sizes; where an entry is named, that one says something else than in other histories. */
async function writeHistory(rewritten: number | null): Promise<History> {
  const remark = (number: number): LedgerEvent =>
    testEvent('annotated', { model: 'fraud', body: { detail: { number, good: number !== rewritten } } });
  const ledger = memoryLedger({ signer, origin });
  const moments = new Map<number, Moment>();
  let written = 0;
  for (const size of sizes) {
    const indices = Array.from({ length: size - written }, (_, at) => written + at);
    await ledger.append(indices.map((index) => (index === 0 ? policyEvent() : remark(index))));
    moments.set(size, { size, checkpoint: (await ledger.head()).checkpoint, files: new Map(ledger.branch) });
    written = size;
  }
  return (size) => moments.get(size) ?? expect.fail(`no history of ${size} entries`);
}

let honest: History;
let rewritten: History;
beforeAll(async () => {
  honest = await writeHistory(null);
  rewritten = await writeHistory(4);
});

let folder: string;
let started: ChildProcess[] = [];
let address: string;
let witnessKey: Uint8Array;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'witness-'));
  await startWitness();
});
afterEach(async () => {
  for (const child of started) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  started = [];
  rmSync(folder, { recursive: true, force: true });
});

/** The witness keeps its key in an agent of its own and knows one log, of which it has seen nothing. */
async function startWitness(): Promise<void> {
  const socket = join(folder, 'agent');
  const key = join(folder, 'key');
  const database = join(folder, 'witness.db');
  runTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  await startProgram('ssh-agent', ['-D', '-a', socket], async () => existsSync(socket));
  runTool('ssh-add', ['-q', key], { SSH_AUTH_SOCK: socket });
  const blob = Buffer.from(readFileSync(`${key}.pub`, 'utf8').split(' ')[1] ?? '', 'base64');
  witnessKey = new Uint8Array(blob.subarray(-32));
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replaceAll('=', '')}`;
  const listen = `127.0.0.1:${await freePort()}`;
  address = `http://${listen}`;
  await startProgram(
    program,
    ['-name', witnessName, '-db', database, '-ssh-agent', socket, '-key', fingerprint, '-listen', listen],
    isServing,
  );
  introduceLog(database);
}

/** What witnessctl's add-log and add-key do, in the tables that the witness made. */
function introduceLog(database: string): void {
  const script = `
import sqlite3, sys
database, origin, root, key = sys.argv[1:]
with sqlite3.connect(database, timeout=10) as db:
    db.execute('INSERT INTO log (origin, tree_size, tree_hash) VALUES (?, 0, ?)', (origin, root))
    db.execute('INSERT INTO key (origin, key) VALUES (?, ?)', (origin, key))
print('true')`;
  askPython(script, database, origin, formatBase64(emptyRoot(nodeSha256)), signer.verifierKey);
}

function runTool(name: string, words: readonly string[], environment: Record<string, string> = {}): void {
  const env = { ...process.env, ...environment };
  const { error, status, stderr } = spawnSync(name, words, { encoding: 'utf8', env, timeout: toolTimeoutMs });
  if (status !== 0) throw new Error(`${name}: ${error?.message ?? stderr}`);
}

async function startProgram(path: string, words: readonly string[], isReady: () => Promise<boolean>): Promise<void> {
  const child = spawn(path, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  started.push(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.on('error', (error) => (said += error.message));
  const deadlineMs = performance.now() + startTimeoutMs;
  while (!(await isReady())) {
    const isGone = child.pid === undefined || child.exitCode !== null || performance.now() > deadlineMs;
    if (isGone) throw new Error(`${path} did not start: ${said}`);
    await sleep(pollMs);
  }
}

async function isServing(): Promise<boolean> {
  return fetch(address, { signal: AbortSignal.timeout(requestTimeoutMs) }).then(
    async (response) => (await response.text()).includes(witnessName),
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** C2SP tlog-witness: the size that the witness should know, our proof of growth from there, the checkpoint. */
async function submit(oldSize: number, { size, checkpoint, files }: Moment) {
  const hashes = readProof(nodeSha256, files, planConsistency(oldSize, size), size);
  if (hashes === null) throw new Error(`no proof from ${oldSize} to ${size}`);
  const proof = hashes.map((hash) => `${formatBase64(hash)}\n`).join('');
  const response = await fetch(`${address}/add-checkpoint`, {
    method: 'POST',
    body: `old ${oldSize}\n${proof}\n${checkpoint}`,
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
  return { status: response.status, body: await response.text() };
}

/** The witness sees the honest log grow to 600 entries. */
async function growHonestly(): Promise<void> {
  expect(await submit(0, honest(257))).toMatchObject({ status: 200 });
  expect(await submit(257, honest(600))).toMatchObject({ status: 200 });
}

/** C2SP tlog-cosignature: type 4, eight bytes of time before the signature of time and text. */
function verifyCosignature(text: string, { name, keyId, signature }: SignedNote['signatures'][number]): boolean {
  const id = nodeSha256(Buffer.concat([utf8(`${name}\n`), Uint8Array.of(4), witnessKey])).slice(0, 4);
  const time = Buffer.from(signature).readBigUInt64BE(0);
  const isOfKey = name === witnessName && Buffer.from(id).equals(keyId);
  return isOfKey && nodeVerify(witnessKey, utf8(`cosignature/v1\ntime ${time}\n${text}`), signature.slice(8));
}

async function findingsOf({ files }: Moment, kept: string): Promise<readonly string[]> {
  const { findings } = await verifyLog({
    paths: [...files.keys()],
    read: async (paths) => new Map([...files].filter(([path]) => paths.includes(path))),
    trust: { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [signer.verifierKey] },
    otherCheckpoints: [{ from: 'the witness', text: kept }],
  });
  return findings.map(({ code }) => code);
}

describe('a witness', () => {
  it('cosigns every step of honest growth, and the same checkpoint again', async () => {
    let known = 0;
    for (const size of sizes) {
      const answer = await submit(known, honest(size));
      expect([size, answer.status, answer.body]).toEqual([size, 200, expect.stringContaining(`— ${witnessName} `)]);
      known = size;
    }
    expect(await submit(known, honest(known))).toMatchObject({ status: 200 });
  });

  it('makes a checkpoint that our readers take, with a cosignature that verifies', async () => {
    const { checkpoint } = honest(257);
    const cosigned = `${checkpoint}${(await submit(0, honest(257))).body}`;
    const note = parseSignedNote(cosigned) ?? expect.fail('not a signed note');
    expect(formatSignedNote(note)).toBe(cosigned);
    expect(note.signatures.map(({ name }) => name)).toEqual([origin, witnessName]);
    expect(verifyNote(note, [logKey], nodeVerify)).toEqual([logKey]);
    const [, cosignature] = note.signatures;
    if (cosignature === undefined) throw new Error('no cosignature');
    expect(verifyCosignature(note.text, cosignature)).toBe(true);
    expect(verifyCosignature(parseSignedNote(honest(600).checkpoint)?.text ?? '', cosignature)).toBe(false);
    expect(await findingsOf(honest(600), cosigned)).toEqual([]);
    expect(await findingsOf(rewritten(600), cosigned)).toEqual(['checkpoint-inconsistent']);
  });

  it('refuses a rewritten event in a larger log of the same key, which by itself is whole', async () => {
    await growHonestly();
    expect(await findingsOf(rewritten(700), rewritten(600).checkpoint)).toEqual([]);
    expect(await submit(600, rewritten(700))).toEqual({ status: 422, body: 'bad consistency proof\n' });
    expect(await submit(600, honest(700))).toMatchObject({ status: 200 });
  });

  it('refuses a rollback, and says what it knows', async () => {
    await growHonestly();
    expect(await submit(256, honest(257))).toEqual({ status: 409, body: '600\n' });
    expect(await submit(0, rewritten(257))).toEqual({ status: 409, body: '600\n' });
    expect(await submit(600, honest(700))).toMatchObject({ status: 200 });
  });

  it('refuses another root of the same size', async () => {
    await growHonestly();
    expect(await submit(600, rewritten(600))).toEqual({ status: 422, body: 'bad consistency proof\n' });
    expect(await submit(600, honest(600))).toMatchObject({ status: 200 });
  });
});
