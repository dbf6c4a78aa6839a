import { WeighbridgeError } from '@weighbridge/core';
import type { BucketClasses, ClassedObject, RestoreSpeed } from '@weighbridge/ports';
import type { AzureClient } from './azure-client.js';
import { permissions } from './azure-permissions.js';
import { lookAtBlob, maxDocumentBytes } from './read-blobs.js';

const hourMs = 60 * 60 * 1000;

/** https://learn.microsoft.com/azure/storage/blobs/archive-rehydrate-overview#rehydration-priority */
const rehydrations: Readonly<Record<RestoreSpeed, { readonly priority: string; readonly ms: number }>> = {
  fast: { priority: 'High', ms: hourMs },
  standard: { priority: 'Standard', ms: 15 * hourMs },
  cheap: { priority: 'Standard', ms: 15 * hourMs },
};

const archive = 'Archive';

/**
 * Access tiers of Azure Blob Storage. Setting one changes neither the bytes nor their ETag, so that there is nothing that
 * it could overwrite and no condition on it. What was archived is rehydrated into the hot tier and stays there. Rights:
 * those of the role Storage Blob Data Contributor.
 */
export function openAzureTiers(client: AzureClient): BucketClasses {
  const look = async (key: string): Promise<ClassedObject | null> => {
    const found = await lookAtBlob(client, key);
    if (found === null) return null;
    const isPending = found.headers['x-ms-archive-status'] !== undefined;
    const access = found.facts.storageClass !== archive ? 'readable' : isPending ? 'restoring' : 'archived';
    return { ...found.facts, access, readableUntil: null };
  };

  return {
    archives: [archive],
    restoreMs: (storageClass, speed) => (storageClass === archive ? rehydrations[speed].ms : 0),
    look,
    async move({ key, storageClass: from }, to) {
      // From there it would be a restore, which whoever moves may not have meant.
      if (from === archive) return 'archived';
      return setTier(client, key, { tier: to, priority: null });
    },
    async restore(key, { speed }) {
      const found = await look(key);
      if (found === null) return 'missing';
      if (found.access !== 'archived') return found.access;
      const set = await setTier(client, key, { tier: 'Hot', priority: rehydrations[speed].priority });
      return set === 'changed' ? 'missing' : 'restoring';
    },
  };
}

/** https://learn.microsoft.com/rest/api/storageservices/set-blob-tier */
async function setTier(
  client: AzureClient,
  key: string,
  { tier, priority }: { readonly tier: string; readonly priority: string | null },
): Promise<'moved' | 'changed' | 'archived'> {
  try {
    const { status } = await client.askBlob(key, {
      action: `move to ${tier}`,
      permission: permissions.write,
      method: 'PUT',
      query: { comp: 'tier' },
      headers: { 'x-ms-access-tier': tier, ...(priority === null ? {} : { 'x-ms-rehydrate-priority': priority }) },
      maxAnswerBytes: maxDocumentBytes,
      outcomes: [200, 202, 404],
    });
    return status === 404 ? 'changed' : 'moved';
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'store/archived') return 'archived';
    throw cause;
  }
}
