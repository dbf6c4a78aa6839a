// needs: go-programs, fsck
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  formatBase64,
  formatTlogProof,
  type LedgerEvent,
  parseCheckpoint,
  parseSignedNote,
  planConsistency,
  planInclusion,
  readProof,
} from '@weighbridge/ledger';
import { memoryLedger, nodeSha256, policyEvent, testEvent, testSigner } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const peers = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers');
const signer = testSigner('ledger.test/peers');
/** Around every width at which a tile, a level or a bundle begins or ends. */
const sizes = [1, 2, 3, 255, 256, 257, 511, 512, 600, 70_000];
/** Tessera's fsck ends with 0 whatever it finds, and waits for ever when it finds much: only its words count. */
const fsckTimeoutMs = 60_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weighbridge-peers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const remark = (number: number): LedgerEvent =>
  testEvent('annotated', { model: 'fraud', body: { detail: { number } } });

/** Every size at which each of the first two tiles has been empty, partial and full. An empty log has no checkpoint. */
const everySize = 600;
const everySizeTimeoutMs = 900_000;

/** A log of that many entries in the folder, with checkpoints of every append. */
async function writeLog(
  size: number,
): Promise<{ readonly branch: ReadonlyMap<string, Uint8Array>; readonly checkpoints: readonly string[] }> {
  const ledger = memoryLedger({ signer });
  const events = [policyEvent(), ...Array.from({ length: size - 1 }, (_, number) => remark(number))];
  const checkpoints: string[] = [];
  // Steps that do not fall together with tiles; in long logs the longest that one append takes.
  const step = size < 1000 ? 97 : 256;
  for (let at = 0; at < events.length; at += step) {
    await ledger.append(events.slice(at, at + step));
    checkpoints.push((await ledger.head()).checkpoint);
  }
  for (const [path, bytes] of ledger.branch) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return { branch: ledger.branch, checkpoints };
}

/** Brings the folder from one state of the branch to the next. */
function writeChanges(before: ReadonlyMap<string, Uint8Array>, after: ReadonlyMap<string, Uint8Array>): void {
  for (const path of before.keys()) if (!after.has(path)) rmSync(join(folder, path));
  for (const [path, bytes] of after) {
    if (before.get(path) === bytes) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

const ledgercheck = () => {
  const program = join(peers, 'go-programs', 'bin', 'ledgercheck');
  const { error, status, stdout, stderr } = spawnSync(program, [folder, signer.verifierKey], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, text: `${stdout}${stderr}`.trim() };
};

const fsck = () => {
  const key = join(folder, 'log.pub');
  writeFileSync(key, `${signer.verifierKey}\n`);
  const args = ['-ui=false', '-N=16', `-storage_url=file://${folder}`, `-public_key=${key}`];
  const { error, stdout, stderr } = spawnSync(join(peers, 'bin', 'fsck'), args, {
    encoding: 'utf8',
    timeout: fsckTimeoutMs,
  });
  const stopped = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
  if (error !== undefined && !stopped) throw error;
  return `${stdout}${stderr}`;
};

describe.each(sizes)('a log of %i entries', (size) => {
  it('is read by the log libraries of Go, with our proofs of entries and of growth', async () => {
    const { branch, checkpoints } = await writeLog(size);
    const checkpoint = checkpoints.at(-1) ?? '';
    for (const index of new Set([0, 1, size >> 1, size - 1])) {
      if (index >= size) continue;
      const hashes = readProof(nodeSha256, branch, planInclusion(index, size), size) ?? [];
      writeFileSync(join(folder, `${index}.tlog-proof`), formatTlogProof({ index, hashes, checkpoint, extra: null }));
    }
    for (const [number, older] of checkpoints.entries()) {
      const oldSize = parseCheckpoint(parseSignedNote(older)?.text ?? '')?.size ?? 0;
      const hashes = readProof(nodeSha256, branch, planConsistency(oldSize, size), size) ?? [];
      writeFileSync(
        join(folder, `${number}.consistency`),
        `from\n${oldSize}\n${hashes.map((hash) => `${formatBase64(hash)}\n`).join('')}\n${older}`,
      );
    }
    const proofs = Math.min(size, new Set([0, 1, size >> 1, size - 1]).size) + checkpoints.length;
    expect(ledgercheck()).toEqual({ status: 0, text: `OK ${size} ${proofs}` });
  });

  it('passes the check of Tessera', async () => {
    await writeLog(size);
    expect(fsck()).toContain(`Successfully fsck'd log with size ${size}`);
  });
});

it(
  `a log that grows by one entry at a time is accepted by both at every size up to ${everySize}`,
  async () => {
    const ledger = memoryLedger({ signer });
    let before = new Map<string, Uint8Array>();
    let older = '';
    for (let size = 1; size <= everySize; size++) {
      await ledger.append([size === 1 ? policyEvent() : remark(size)]);
      const after = new Map(ledger.branch);
      writeChanges(before, after);
      before = after;
      if (size > 1) {
        const hashes = readProof(nodeSha256, after, planConsistency(size - 1, size), size) ?? [];
        const lines = hashes.map((hash) => `${formatBase64(hash)}\n`).join('');
        writeFileSync(join(folder, 'last.consistency'), `from\n${size - 1}\n${lines}\n${older}`);
      }
      older = (await ledger.head()).checkpoint;
      expect(ledgercheck()).toEqual({ status: 0, text: `OK ${size} ${size > 1 ? 1 : 0}` });
      expect(fsck()).toContain(`Successfully fsck'd log with size ${size}`);
    }
  },
  everySizeTimeoutMs,
);

it('both find one flipped bit in an entry', async () => {
  await writeLog(300);
  expect(ledgercheck().status).toBe(0);
  expect(fsck()).toContain("Successfully fsck'd log with size 300");
  const path = join(folder, 'tile', 'entries', '000');
  const bytes = readFileSync(path);
  bytes[1000] = (bytes[1000] as number) ^ 1;
  writeFileSync(path, bytes);
  expect(ledgercheck().status).toBe(1);
  expect(fsck()).not.toContain("Successfully fsck'd");
});
