import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeLedgerLog, nodeSha256, nodeVerify } from '@weighbridge/testkit';
import { openGitLedger } from './open-git-ledger.js';

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

/** A bare server and a clone for each writer. */
describeLedgerLog('git, with a server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-ledger-'));
  git(folder, 'init', '--quiet', '--bare', 'server.git');
  let clones = 0;
  return {
    open: async ({ signer }) => {
      const clone = join(folder, `clone-${clones++}`);
      git(folder, 'clone', '--quiet', join(folder, 'server.git'), clone);
      return open(clone, signer);
    },
    edit: async (change) => edit(folder, 'server.git', change),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

/** No remote: the repository itself is the server, and all writers share its scratch repository. */
describeLedgerLog('git, without a remote', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-ledger-'));
  git(folder, 'init', '--quiet');
  return {
    open: async ({ signer }) => open(folder, signer),
    edit: async (change) => edit(folder, '.', change),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

/** What anybody can do who may push: the branch holds what the change makes of its files, without a history. */
function edit(folder: string, server: string, change: (files: Map<string, Uint8Array>) => void): void {
  const repository = join(folder, server);
  const exists = git(repository, 'branch', '--list', 'weighbridge') !== '';
  const files = exists ? readAll(repository) : new Map<string, Uint8Array>();
  change(files);
  if (files.size === 0) {
    if (exists) git(repository, 'branch', '--quiet', '-D', 'weighbridge');
    return;
  }
  const stream = [...files].flatMap(([path, bytes]) => [
    Buffer.from(`M 100644 inline ${path}\ndata ${bytes.length}\n`),
    bytes,
    Buffer.from('\n'),
  ]);
  const head = Buffer.from(
    'commit refs/heads/weighbridge\ncommitter eve <eve@eve.test> 1767225600 +0000\ndata 4\nedit\n',
  );
  const input = Buffer.concat([head, ...stream, Buffer.from('done\n')]);
  execFileSync('git', ['fast-import', '--quiet', '--force', '--done'], { cwd: repository, input });
}

/** Every file of the branch, by two commands. */
function readAll(repository: string): Map<string, Uint8Array> {
  const paths = git(repository, 'ls-tree', '-r', '--name-only', 'weighbridge').trim().split('\n');
  const input = paths.map((path) => `weighbridge:${path}\n`).join('');
  const output = execFileSync('git', ['cat-file', '--batch'], { cwd: repository, input, maxBuffer: 2 ** 26 });
  let at = 0;
  return new Map(
    paths.map((path) => {
      const start = output.indexOf('\n', at) + 1;
      const sizeBytes = Number(output.toString('latin1', at, start).trim().split(' ')[2]);
      at = start + sizeBytes + 1;
      return [path, output.subarray(start, start + sizeBytes)];
    }),
  );
}

function open(folder: string, signer: Parameters<typeof openGitLedger>[0]['trust']['signer']) {
  return openGitLedger({
    folder,
    origin: 'ledger.test/contract',
    trust: { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [], signer },
    random: Math.random,
    pause: async () => undefined,
  });
}
