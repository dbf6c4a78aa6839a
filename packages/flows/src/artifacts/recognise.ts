import { readHeader } from '@weighbridge/formats';
import { WeighbridgeError } from '@weighbridge/core';
import type { Surroundings } from '../surroundings.js';

/** Files looked at when a repository is searched for models. */
const maxCandidates = 2000;
/** Endings of files that may hold a model; their content decides. */
const candidateEnding = /\.(safetensors|gguf|onnx|pt|pth|bin|ckpt|pkl|pickle|joblib)$/i;

/** Where MLflow and Weights & Biases keep what runs logged: copies of many tries, by the ids of runs. */
const trackingFolder = /(?:^|\/)(?:mlruns|mlartifacts|wandb)\//;

/** A file that holds a model. */
export interface RecognisedFile {
  readonly path: string;
  readonly format: string;
  readonly tensors: number;
  readonly ignored: boolean;
}

/** Whether a path lies among what runs logged, which is a model of a repository only where a manifest names it. */
export function isLoggedByRun(path: string): boolean {
  return trackingFolder.test(path);
}

/** Model files of a checkout, recognised by content, ignored ones included; those that runs logged are left out. */
export async function recognise(surroundings: Surroundings): Promise<readonly RecognisedFile[]> {
  const { workTree } = surroundings;
  const listed = await workTree.list('', { ignored: true });
  const candidates = listed
    .filter((path) => candidateEnding.test(path) && !isLoggedByRun(path))
    .slice(0, maxCandidates);
  const ignored = await workTree.ignored(candidates);
  const found: RecognisedFile[] = [];
  for (const path of candidates) {
    const header = await readHeaderOf(surroundings, path);
    if (header !== null)
      found.push({ path, format: header.format, tensors: header.tensors.length, ignored: ignored.has(path) });
  }
  return found;
}

/** Null for what is no model or a broken one: a search passes over it, a check of the model names the fault. */
async function readHeaderOf(surroundings: Surroundings, path: string) {
  const source = await surroundings.workTree.open(path);
  if (source === null) return null;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  try {
    return await readHeader(source, {
      sha256: surroundings.sha256,
      ...(surroundings.inflate === undefined ? {} : { inflate: surroundings.inflate }),
      openBeside: (name) => surroundings.workTree.open(folder + name),
    });
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode !== 70) return null;
    throw error;
  } finally {
    await source.close();
  }
}
