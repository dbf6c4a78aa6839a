import type { ModelName } from '@weighbridge/core';
import { defaultPolicy, matchGlob, parseManifest, parsePolicy, readPath } from '@weighbridge/manifest';
import type { WorkTree } from '@weighbridge/ports';
import { maxFileBytes } from '../governing/governance.js';
import { folderOf, isInside } from './layout.js';

/** A model that has a manifest already. */
export interface GovernedFiles {
  readonly name: ModelName;
  readonly manifestPath: string;
  readonly stagesPath: string;
  /** Whether a file of the repository belongs to it: it lies beside the manifest, or is among its artifacts. */
  readonly covers: (path: string) => boolean;
}

/** Models whose manifests are there. A file with faults is passed over: whoever weighs the model is told of them. */
export async function governedFiles(workTree: WorkTree): Promise<readonly GovernedFiles[]> {
  const policyBytes = await workTree.read('weighbridge.yaml', maxFileBytes);
  const parsed = policyBytes === null ? null : parsePolicy({ path: 'weighbridge.yaml', bytes: policyBytes });
  const { models: patterns } = parsed?.ok === true ? parsed.value : defaultPolicy();
  const found: GovernedFiles[] = [];
  for (const manifestPath of await workTree.list('')) {
    if (!patterns.some((pattern) => matchGlob(pattern, manifestPath))) continue;
    const bytes = await workTree.read(manifestPath, maxFileBytes);
    const manifest = bytes === null ? null : parseManifest({ path: manifestPath, bytes });
    if (manifest?.ok !== true) continue;
    const { name, artifacts } = manifest.value;
    const folder = folderOf(manifestPath);
    const paths = artifacts.flatMap((written) => {
      const read = readPath(manifestPath, written);
      return read.ok ? [read.path] : [];
    });
    found.push({
      name,
      manifestPath,
      stagesPath: folder === '' ? 'stages.yaml' : `${folder}/stages.yaml`,
      covers: (path) =>
        (folder !== '' && isInside(folder, path)) ||
        paths.some((each) => each !== '' && (isInside(each, path) || matchGlob(each, path))),
    });
  }
  return found;
}
