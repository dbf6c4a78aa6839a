import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peers = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers');

/** Runs a script in the peers' Python and answers the JSON that it prints. Fails when there is no such Python. */
export function askPython(script: string, ...words: readonly string[]): unknown {
  return askPeerPython('python', script, ...words);
}

/** The same in the Python of another peer. */
export function askPeerPython(peer: string, script: string, ...words: readonly string[]): unknown {
  const python = join(peers, peer, 'bin', 'python');
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', script, ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`python: ${error?.message ?? stderr}; run npm run peers`);
  return JSON.parse(stdout);
}
