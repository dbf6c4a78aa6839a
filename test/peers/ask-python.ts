import { execFile, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const interpreter = (peer: string) => join(here, '..', '..', '.peers', peer, 'bin', 'python');

/** Runs a script in the peers' Python and answers the JSON that it prints. Fails when there is no such Python. */
export function askPython(script: string, ...words: readonly string[]): unknown {
  return run('python', ['-c', script, ...words], '');
}

/** The same in the Python of another peer. */
export function askPeerPython(peer: string, script: string, ...words: readonly string[]): unknown {
  return run(peer, ['-c', script, ...words], '');
}

/** Runs a script of test/peers/python in the Python of a peer, with JSON as its input, and answers what it prints. */
export function askPeer(
  peer: string,
  script: string,
  { input = null, words = [] }: { readonly input?: unknown; readonly words?: readonly string[] } = {},
): unknown {
  return run(peer, [join(here, 'python', script), ...words], JSON.stringify(input));
}

/** The same while this process goes on, such as a server that the script asks. */
export function askPeerMeanwhile(peer: string, script: string, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const words = [join(here, 'python', script)];
    const child = execFile(interpreter(peer), words, { encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout));
      else reject(new Error(`python: ${stderr || error.message}; run npm run peers`));
    });
    child.stdin?.end(JSON.stringify(input));
  });
}

function run(peer: string, words: readonly string[], input: string): unknown {
  const { status, stdout, stderr, error } = spawnSync(interpreter(peer), words, {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`python: ${error?.message ?? stderr}; run npm run peers`);
  return JSON.parse(stdout);
}
