import { weighbridgeError } from '@weighbridge/core';
import type { WorkTree } from '@weighbridge/ports';
import { bytesSource } from '../store/bytes-source.js';

export interface MemoryWorkTreeDescription {
  /** What the commit HEAD names holds. */
  readonly committed?: Readonly<Record<string, string | Uint8Array>>;
  /** What lies there now; null removes a committed file. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  /** Files, and folders with all that is in them, that git ignores unless they are committed. */
  readonly ignored?: readonly string[];
  /** Paths that are symlinks. */
  readonly symlinks?: readonly string[];
}

export interface MemoryWorkTree extends WorkTree {
  /** What lies there now, written files included. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The work tree port over a map. Writes change `files`, never what is committed. */
export function openMemoryWorkTree(description: MemoryWorkTreeDescription = {}): MemoryWorkTree {
  const committed = toBytes(description.committed ?? {});
  const files = new Map(committed);
  for (const [path, content] of Object.entries(description.files ?? {})) {
    if (content === null) files.delete(path);
    else files.set(path, bytesOf(content));
  }
  const symlinks = description.symlinks ?? [];
  const isIgnored = (path: string) =>
    !committed.has(path) && (description.ignored ?? []).some((ignored) => isUnder(path, ignored));

  function checked(path: string): string {
    if (!isMemoryPath(path)) throw weighbridgeError('git/path', { path: path.slice(0, 200) });
    if (symlinks.some((link) => isUnder(path, link))) throw weighbridgeError('git/symlink', { path });
    return path;
  }

  const differs = (path: string) => {
    const [before, now] = [committed.get(path), files.get(path)];
    if (before === undefined || now === undefined) return before !== now;
    return Buffer.compare(before, now) !== 0;
  };

  return {
    root: '/memory',
    files,
    async list(folder, { ignored = false } = {}) {
      if (folder !== '') checked(folder);
      return [...files.keys(), ...symlinks]
        .filter((path) => folder === '' || path.startsWith(`${folder}/`))
        .filter((path) => ignored || !isIgnored(path))
        .filter((path) => !path.split('/').some((segment) => segment === '.git' || segment === 'node_modules'))
        .sort();
    },
    async read(path, maxBytes) {
      const bytes = files.get(checked(path));
      if (bytes === undefined) return null;
      if (bytes.length > maxBytes) {
        throw weighbridgeError('git/file-too-large', { path, sizeBytes: bytes.length, maxBytes });
      }
      return bytes.slice();
    },
    async open(path) {
      const bytes = files.get(checked(path));
      return bytes === undefined ? null : { ...bytesSource(bytes, path), close: async () => {} };
    },
    async write(path, bytes) {
      files.set(checked(path), bytes.slice());
    },
    async ignored(paths) {
      return new Set(paths.filter((path) => isPathOrThrow(path) && isIgnored(path)));
    },
    async changed(paths) {
      const all = new Set([...committed.keys(), ...files.keys(), ...symlinks]);
      const changes = [...all].filter((path) => symlinks.includes(path) || differs(path));
      return new Set(paths.filter((path) => isPathOrThrow(path) && changes.some((change) => isUnder(change, path))));
    },
  };
}

function isPathOrThrow(path: string): true {
  if (!isMemoryPath(path)) throw weighbridgeError('git/path', { path: path.slice(0, 200) });
  return true;
}

/** The rule of the ports for paths. */
export function isMemoryPath(path: string): boolean {
  return (
    !path.includes('\0') &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git')
  );
}

/** Whether a path is the other one or lies in it. */
function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function toBytes(files: Readonly<Record<string, string | Uint8Array>>): Map<string, Uint8Array> {
  return new Map(Object.entries(files).map(([path, content]) => [path, bytesOf(content)]));
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
}
