import { type Digest, type JsonValue, parseUtf8, type Sha256Stream, WeighbridgeError } from '@weighbridge/core';
import { parseStrictJson } from '@weighbridge/formats';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import type { GovernedModel } from '../governing/governance.js';
import { digestSource } from '../artifacts/measure-file.js';
import { isTooLarge, readUpTo } from '../reading/read-up-to.js';
import type { Notice } from '../surroundings.js';

/** Folders of artifacts that are looked through. */
export const maxFolders = 50;

/** The state of a run of weeks has some MB; it is in memory at once. */
export const maxReportBytes = 64 * 1024 * 1024;

/** Reads small files around a model's artifacts, and remembers which. */
export class RunFiles {
  readonly model: GovernedModel;
  readonly artifacts: readonly ArtifactFile[];
  readonly read = new Set<string>();
  /** Folders of the artifacts, then that of the manifest. */
  readonly folders: readonly string[];
  readonly #notices = new Map<string, Notice>();

  constructor(model: GovernedModel, artifacts: readonly ArtifactFile[]) {
    this.model = model;
    this.artifacts = artifacts;
    this.folders = [...new Set([...artifacts.map(({ path }) => folderOf(path)), model.folder])].slice(0, maxFolders);
  }

  /** What was not read because it is too large, one for each file. */
  get notices(): readonly Notice[] {
    return [...this.#notices.values()];
  }

  /** Null for what is not there, and for what is larger than `maxBytes`, which is told. */
  async bytes(path: string, maxBytes = maxReportBytes): Promise<Uint8Array | null> {
    const bytes = await this.peek(path, maxBytes);
    if (bytes !== null) this.read.add(path);
    return bytes;
  }

  /** The same of a file that is no source of the snapshot, such as one of a folder that its client keeps out of git. */
  async peek(path: string, maxBytes = maxReportBytes): Promise<Uint8Array | null> {
    const read = await readUpTo(this.model.files, path, maxBytes);
    if (!(read instanceof WeighbridgeError)) return read;
    this.tellUnread(path, read);
    return null;
  }

  tellUnread(path: string, { message, remedy }: Pick<WeighbridgeError, 'message' | 'remedy'>): void {
    const text = `${message} What it says of training is not captured for ${this.model.manifest.name}. ${remedy}`;
    this.#notices.set(path, { level: 'warning', text, file: path });
  }

  /** Whether there is such a file, however large; a folder is none. */
  async isFile(path: string): Promise<boolean> {
    const source = await this.model.files.open(path);
    await source?.close();
    return source !== null;
  }

  /** SHA-256 of a file of any size; null for what is not there. */
  async digest(path: string, newHash: () => Sha256Stream): Promise<Digest | null> {
    const source = await this.model.files.open(path);
    if (source === null) return null;
    this.read.add(path);
    try {
      return await digestSource(source, newHash());
    } finally {
      await source.close();
    }
  }

  async text(path: string): Promise<string | null> {
    const bytes = await this.bytes(path);
    if (bytes === null) return null;
    try {
      return parseUtf8(bytes);
    } catch (error) {
      // These files are recognised by their names alone: what is no text is none of them.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  /** JSON of a file that is recognised by its name alone: what does not parse is not it. */
  async json(path: string): Promise<JsonValue | null> {
    try {
      const text = await this.text(path);
      return text === null ? null : parseStrictJson(text, { name: path, nonFinite: 'keep-as-text' });
    } catch (error) {
      const isForeign = error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70);
      if (!isForeign) throw error;
      if (isTooLarge(error)) this.tellUnread(path, error);
      this.read.delete(path);
      return null;
    }
  }
}

/** The folder of a path; empty for the root. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** A name in a folder, from the root of the repository on. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
