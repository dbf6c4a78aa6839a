import { findRetrievalFaults, resolveManifestPath } from '@weighbridge/manifest';
import { type GovernedModel, invalidFiles, maxFileBytes } from './governance.js';

/** Refuses a retrieval file with faults, each with its place. @throws flow/invalid-files */
export async function checkRetrieval({ manifest, manifestPath, files }: GovernedModel): Promise<void> {
  if (manifest.retrieval === null) return;
  const path = resolveManifestPath(manifestPath, manifest.retrieval);
  if (!/\.(?:ya?ml|json)$/i.test(path)) return;
  const bytes = await files.read(path, maxFileBytes);
  const faults = bytes === null ? [] : findRetrievalFaults({ path, bytes }).faults;
  if (faults.length > 0) throw invalidFiles(faults);
}
