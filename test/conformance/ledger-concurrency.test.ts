import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseModelName } from '@weighbridge/core';
import { openGitLedger } from '@weighbridge/git';
import { type LedgerEvent, verifyLog } from '@weighbridge/ledger';
import {
  evidenceFor,
  nodeSha256,
  nodeVerify,
  policyEvent,
  registeredEvent,
  testEvent,
  testSigner,
  transitionedEvent,
} from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const signer = testSigner('ledger.test/concurrency');
/** Fifty writers start about two thousand git commands, on however few cores there are. */
const writersTimeoutMs = 900_000;
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weighbridge-concurrency-'));
  git(folder, 'init', '--quiet', '--bare', 'server.git');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A writer with a clone of its own. */
function openWriter(name: string, options: Partial<Parameters<typeof openGitLedger>[0]> = {}) {
  const clone = join(folder, name);
  git(folder, 'clone', '--quiet', join(folder, 'server.git'), clone);
  return openGitLedger({
    folder: clone,
    origin: 'ledger.test/concurrency',
    trust: { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [signer.verifierKey], signer },
    random: Math.random,
    ...options,
  });
}

const inbox = (): readonly string[] =>
  git(join(folder, 'server.git'), 'for-each-ref', '--format=%(refname)', 'refs/weighbridge')
    .split('\n')
    .filter((name) => name !== '');
const begin = async () => {
  const events = [policyEvent(), registeredEvent('fraud', '1.0.0')];
  await openWriter('first').append(events, evidenceFor(...events));
};
const audit = async () => {
  const reader = openWriter(`auditor-${Math.random()}`);
  const verdict = await verifyLog({
    paths: await reader.paths(),
    read: (paths) => reader.files(paths),
    trust: { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [signer.verifierKey] },
  });
  expect(verdict.findings).toEqual([]);
  return verdict.size;
};
const remark = (number: number): LedgerEvent =>
  testEvent('annotated', { model: 'fraud', body: { detail: { number } } });

/** A signer that dies when it signs for the nth time: an entry comes first, the checkpoint of its append next. */
function dyingSigner(atSignature: number): typeof signer {
  let signatures = 0;
  return {
    ...signer,
    sign: (message) => {
      if (++signatures === atSignature) throw new Error('killed');
      return signer.sign(message);
    },
  };
}

describe('many writers of one ledger', () => {
  test(
    'fifty at once lose nothing and need at most five tries each',
    async () => {
      await begin();
      const writers = Array.from({ length: 50 }, (_, number) => openWriter(`writer-${number}`));
      const receipts = await Promise.all(writers.map((writer, number) => writer.append([remark(number)])));
      const indices = receipts.map(([receipt]) => receipt?.index ?? -1).sort((left, right) => left - right);
      expect(indices).toEqual(Array.from({ length: 50 }, (_, index) => index + 2));
      const tries = receipts.map(([receipt]) => receipt?.tries ?? Number.POSITIVE_INFINITY);
      expect(Math.max(...tries)).toBeLessThanOrEqual(5);
      expect(inbox()).toEqual([]);
      expect(await audit()).toBe(52);
    },
    writersTimeoutMs,
  );

  test('ten that begin a ledger at once make one', async () => {
    const writers = Array.from({ length: 10 }, (_, number) => openWriter(`writer-${number}`));
    await Promise.all(
      writers.map((writer, number) => {
        const events = [policyEvent(), registeredEvent('fraud', `1.${number}.0`)];
        return writer.append(events, evidenceFor(...events));
      }),
    );
    expect(await audit()).toBe(11);
    expect(inbox()).toEqual([]);
  });

  test('of ten concurrent moves of one stage exactly one wins, over five rounds', async () => {
    await begin();
    const writers = Array.from({ length: 10 }, (_, number) => openWriter(`writer-${number}`));
    const setUp = writers.map((_, number) => registeredEvent('fraud', `2.${number}.0`));
    await openWriter('set-up').append(setUp, evidenceFor(...setUp));
    let replaces: string | null = null;
    for (let round = 0; round < 5; round++) {
      const outcomes: readonly PromiseSettledResult<unknown>[] = await Promise.allSettled(
        writers.map((writer, number) => {
          const version = `2.${number}.0`;
          return writer.append([
            transitionedEvent('fraud', version, { to: 'production', replaces }, { occasion: round }),
          ]);
        }),
      );
      const codes = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : [],
      );
      const catalogue = await openWriter(`reader-${round}`).catalogue(parseModelName('fraud'));
      // The version that holds the stage cannot enter it again: that one is illegal and not a conflict.
      expect(codes.filter((code) => code === 'ledger/conflict' || code === 'ledger/illegal')).toHaveLength(9);
      expect(catalogue?.history).toHaveLength(round + 1);
      replaces = catalogue?.stages['production'] ?? null;
    }
    expect(inbox()).toEqual([]);
    expect(await audit()).toBe(17);
  });
});

