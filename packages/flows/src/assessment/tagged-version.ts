import { compareVersions, type Digest, isPrerelease, type Version, WeighbridgeError } from '@weighbridge/core';
import { digestSnapshot, type Snapshot } from '@weighbridge/versioning';
import { filesAtCommit } from '../reading/files.js';
import type { GovernedModel } from '../governing/governance.js';
import type { ModelHistory } from '../registry/history.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { takeSnapshot } from '../snapshot/take-snapshot.js';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import { lockAtEarlier } from './tagged-files.js';

/** Versions that somebody tagged before there was a ledger. */
export interface TaggedVersion {
  readonly versions: readonly Version[];
  /** The highest final one, by the files at its commit; undefined where they do not tell. */
  readonly compared: ComparedTag | undefined;
  readonly notices: readonly Notice[];
}

/** A version that was tagged, as today's manifest has it at the commit of its tag. */
export interface ComparedTag {
  readonly version: Version;
  readonly tag: string;
  readonly commit: string;
  readonly snapshot: Snapshot;
  readonly identity: Digest;
  /** Whether the tag's commit precedes the candidate's, as that of a previous version does. */
  readonly precedes: boolean;
}

/** How GTO begins the message of a version's tag. Tags that people or Weighbridge made are no history of GTO's. */
const messageOfGto = 'Registering artifact ';

/**
 * A team that comes from GTO has versions already. The first version of the ledger is compared with the highest of them,
 * by today's manifest and the files at the commit of its tag, so that the numbers go on. Null for a model that has a
 * ledger, or no tag of a version that GTO wrote.
 * @throws what takeSnapshot throws and is our own fault
 */
export async function readTaggedVersion(
  surroundings: Surroundings,
  model: GovernedModel,
  {
    history,
    head,
    files,
  }: { readonly history: ModelHistory; readonly head: string | null; readonly files: readonly ArtifactFile[] },
): Promise<TaggedVersion | null> {
  if ((history.catalogue?.versions.length ?? 0) > 0) return null;
  const tags = history.tags.flatMap(({ parsed, annotated, isOurs, message, commit, name }) =>
    annotated && !isOurs && message.startsWith(messageOfGto) && parsed.event === 'registered'
      ? [{ version: parsed.version, commit, name }]
      : [],
  );
  const newest = tags
    .filter(({ version }) => !isPrerelease(version))
    .sort((left, right) => compareVersions(right.version, left.version))[0];
  if (newest === undefined) return null;
  const versions = tags.map(({ version }) => version);
  const { version, commit, name } = newest;
  const earlier = filesAtCommit(surroundings.repository, commit);
  try {
    const lock = await lockAtEarlier(surroundings, model, { files, earlier });
    const { snapshot } = await takeSnapshot(surroundings, { ...model, files: earlier, lock }, { depth: 'bytes' });
    const { identity } = digestSnapshot(snapshot, surroundings.sha256);
    const precedes = head === null || (await surroundings.repository.isAncestor(commit, head)) !== false;
    const text = `The ledger has no version of ${model.manifest.name} yet: it is compared with ${name}, which was tagged before.`;
    return {
      versions,
      compared: { version, tag: name, commit, snapshot, identity, precedes },
      notices: [{ level: 'notice', text, file: model.manifestPath, line: model.line }],
    };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    const text = `What ${name} was cannot be read at its commit, so that its number is not gone on with: ${error.message} Write the next version as versioning.initial in weighbridge.yaml.`;
    return {
      versions,
      compared: undefined,
      notices: [{ level: 'warning', text, file: model.manifestPath, line: model.line }],
    };
  }
}
