import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmProgram, root, runCommand } from './command.mjs';

/** Runs `npm ci` unless what is installed is what the lockfile asks for; answers the exit code. */
export async function ensureInstalled() {
  const reason = reasonToInstall(readLock('package-lock.json'), readLock(join('node_modules', '.package-lock.json')));
  if (reason === undefined) return 0;
  console.log(`install: ${reason}, so "npm ci" runs first (about half a minute)`);
  return (await runCommand([...npmProgram(), 'ci', '--no-audit', '--no-fund'])).code;
}

/**
 * Why dependencies must be installed, or undefined when they need not be. `installed` is the lockfile that npm
 * leaves inside node_modules; optional packages may be missing from it, since they are for other systems.
 */
export function reasonToInstall(wanted, installed) {
  if (installed === undefined) return 'nothing is installed yet';
  for (const [path, entry] of Object.entries(wanted?.packages ?? {})) {
    if (!path.includes('node_modules/') || entry.link === true) continue;
    const there = installed.packages?.[path];
    if (there === undefined && entry.optional !== true) return `${path} is missing`;
    if (there !== undefined && there.version !== entry.version)
      return `${path} is ${there.version}, not ${entry.version}`;
  }
  return undefined;
}

function readLock(path) {
  const place = join(root, path);
  return existsSync(place) ? JSON.parse(readFileSync(place, 'utf8')) : undefined;
}

/** Ends with a sentence instead of a syntax error where Node is too old to run the rest. */
export function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(`Weighbridge needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`);
  process.exit(2);
}