describe('a writer that is killed', () => {
  test('between its inbox and the ledger is completed by the next writer', async () => {
    await begin();
    const trust = {
      sha256: nodeSha256,
      verifySignature: nodeVerify,
      verifierKeys: [signer.verifierKey],
      signer: dyingSigner(2),
    };
    await expect(openWriter('dies', { trust }).append([remark(1)])).rejects.toThrow('killed');
    expect(inbox()).toHaveLength(1);
    const [own] = await openWriter('next').append([remark(2)]);
    expect(own).toMatchObject({ index: 2, outcome: 'appended' });
    expect(inbox()).toEqual([]);
    expect(await audit()).toBe(4);
    const [again] = await openWriter('again').append([remark(1)]);
    expect(again).toMatchObject({ index: 3, outcome: 'present' });
  });

  test('anywhere, and run again, ends in the same state as one that lived', async () => {
    await begin();
    for (let atSignature = 1; atSignature <= 3; atSignature++) {
      const trust = {
        sha256: nodeSha256,
        verifySignature: nodeVerify,
        verifierKeys: [signer.verifierKey],
        signer: dyingSigner(atSignature),
      };
      const events = [registeredEvent('fraud', `3.${atSignature}.0`), remark(100 + atSignature)];
      await expect(openWriter(`dies-${atSignature}`, { trust }).append(events, evidenceFor(...events))).rejects.toThrow(
        'killed',
      );
      const receipts = await openWriter(`lives-${atSignature}`).append(events, evidenceFor(...events));
      expect(receipts.map(({ index }) => index)).toEqual([2 * atSignature, 2 * atSignature + 1]);
      expect(inbox()).toEqual([]);
    }
    expect(await audit()).toBe(8);
  });
});

describe('what others leave in the inbox', () => {
  const leave = (name: string, files: Readonly<Record<string, string>>) => {
    const server = join(folder, 'server.git');
    const tree = Object.entries(files).map(([path, text]) => {
      const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: server, input: text })
        .toString()
        .trim();
      return `100644 blob ${blob}\t${path}\n`;
    });
    const id = execFileSync('git', ['mktree'], { cwd: server, input: tree.join('') })
      .toString()
      .trim();
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@x.invalid'];
    const commit = git(server, ...identity, 'commit-tree', id, '-m', 'junk').trim();
    git(server, 'update-ref', `refs/weighbridge/inbox/${name}`, commit);
  };

  test('and is junk or not signed by a trusted key stays there, is reported, and harms nobody', async () => {
    await begin();
    leave('1'.repeat(64), { readme: 'hello' });
    leave('2'.repeat(64), { entries: '\u0000\u0005hello' });
    leave('3'.repeat(64), { entries: 'no bundle' });
    const evil = testSigner('ledger.test/concurrency', 66);
    const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [], signer: evil };
    await expect(openWriter('evil', { trust }).append([remark(9)])).rejects.toMatchObject({ code: 'ledger/untrusted' });
    const refused: string[] = [];
    const writer = openWriter('honest', { report: ({ ref }) => refused.push(ref.slice(-1)) });
    expect(await writer.append([remark(1)])).toMatchObject([{ index: 2 }]);
    expect(refused.sort()).toEqual(['1', '2', '3']);
    expect(inbox()).toHaveLength(3);
    expect(await audit()).toBe(3);
  });

  test('a branch whose edge was edited is not appended to', async () => {
    await begin();
    const clone = join(folder, 'tamper');
    git(folder, 'clone', '--quiet', '--branch', 'weighbridge', join(folder, 'server.git'), clone);
    git(clone, 'rm', '--quiet', 'tile/entries/000.p/2');
    git(clone, '-c', 'user.name=x', '-c', 'user.email=x@x.invalid', 'commit', '--quiet', '-m', 'tamper');
    git(clone, 'push', '--quiet', 'origin', 'weighbridge');
    await expect(openWriter('honest').append([remark(1)])).rejects.toMatchObject({ code: 'ledger/damaged' });
  });

  test('a server that refuses the branch is named as such, with the event kept', async () => {
    await begin();
    const hook = join(folder, 'server.git', 'hooks', 'update');
    execFileSync('node', [
      '-e',
      `require('fs').writeFileSync(process.argv[1], '#!/bin/sh\\ncase "$1" in refs/heads/*) echo protected >&2; exit 1;; esac\\n', { mode: 0o755 })`,
      hook,
    ]);
    await expect(openWriter('honest').append([remark(1)])).rejects.toMatchObject({ code: 'ledger/push-refused' });
    expect(inbox()).toHaveLength(1);
  });
});

describe('the clone that a writer works in', () => {
  test('keeps its own refs, configuration and objects, and gets no blob of the ledger that was not read', async () => {
    await begin();
    const clone = join(folder, 'writer');
    const writer = openWriter('writer');
    const before = [git(clone, 'for-each-ref'), git(clone, 'config', '--local', '--list'), git(clone, 'count-objects')];
    const events = Array.from({ length: 40 }, (_, number) => registeredEvent(`model-${number}`, '1.0.0'));
    await openWriter('other').append(events, evidenceFor(...events));
    await writer.append([remark(1)]);
    expect([
      git(clone, 'for-each-ref'),
      git(clone, 'config', '--local', '--list'),
      git(clone, 'count-objects'),
    ]).toEqual(before);
    const scratch = join(clone, '.git', 'weighbridge', 'ledger.git');
    const objects = git(scratch, 'cat-file', '--batch-all-objects', '--batch-check=%(objecttype)').split('\n');
    expect(objects.filter((type) => type === 'blob').length).toBeLessThan(30);
  });
});
