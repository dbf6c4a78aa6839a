import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const checkoutFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** The path of a peer's program, such as `act`. Throws with what to do when it is not there. */
export function peerProgram(name: string): string {
  return required(join(checkoutFolder, '.peers', 'bin', name), name);
}

/** The folder with the Node that GitHub runs actions with. Throws with what to do when it is not there. */
export function node24Folder(): string {
  return dirname(required(join(checkoutFolder, '.peers', 'node24', 'bin', 'node'), 'node24'));
}

/** The Node to run bundles with: the peer where it is there or must be, else the Node that runs the tests. */
export function bundleNode(): string {
  const peer = join(checkoutFolder, '.peers', 'node24', 'bin', 'node');
  return existsSync(peer) || process.env['WEIGHBRIDGE_REQUIRE_PEERS'] === '1'
    ? required(peer, 'node24')
    : process.execPath;
}

function required(path: string, name: string): string {
  if (!existsSync(path)) throw new Error(`The peer ${name} is not there. "npm run peers ${name}" installs it.`);
  return path;
}
