import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { utf8 } from '@weighbridge/core';
import { openGitLedger } from '@weighbridge/git';
import { peekEntry, verifyLog } from '@weighbridge/ledger';
import {
  digestOf,
  evidenceFor,
  nodeSha256,
  nodeVerify,
  policyEvent,
  registeredEvent,
  testEvent,
  testSigner,
} from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const signer = testSigner('ledger.test/concurrency');
const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [signer.verifierKey], signer };
/** Each writer starts about twenty git commands for an entry, on however few cores there are. */
const timeoutMs = 900_000;
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

let folder: string;
let started: ChildProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weighbridge-processes-'));
  git(folder, 'init', '--quiet', '--bare', 'server.git');
});
afterEach(async () => {
  for (const child of started) await kill(child);
  started = [];
  rmSync(folder, { recursive: true, force: true });
});

function cloneOf(name: string): string {
  const clone = join(folder, name);
  git(folder, 'clone', '--quiet', join(folder, 'server.git'), clone);
  return clone;
}

const open = (name: string) =>
  openGitLedger({ folder: cloneOf(name), origin: 'ledger.test/concurrency', trust, random: Math.random });

/** A log of 250 entries: six more fill its first bundle. */
async function begin(): Promise<void> {
  const remarks = Array.from({ length: 248 }, (_, at) =>
    testEvent('annotated', { model: 'fraud', body: { detail: { at } } }),
  );
  const events = [policyEvent(), registeredEvent('fraud', '1.0.0'), ...remarks];
  await open('first').append(events, evidenceFor(...events));
}

interface Writer {
  readonly child: ChildProcess;
  /** What it printed, once it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly indices: readonly number[] }>;
}

/** A writer that is a process group of its own: killing it kills the git that it started. */
function start(clone: string, name: string, count: number): Writer {
  const words = [join(here, 'appender.mjs'), clone, name, String(count)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  started.push(child);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(([code]: unknown[]) => ({
    code: code as number | null,
    indices: said.split('\n').filter(Boolean).map(Number),
  }));
  return { child, ended };
}

/**
 * As the power does: nothing of it lives on. A server elsewhere would: what answers a push here is killed, too, and the
 * locks on refs that it leaves are taken away, as a server takes them away when a connection ends.
 */
async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
  const refs = readdirSync(join(folder, 'server.git'), { recursive: true, withFileTypes: true });
  for (const { name, parentPath } of refs) if (name.endsWith('.lock')) rmSync(join(parentPath, name), { force: true });
}

/** The log is sound, and has each document of these writers once. */
async function audit(written: readonly { readonly name: string; readonly count: number }[]): Promise<void> {
  const reader = open(`auditor-${Math.random()}`);
  const verdict = await verifyLog({
    paths: await reader.paths(),
    read: (paths) => reader.files(paths),
    trust: { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [signer.verifierKey] },
  });
  expect(verdict.findings).toEqual([]);
  const texts = written.flatMap(({ name, count }) => Array.from({ length: count }, (_, at) => `${name} ${at}`));
  expect(verdict.size).toBe(250 + texts.length);
  const events = (await reader.entries(250, verdict.size)).map((bytes) => {
    const entry = peekEntry(bytes);
    return 'fault' in entry ? expect.fail(entry.fault) : entry.value.event;
  });
  const decisions = events.map((event) => (event.type === 'gate-decided' ? event.body.decision : ''));
  expect([...decisions].sort()).toEqual(texts.map(digestOf).sort());
  for (const text of texts) {
    const entry = 250 + decisions.indexOf(digestOf(text));
    expect(await reader.evidence(digestOf(text), entry)).toEqual(Buffer.from(utf8(text)));
  }
  expect(await reader.paths()).toContain('evidence/bundle/000');
  expect(git(join(folder, 'server.git'), 'for-each-ref', 'refs/weighbridge')).toBe('');
}

test(
  'six processes that append across the end of a bundle lose nothing, two of them in one clone',
  async () => {
    await begin();
    const shared = cloneOf('shared');
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const writers = names.map((name, at) => start(at < 2 ? shared : cloneOf(name), name, 3));
    const ended = await Promise.all(writers.map((writer) => writer.ended));
    expect(ended.map(({ code }) => code)).toEqual(names.map(() => 0));
    const indices = ended.flatMap((one) => one.indices).sort((left, right) => left - right);
    expect(indices).toEqual(Array.from({ length: 18 }, (_, at) => 250 + at));
    await audit(names.map((name) => ({ name, count: 3 })));
  },
  timeoutMs,
);

test.each([3, 17, 40])(
  'a writer that is killed again and again, and then lives, ends as one that lived (seed %i)',
  async (seed) => {
    await begin();
    const clone = cloneOf('victim');
    let state = seed;
    for (let round = 0; round < 4; round++) {
      // Numerical Recipes' generator: the same seed kills after the same pauses, wherever that is in the append.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const victim = start(clone, 'victim', 8);
      await Promise.race([victim.ended, sleep(300 + (state % 2_500))]);
      await kill(victim.child);
    }
    const other = await start(cloneOf('other'), 'other', 1).ended;
    const last = await start(clone, 'victim', 8).ended;
    expect([other.code, last.code]).toEqual([0, 0]);
    await audit([
      { name: 'other', count: 1 },
      { name: 'victim', count: 8 },
    ]);
  },
  timeoutMs,
);
