import { type ErrorDetail, weighbridgeError } from '@weighbridge/core';
import { findRetrievalFaults, parseStages, resolveManifestPath } from '@weighbridge/manifest';
import { findAbsentParts } from './governing/absent-parts.js';
import { filesOfWorkTree } from './reading/files.js';
import {
  type Governance,
  type GovernedModel,
  invalidFiles,
  maxFileBytes,
  policyPath,
  readGovernedFiles,
  refuseTangles,
} from './governing/governance.js';
import { stagesPathOf } from './transition/stage-lines.js';
import type { Notice, Surroundings } from './surroundings.js';

/** Files that people write and that hold no fault. */
export interface CheckedFiles {
  /** From the root of the repository, sorted. */
  readonly files: readonly string[];
  /** How many models have a manifest. */
  readonly models: number;
  readonly notices: readonly Notice[];
}

/**
 * Reads every file of the checkout that people write: the policy, manifests with their locks, stages files against the
 * stages of the policy, retrieval files. Asks nobody and writes nothing.
 * @throws flow/no-policy, flow/invalid-files with every fault of every file, flow/duplicate-model, flow/uses-cycle
 */
export async function checkFiles({ workTree }: Pick<Surroundings, 'workTree'>): Promise<CheckedFiles> {
  const tree = filesOfWorkTree(workTree);
  const { governed, policy, models, faults: found } = await readGovernedFiles(tree);
  if (!governed) throw weighbridgeError('flow/no-policy', {});
  // Of a policy with faults the stages are not known.
  const stages = found.some(({ file }) => file === policyPath) ? null : policy.stages;
  const files = [policyPath];
  const faults = [...found];
  for (const model of models) {
    files.push(model.manifestPath, ...(model.lock === null ? [] : [model.lockPath]));
    for (const beside of [await readStagesFile(model, stages), await readRetrieval(model)]) {
      files.push(...beside.files);
      faults.push(...beside.faults);
    }
  }
  if (faults.length > 0) throw invalidFiles(faults);
  refuseTangles(models);
  const notices = [...findAbsentParts(models), ...unmatched({ models, policy }, await tree.list(''))];
  return { files: files.sort(), models: models.length, notices };
}

/** A file beside a manifest, where it is there, and what is wrong with it. */
interface Beside {
  readonly files: readonly string[];
  readonly faults: readonly ErrorDetail[];
}

async function readStagesFile(model: GovernedModel, stages: readonly string[] | null): Promise<Beside> {
  const path = stagesPathOf(model);
  const bytes = await model.files.read(path, maxFileBytes);
  if (bytes === null) return { files: [], faults: [] };
  const parsed = parseStages({ path, bytes }, stages);
  return { files: [path], faults: parsed.ok ? [] : parsed.faults };
}

async function readRetrieval({ files, manifest, manifestPath, locate }: GovernedModel): Promise<Beside> {
  if (manifest.retrieval === null) return { files: [], faults: [] };
  const path = resolveManifestPath(manifestPath, manifest.retrieval);
  const bytes = await files.read(path, maxFileBytes);
  if (bytes === null) {
    const { message, remedy } = weighbridgeError('flow/named-file-missing', { manifest: manifestPath, path });
    const { line, column } = locate(['retrieval']) ?? { line: 1, column: 1 };
    return { files: [], faults: [{ file: manifestPath, line, column, message, remedy }] };
  }
  const isRead = /\.(?:ya?ml|json)$/i.test(path);
  return { files: [path], faults: isRead ? findRetrievalFaults({ path, bytes }).faults : [] };
}

/** Manifests that the policy does not look for: a folder with another name is the usual slip. */
function unmatched(
  { models, policy }: Pick<Governance, 'models' | 'policy'>,
  listed: readonly string[],
): readonly Notice[] {
  const known = new Set(models.map(({ manifestPath }) => manifestPath));
  const patterns = policy.models.join(', ');
  const others = listed.filter((path) => /(?:^|\/)model\.ya?ml$/.test(path) && !known.has(path));
  return [
    ...others.map((path): Notice => {
      const text = `${path} is called like a manifest, and "models: [${patterns}]" of ${policyPath} does not match it: it is not read.`;
      return { level: 'warning', text, file: path, line: 1 };
    }),
    ...(models.length === 0 && others.length === 0
      ? [{ level: 'warning', text: `No file matches "models: [${patterns}]" of ${policyPath}.` } as const]
      : []),
  ];
}
