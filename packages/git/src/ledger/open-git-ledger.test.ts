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
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

/** No remote: the repository itself is the server, and all writers share its scratch repository. */
describeLedgerLog('git, without a remote', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-ledger-'));
  git(folder, 'init', '--quiet');
  return {
    open: async ({ signer }) => open(folder, signer),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

function open(folder: string, signer: Parameters<typeof openGitLedger>[0]['trust']['signer']) {
  return openGitLedger({
    folder,
    origin: 'ledger.test/contract',
    trust: { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [], signer },
    random: Math.random,
    pause: async () => undefined,
  });
}
