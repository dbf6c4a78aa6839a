import type { ModelName } from '@weighbridge/core';
import type { ManifestFacts } from '@weighbridge/manifest';
import type { WorkTree } from '@weighbridge/ports';
import type { RecognisedFile } from '../artifacts/recognise.js';

/** A model that was found by how its files lie, with what that says of it. */
export interface LaidOutModel {
  /** What people call such a layout, with the place. */
  readonly layout: string;
  readonly facts: ManifestFacts;
  /** Whether a file of the repository belongs to it, so that nothing else makes a model of it. */
  readonly covers: (path: string) => boolean;
}

/** What a layout is recognised by. */
export interface LayoutFacts {
  readonly workTree: WorkTree;
  /** Every file of the checkout, ignored ones included, and without what runs logged. */
  readonly listed: readonly string[];
  /** Those that hold a model. */
  readonly recognised: readonly RecognisedFile[];
}

/** A legal model name after what people call it. */
export function modelNameFrom(text: string): ModelName {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return (name === '' ? 'my-model' : name) as ModelName;
}

/** Folder and file names that say nothing of the model in them. */
export const vagueName =
  /^(?:out|outputs?|dist|build|target|models?|weights?|artifacts?|checkpoints?|ckpts?|checkpoint-\d+|results?|final|data|files|bin|pytorch_model|adapter|adapter_model|m)$/i;

/** The name of the innermost folder that says something of the model in it; null when none does. */
export function tellingFolder(folder: string): string | null {
  const parts = folder.split('/').reverse();
  return parts.find((part) => part !== '' && !vagueName.test(part)) ?? null;
}

/** Whether a path is a folder itself or lies in it. */
export function isInside(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The folder of a file; an empty text for the root. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
