import { type JsonValue, parseUtf8, WeighbridgeError } from '@weighbridge/core';
import { parseStrictJson } from '@weighbridge/formats';
import type { ArtifactFile } from '../artifact-file.js';
import { type GovernedModel, maxFileBytes } from '../governance.js';

/** Folders of artifacts that are looked through. */
export const maxFolders = 50;

/** Reads small files around a model's artifacts, and remembers which. */
export class RunFiles {
  readonly model: GovernedModel;
  readonly artifacts: readonly ArtifactFile[];
  readonly read = new Set<string>();
  /** Folders of the artifacts, then that of the manifest. */
  readonly folders: readonly string[];

  constructor(model: GovernedModel, artifacts: readonly ArtifactFile[]) {
    this.model = model;
    this.artifacts = artifacts;
    this.folders = [...new Set([...artifacts.map(({ path }) => folderOf(path)), model.folder])].slice(0, maxFolders);
  }

  /** Null for what is not there, and for what is too large to be a document. */
  async bytes(path: string): Promise<Uint8Array | null> {
    try {
      const bytes = await this.model.files.read(path, maxFileBytes);
      if (bytes !== null) this.read.add(path);
      return bytes;
    } catch (error) {
      if (error instanceof WeighbridgeError && error.code === 'git/file-too-large') return null;
      throw error;
    }
  }

  async text(path: string): Promise<string | null> {
    const bytes = await this.model.files.read(path, maxFileBytes);
    if (bytes === null) return null;
    this.read.add(path);
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
