import { isDigest, isVersion } from '@weighbridge/core';
import type { Reference } from './reference.js';

/**
 * Whether the same text will name the same bytes tomorrow. A path and a `.dvc` file are fixed by the commit that holds
 * them; objects need their version, repositories a full commit id, models of this registry one version or a digest. A
 * vendor's dated snapshot is taken at its word. A run can gain artifacts, so it is not fixed.
 */
export function isImmutableReference(reference: Reference): boolean {
  switch (reference.scheme) {
    case 'path':
    case 'dvc':
    case 'sha256':
      return true;
    case 's3':
    case 'gs':
    case 'az':
      return reference.version !== null;
    case 'hf':
      return reference.revision !== null && /^[0-9a-f]{40}$/.test(reference.revision);
    case 'lakefs':
      return /^[0-9a-f]{64}$/.test(reference.ref);
    case 'registry':
      return reference.range !== null && (isVersion(reference.range) || isDigest(reference.range));
    case 'vendor':
      return /[-@](?:\d{4}-\d{2}-\d{2}|20\d{6})$/.test(reference.model);
    case 'mlflow':
      return false;
    case 'wandb':
      return reference.version !== null && /^v\d+$/.test(reference.version);
  }
}
