import { canonicalJson } from '@weighbridge/core';

/** Where a store notes whose ledgers name its bytes. */
export const ownersKey = 'registry.json';

const maxOwners = 10_000;

/** Canonical JSON. Inverse of parseOwners. */
export function formatOwners(owners: readonly string[]): string {
  return canonicalJson({ version: 1, owners });
}

/** The owners as noted; null for what is no such note. */
export function parseOwners(bytes: Uint8Array): readonly string[] | null {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as { version?: unknown; owners?: unknown } | null;
    if (value?.version !== 1 || !Array.isArray(value.owners) || value.owners.length > maxOwners) return null;
    return value.owners.every((owner): owner is string => typeof owner === 'string') ? value.owners : null;
  } catch {
    // Whoever wrote it, it is no note that says whose the bytes are.
    return null;
  }
}
