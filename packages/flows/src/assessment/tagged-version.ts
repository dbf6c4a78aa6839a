import {
  compareVersions,
  type Digest,
  incrementVersion,
  isPrerelease,
  majorOf,
  parseVersion,
  releaseOf,
  type Version,
  WeighbridgeError,
} from '@weighbridge/core';
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
  /** The number to begin with where nothing can be compared: above all that were tagged. */
  readonly beginning: Version;
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
    initial,
  }: {
    readonly history: ModelHistory;
    readonly head: string | null;
    readonly files: readonly ArtifactFile[];
    readonly initial: string;
  },
): Promise<TaggedVersion | null> {
  if ((history.catalogue?.versions.length ?? 0) > 0) return null;
  const tags = history.tags.flatMap(({ parsed, annotated, isOurs, message, commit, name }) =>
    annotated && !isOurs && message.startsWith(messageOfGto) && parsed.event === 'registered'
      ? [{ version: parsed.version, commit, name }]
      : [],
  );
  const sorted = tags.toSorted((left, right) => compareVersions(right.version, left.version));
  const newest = sorted.find(({ version }) => !isPrerelease(version)) ?? sorted[0];
  if (newest === undefined) return null;
  const { version, commit, name } = newest;
  const versions = tags.map((tag) => tag.version);
  const beginning = firstAbove(version, initial);
  const told = { file: model.manifestPath, line: model.line };
  if (isPrerelease(version)) {
    const text = `GTO tagged ${name}, which is no release, and no release before it: the numbers begin with ${beginning}.`;
    return { versions, compared: undefined, beginning, notices: [{ level: 'notice', text, ...told }] };
  }
  const earlier = filesAtCommit(surroundings.repository, commit);
  try {
    const lock = await lockAtEarlier(surroundings, model, { files, earlier });
    const { snapshot } = await takeSnapshot(surroundings, { ...model, files: earlier, lock }, { depth: 'bytes' });
    const { identity } = digestSnapshot(snapshot, surroundings.sha256);
    const precedes = head === null || (await surroundings.repository.isAncestor(commit, head)) !== false;
    const text = `The ledger has no version of ${model.manifest.name} yet: it is compared with ${name}, which was tagged before.`;
    const compared = { version, tag: name, commit, snapshot, identity, precedes };
    return { versions, compared, beginning, notices: [{ level: 'notice', text, ...told }] };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    const text = `What ${name} was cannot be read at its commit: ${error.message} As far as anybody can tell it was another model, so that ${beginning} comes next. Another number above ${version} may stand as versioning.initial in weighbridge.yaml.`;
    return { versions, compared: undefined, beginning, notices: [{ level: 'warning', text, ...told }] };
  }
}

/** As after a breaking change, unless the policy asks for another number above what was tagged. */
function firstAbove(highest: Version, initial: string): Version {
  const asked = parseVersion(initial);
  if (compareVersions(asked, highest) > 0) return asked;
  return isPrerelease(highest)
    ? releaseOf(highest)
    : incrementVersion(highest, majorOf(highest) > 0 ? 'major' : 'minor');
}
