import type { ByteSource } from '@weighbridge/formats';
import { findRepositoryRoot } from './repository-root.js';
import { literalPathspecs } from './work-tree-list.js';
import { runGit, runGitText } from './run-git.js';

/** Git looks for a NUL among the first bytes of a file to tell text from the rest (git's buffer_is_binary). */
const probeBytes = 8000;
/** Text that people or libraries write is smaller; above this a file is read as it lies there. */
const maxTextBytes = 64 * 1024 * 1024;

const [carriageReturn, lineFeed] = [0x0d, 0x0a];

/**
 * The bytes of a checked-out file as a commit holds them. Where git writes text with CRLF into the checkout
 * (core.autocrlf, or `text` and `eol` in .gitattributes), it takes them out again when it commits, and so do we: the
 * same commit must be the same content on every system. Null when the file is to be read as it lies there.
 */
export async function committedText(root: string, source: ByteSource): Promise<Uint8Array | null> {
  const { name: path, sizeBytes } = source;
  if (sizeBytes > maxTextBytes) return null;
  if ((await source.read(0, Math.min(probeBytes, sizeBytes))).includes(0)) return null;
  const bytes = await source.read(0, sizeBytes);
  return hasCrlf(bytes) && (await isConverted(root, path)) ? withoutCrlf(bytes) : null;
}

/** The same for the bytes of a whole file, which come back as they are where git changes nothing. */
export async function committedBytes(root: string, path: string, bytes: Uint8Array): Promise<Uint8Array> {
  if (!hasCrlf(bytes) || bytes.subarray(0, probeBytes).includes(0)) return bytes;
  return (await isConverted(root, path)) ? withoutCrlf(bytes) : bytes;
}

/** Whether git takes CRLF out of this file when it commits it (git-ls-files, --eol; gitattributes, text and eol). */
async function isConverted(root: string, path: string): Promise<boolean> {
  if ((await findRepositoryRoot(root)) === null) return false;
  const args = ['ls-files', '--eol', '-z', '--cached', '--others', '--', ...literalPathspecs([path])];
  const { stdout } = await runGit(args, { cwd: root });
  const described = /^i\/(\S*)\s+w\/(\S*)\s+attr\/([^\t]*)\t/.exec(stdout.toString('utf8'));
  const [, inIndex = '', inCheckout = '', written = ''] = described ?? [];
  if (!['crlf', 'mixed'].includes(inCheckout)) return false;
  const [text = '', ...rest] = written.trim().split(/\s+/);
  if (text === 'text') return true;
  const guessed = text === 'text=auto' || (text === '' && rest.length === 0 && (await hasAutoCrlf(root)));
  // What was committed with CRLF stays so.
  return guessed && !['crlf', 'mixed'].includes(inIndex);
}

async function hasAutoCrlf(root: string): Promise<boolean> {
  const setting = await runGitText(['config', '--get', 'core.autocrlf'], { cwd: root, allowExit: [1] });
  return !['', 'false', 'no', 'off', '0'].includes(setting.trim().toLowerCase());
}

function hasCrlf(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(carriageReturn); at !== -1; at = bytes.indexOf(carriageReturn, at + 1))
    if (bytes[at + 1] === lineFeed) return true;
  return false;
}

function withoutCrlf(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte === carriageReturn && bytes[at + 1] === lineFeed) continue;
    kept[length++] = byte;
  }
  return kept.slice(0, length);
}
