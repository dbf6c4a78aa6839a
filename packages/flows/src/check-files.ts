import type { ErrorDetail } from '@weighbridge/core';
import { findRetrievalFaults, parseStages, resolveManifestPath } from '@weighbridge/manifest';
import { filesOfWorkTree } from './reading/files.js';
import {
  type Governance,
  type GovernedModel,
  invalidFiles,
  maxFileBytes,
  policyPath,
  readGovernance,
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
 * @throws flow/invalid-files with every fault of every file, flow/duplicate-model, flow/uses-cycle
 */
export async function checkFiles({
  workTree,
  sha256,
}: Pick<Surroundings, 'workTree' | 'sha256'>): Promise<CheckedFiles> {
  const tree = filesOfWorkTree(workTree);
  const governance = await readGovernance(tree, sha256);
  const files = governance.governed ? [policyPath] : [];
  const faults: ErrorDetail[] = [];
  for (const model of governance.models) {
    files.push(model.manifestPath, ...(model.lock === null ? [] : [model.lockPath]));
    for (const path of await readBeside(model, governance, faults)) files.push(path);
  }
  if (faults.length > 0) throw invalidFiles(faults);
  return {
    files: files.sort(),
    models: governance.models.length,
    notices: unmatched(governance, await tree.list('')),
  };
}

/** Paths of the files beside a manifest that are there; their faults are added. */
async function readBeside(
  model: GovernedModel,
  { policy }: Governance,
  faults: ErrorDetail[],
): Promise<readonly string[]> {
  const { files, manifest, manifestPath } = model;
  const stagesPath = stagesPathOf(model);
  const retrieval = manifest.retrieval === null ? null : resolveManifestPath(manifestPath, manifest.retrieval);
  const stages = await files.read(stagesPath, maxFileBytes);
  const settings = retrieval === null ? null : await files.read(retrieval, maxFileBytes);
  if (stages !== null) {
    const parsed = parseStages({ path: stagesPath, bytes: stages }, policy.stages);
    if (!parsed.ok) faults.push(...parsed.faults);
  }
  if (retrieval !== null && settings !== null && /\.(?:ya?ml|json)$/i.test(retrieval))
    faults.push(...findRetrievalFaults({ path: retrieval, bytes: settings }).faults);
  return [...(stages === null ? [] : [stagesPath]), ...(retrieval === null || settings === null ? [] : [retrieval])];
}

/** Manifests that the policy does not look for: a folder with another name is the usual slip. */
function unmatched({ models, policy }: Governance, listed: readonly string[]): readonly Notice[] {
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
