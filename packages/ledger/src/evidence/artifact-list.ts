import { canonicalJson, type Digest, digestBytes, type Sha256, utf8 } from '@weighbridge/core';
import { registeredArtifacts } from '../entry/event-schema.js';
import { type Parsed, parseJson } from '../entry/statement.js';
import type { ArtifactList, NamedArtifacts, RegisteredArtifact } from '../event.js';

/**
 * Bytes of files, as JSON, that an entry holds itself: of the 65,535 that it may have, signed and in base64, what is
 * left must do for everything else that it says.
 */
const maxInlineBytes = 16 * 1024;

/** How an entry names the files of a version, with the list as evidence where it names one. */
export interface ArtifactNaming {
  readonly artifacts: NamedArtifacts;
  readonly evidence: ReadonlyMap<Digest, string>;
}

/** Files that are few stand in the entry; of many, the entry names a list that is kept beside it. */
export function nameArtifacts(sha256: Sha256, artifacts: readonly RegisteredArtifact[]): ArtifactNaming {
  const text = formatArtifactList(artifacts);
  if (utf8(text).length <= maxInlineBytes) return { artifacts, evidence: new Map() };
  const digest = digestBytes(sha256, utf8(text));
  return { artifacts: { digest, ...measureArtifacts(artifacts) }, evidence: new Map([[digest, text]]) };
}

/** Whether a list has to be read to know the files. */
export function isListed(artifacts: NamedArtifacts): artifacts is ArtifactList {
  return !Array.isArray(artifacts);
}

/** How many files a version has, and their bytes in all, without reading a list. */
export function measureArtifacts(artifacts: NamedArtifacts): Pick<ArtifactList, 'count' | 'size'> {
  if (isListed(artifacts)) return { count: artifacts.count, size: artifacts.size };
  return { count: artifacts.length, size: artifacts.reduce((sum, { size }) => sum + size, 0) };
}

/** A list of files: canonical JSON (RFC 8785) of what an entry would have said. Inverse of parseArtifactList. */
export function formatArtifactList(artifacts: readonly RegisteredArtifact[]): string {
  return canonicalJson(artifacts);
}

/** The files that a list names, which must be as many and as large as whoever names the list says. */
export function parseArtifactList(bytes: Uint8Array, list: ArtifactList): Parsed<readonly RegisteredArtifact[]> {
  const parsed = parseJson(bytes);
  if ('fault' in parsed) return parsed;
  const faults: string[] = [];
  registeredArtifacts(parsed.value, 'list', faults);
  if (faults.length > 0) return { fault: faults.slice(0, 5).join('; ') };
  const artifacts = parsed.value as readonly RegisteredArtifact[];
  const { count, size } = measureArtifacts(artifacts);
  if (count !== list.count || size !== list.size) {
    return { fault: `it names ${count} files of ${size} bytes, not ${list.count} of ${list.size}` };
  }
  return { value: artifacts };
}
