import { type Digest, weighbridgeError } from '@weighbridge/core';
import { compareCodePoints } from '@weighbridge/formats';

/** One file of a model as a statement lists it: a name relative to the folder of the model, with `/`. */
export interface Resource {
  readonly name: string;
  readonly digest: Digest;
}

/** An artifact as the ledger lists it: a path of the repository and 64 hexadecimal digits. */
export interface RecordedArtifact {
  readonly path: string;
  readonly sha256: string;
}

/** What the format leaves out at the top of a model's folder, so that no signature can cover it (v1.0, section 6.2). */
export const excludedNames: readonly string[] = ['.git', '.gitattributes', '.github', '.gitignore'];

/**
 * The resources of a version: its artifacts, named from the innermost folder that holds them all, in the order of code
 * points. That folder is what other tools are given. @throws signing/not-signable
 */
export function resourcesOf(artifacts: readonly RecordedArtifact[], model: string): readonly Resource[] {
  if (artifacts.length === 0) throw weighbridgeError('signing/not-signable', { model, reason: 'it has no artifact' });
  const root = modelFolder(artifacts.map(({ path }) => path));
  const resources = artifacts.map(({ path, sha256 }): Resource => {
    return { name: path.slice(root.length), digest: `sha256:${sha256}` };
  });
  const excluded = resources.find(({ name }) => isExcluded(name, excludedNames));
  if (excluded !== undefined) {
    const reason = `the format leaves ${excluded.name} at the top of a folder out, so that nobody could vouch for it`;
    throw weighbridgeError('signing/not-signable', { model, reason });
  }
  return [...resources].sort((left, right) => compareCodePoints(left.name, right.name));
}

/** The innermost folder of all paths with its last `/`, or nothing for the root of the repository. */
export function modelFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (!others.every((path) => path.startsWith(folder)))
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return folder;
}

/** Whether a name is one of these paths or inside one of them. */
export function isExcluded(name: string, paths: readonly string[]): boolean {
  return paths.some((path) => name === path || name.startsWith(`${path}/`));
}

/** Why a name is none that the format allows (section 6.1.2), as a clause; null when it is one. */
export function refuseName(name: string): string | null {
  if (name === '' || name.startsWith('/')) return 'is no relative path';
  if (/[\u0000-\u001f\u007f\\]/.test(name)) return 'has control characters or backslashes';
  const parts = name.split('/');
  if (parts.includes('..')) return 'leaves the folder';
  return parts.some((part) => part === '' || part === '.') ? 'is not in its shortest form' : null;
}

/** What differs between signed resources and what is there, one clause each; empty when they are the same. */
export function compareResources(signed: readonly Resource[], found: readonly Resource[]): readonly string[] {
  const there = new Map(found.map(({ name, digest }) => [name, digest]));
  const listed = new Map(signed.map(({ name, digest }) => [name, digest]));
  const differences: string[] = [];
  for (const [name, digest] of listed) {
    const other = there.get(name);
    if (other === undefined) differences.push(`${quote(name)} is signed and is not there`);
    else if (other !== digest) differences.push(`${quote(name)} has other bytes than were signed`);
  }
  for (const name of there.keys()) if (!listed.has(name)) differences.push(`${quote(name)} is not signed`);
  return differences;
}

/** Names are written by others: one line, printable, short. */
export function quote(name: string): string {
  return name.slice(0, 200).replaceAll(/[^\x20-\x7e]/g, '?');
}
