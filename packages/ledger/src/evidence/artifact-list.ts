import { canonicalJson, type Digest, digestBytes, type Sha256, utf8 } from '@weighbridge/core';
import { registeredArtifacts } from '../entry/event-schema.js';
import { type Parsed, parseJson } from '../entry/statement.js';
import type { ArtifactList, EventBodies, RegisteredArtifact } from '../event.js';

/**
 * Bytes of files, as JSON, that an entry holds itself: of the 65,535 that it may have, signed and in base64, what is
 * left must do for everything else that it says.
 */
const maxInlineBytes = 16 * 1024;

/** How the body of a registration names the files of its version. */
export interface NamedArtifacts {
  readonly body: Pick<EventBodies['registered'], 'artifacts' | 'listed'>;
  /** The list, for the evidence of the entry; none where the entry holds the files itself. */
  readonly evidence: ReadonlyMap<Digest, string>;
}

/** Files that are few stand in the entry; of many, the entry names a list that is kept beside it. */
export function nameArtifacts(sha256: Sha256, artifacts: readonly RegisteredArtifact[]): NamedArtifacts {
  const text = formatArtifactList(artifacts);
  if (utf8(text).length <= maxInlineBytes) return { body: { artifacts }, evidence: new Map() };
  const digest = digestBytes(sha256, utf8(text));
  const listed = { digest, count: artifacts.length, size: sizeOf(artifacts) };
  return { body: { artifacts: [], listed }, evidence: new Map([[digest, text]]) };
}

/** A list of files: canonical JSON (RFC 8785) of what an entry would have said. Inverse of parseArtifactList. */
export function formatArtifactList(artifacts: readonly RegisteredArtifact[]): string {
  return canonicalJson(artifacts);
}

/** The files that a list names, which must be as many and as large as whoever named the list says. */
export function parseArtifactList(bytes: Uint8Array, listed: ArtifactList): Parsed<readonly RegisteredArtifact[]> {
  const parsed = parseJson(bytes);
  if ('fault' in parsed) return parsed;
  const faults: string[] = [];
  registeredArtifacts(parsed.value, 'list', faults);
  if (faults.length > 0) return { fault: faults.slice(0, 5).join('; ') };
  const artifacts = parsed.value as readonly RegisteredArtifact[];
  if (artifacts.length !== listed.count || sizeOf(artifacts) !== listed.size) {
    return {
      fault: `it names ${artifacts.length} files of ${sizeOf(artifacts)} bytes, not ${listed.count} of ${listed.size}`,
    };
  }
  return { value: artifacts };
}

function sizeOf(artifacts: readonly RegisteredArtifact[]): number {
  return artifacts.reduce((sum, { size }) => sum + size, 0);
}
