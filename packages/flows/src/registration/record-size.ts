import { type Digest, utf8, weighbridgeError } from '@weighbridge/core';
import { maxEvidenceBytes } from '@weighbridge/ledger';
import { formatSize } from '../plan.js';

/**
 * That what a registration says of a version fits beside one append: said before anything is written, and in a dry run.
 * Nothing else than very many files makes it so large. @throws flow/record-too-large
 */
export function requireRecordable(
  evidence: ReadonlyMap<Digest, string>,
  about: { readonly model: string; readonly files: number },
): void {
  const sizeBytes = [...evidence.values()].reduce((sum, text) => sum + utf8(text).length, 0);
  if (sizeBytes <= maxEvidenceBytes) return;
  throw weighbridgeError('flow/record-too-large', {
    ...about,
    size: formatSize(sizeBytes),
    max: formatSize(maxEvidenceBytes),
  });
}
