import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../command.mjs';
import { peers } from './catalogue.mjs';

/** Where the tests look: `.peers/bin` holds programs, `.peers/<name>` the whole of one peer. */
export const peersFolder = join(root, '.peers');

const completeMark = '.complete';
const lockWaitMs = 20 * 60_000;
const lockPollMs = 2_000;

/**
 * The folder that keeps peers between checkouts: what WEIGHBRIDGE_PEERS_CACHE names, else the user's own cache when
 * there is one already, else a folder of this checkout.
 */
export function cacheFolder(environment = process.env) {
  if (environment.WEIGHBRIDGE_PEERS_CACHE) return environment.WEIGHBRIDGE_PEERS_CACHE;
  const usual = join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'weighbridge-peers');
  return existsSync(usual) ? usual : join(peersFolder, 'cache');
}

/** The folder of one peer as the catalogue asks for it; a changed version or source is another folder. */
export function installFolder(peer) {
  const digest = createHash('sha256').update(`${process.platform} ${process.arch} ${peer.key}`).digest('hex');
  return join(cacheFolder(), `${peer.name}-${digest.slice(0, 12)}`);
}

/** True when the peer was installed to the end and `.peers` points at it. */
export function isPresent(peer) {
  return linkTarget(join(peersFolder, peer.name)) === installFolder(peer) && isComplete(installFolder(peer));
}

/** Names of peers that are not there, in the order of the catalogue. */
export function absentPeers() {
  return peers.filter((peer) => !isPresent(peer)).map((peer) => peer.name);
}

/**
 * Installs a peer unless its folder is complete, then points `.peers` at it. A folder without the mark of an install
 * that ran to the end is begun again, and a lock keeps two checkouts from installing into it at once.
 *
 * @returns {Promise<'there already' | 'installed'>}
 */
export async function providePeer(peer, run) {
  const folder = installFolder(peer);
  const outcome = isComplete(folder)
    ? 'there already'
    : await withLock(`${folder}.lock`, () => install(peer, folder, run));
  link(join(peersFolder, peer.name), folder);
  for (const program of peer.programs) link(join(peersFolder, 'bin', program), join(folder, 'bin', program));
  return outcome;
}

async function install(peer, folder, run) {
  if (isComplete(folder)) return 'there already';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await peer.install(folder, run);
  const missing = peer.programs.filter((program) => !existsSync(join(folder, 'bin', program)));
  if (missing.length > 0) throw new Error(`installed, but without ${missing.join(', ')}`);
  writeFileSync(join(folder, completeMark), `${peer.key}\n`);
  return 'installed';
}

async function withLock(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  const deadlineMs = performance.now() + lockWaitMs;
  while (!takeLock(lock)) {
    if (performance.now() > deadlineMs) throw new Error(`${lock} is held by another install; remove it if none runs`);
    await sleep(lockPollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A lock is a folder with one entry, the id of who holds it; the lock of a process that has ended is taken over. */
function takeLock(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, String(process.pid)), '');
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const [holder] = existsSync(lock) ? readdirSync(lock) : [];
  if (holder !== undefined && !isAlive(Number(holder))) rmSync(lock, { recursive: true, force: true });
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isComplete(folder) {
  return existsSync(join(folder, completeMark));
}

function linkTarget(path) {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function link(path, target) {
  if (linkTarget(path) === target) return;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { recursive: true, force: true });
  symlinkSync(target, path);
}
