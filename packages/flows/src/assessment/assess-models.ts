import { type Digest, parseDigest, type Version } from '@weighbridge/core';
import { type Assessment, digestSnapshot, type Snapshot } from '@weighbridge/versioning';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { bumpsOfParts, checkBuiltOn } from './built-on.js';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import type { Reading } from '../artifacts/measure-file.js';
import { partsFirst } from '../governing/part-order.js';
import { noteProvisional } from './provisional.js';
import { openCommitFiles } from '../reading/files.js';
import { type Governance, type GovernedModel, readGovernance } from '../governing/governance.js';
import { type ModelHistory, readHistory } from '../registry/history.js';
import { certainMoves } from './certain-moves.js';
import { checkRetrieval } from '../governing/check-retrieval.js';
import { readSnapshot } from '../registry/read-snapshot.js';
import { assessTagged, type TakenOver } from './assess-tagged.js';
import { readTaggedVersion } from './tagged-version.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { type TakenSnapshot, takeSnapshot } from '../snapshot/take-snapshot.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** One model, weighed: what it is, what it was, and what that makes it. */
export interface WeighedModel extends TakenSnapshot {
  readonly history: ModelHistory;
  readonly previous: { readonly version: CatalogueVersion; readonly snapshot: Snapshot } | null;
  readonly assessment: Assessment;
  /** The version that it is already by a tag that was there before the ledger; null for all others. */
  readonly takenOver: TakenOver | null;
}

/** How closely models are looked at, and what raises or labels their versions. */
export interface AssessOptions extends Reading {
  /** Labels the version as a candidate of a pull request. */
  readonly prerelease?: { readonly label: 'pr'; readonly number: number; readonly iteration: number };
  /** A bump that somebody declared, such as by a label; the manifest's own `bump` counts too. */
  readonly declared?: 'patch' | 'minor' | 'major' | null;
  /** The versions are registered as they are weighed: whatever they are built on has to be there. */
  readonly locking?: boolean;
}

/**
 * Weighs models against their last releases, as they stand where the governance was read: in the checkout, or at a
 * commit, of which nothing is checked out. What is built on others of them is weighed as if those had got their next
 * versions already, as they will have when it is registered. Writes nothing.
 */
export async function assessModels(
  surroundings: Surroundings,
  governance: Governance,
  models: readonly GovernedModel[],
  options: AssessOptions,
): Promise<readonly WeighedModel[]> {
  const checkedOut = (await surroundings.repository.commit('HEAD'))?.id ?? null;
  const provisional = surroundings.provisional ?? new Map();
  const weighed = new Map<GovernedModel, WeighedModel>();
  for (const model of partsFirst(models)) {
    const head = model.files.commit ?? checkedOut;
    const found = await assessModel({ ...surroundings, provisional }, governance, model, { ...options, head });
    noteProvisional(provisional, found);
    weighed.set(model, found);
  }
  return models.flatMap((model) => weighed.get(model) ?? []);
}

async function assessModel(
  surroundings: Surroundings,
  governance: Governance,
  model: GovernedModel,
  options: AssessOptions & { readonly head: string | null },
): Promise<WeighedModel> {
  const history = await readHistory(surroundings, model.manifest.name, options.head);
  const before = history.previous === null ? [] : await artifactsOf(surroundings.ledger, history.previous);
  const like = before.map(({ sha256 }) => parseDigest(`sha256:${sha256}`));
  const staging = options.staging?.like(like) ?? null;
  const taken = await takeSnapshot(surroundings, model, { depth: options.depth, staging });
  const previous =
    history.previous === null
      ? null
      : { version: history.previous, snapshot: await readSnapshot(surroundings, history.previous) };
  await checkRetrieval(model);
  await checkBuiltOn(surroundings, taken, { locking: options.locking ?? false });
  const parts = previous === null ? {} : await bumpsOfParts(surroundings, previous.snapshot, taken.snapshot);
  const watched =
    previous === null ? null : certainMoves(previous.snapshot, taken.snapshot, governance.policy.versioning);
  const tagged =
    previous === null
      ? await readTaggedVersion(surroundings, model, {
          history,
          head: options.head,
          files: taken.files,
          initial: governance.policy.versioning.initial,
        })
      : null;
  const compared =
    previous === null ? tagged?.compared : { version: previous.version.version, snapshot: previous.snapshot };
  const known = (history.catalogue?.versions ?? []).map((version): Version => version.version);
  const asked = {
    parts,
    ...(watched === null ? {} : { significant: watched.moves }),
    previous: compared ?? null,
    candidate: taken.snapshot,
    policy: governance.policy.versioning,
    existing: [...known, ...(tagged?.versions ?? [])],
    registered: (history.catalogue?.versions ?? []).map(({ version, identity }) => ({ version, identity })),
    declared: options.declared ?? model.manifest.bump,
    sha256: surroundings.sha256,
    ...(options.prerelease === undefined ? {} : { prerelease: options.prerelease }),
  };
  const { assessment, takenOver } = assessTagged(asked, tagged);
  const notices: Notice[] = [
    ...taken.notices,
    ...history.notices,
    ...(tagged?.notices ?? []),
    ...tellUnmeasured(model, taken.files),
    ...(watched?.told ?? [])
      .filter((text) => !assessment.warnings.includes(text))
      .map((text): Notice => ({ level: 'warning', text, file: model.manifestPath, line: model.line })),
    ...assessment.warnings.map(
      (text): Notice => ({ level: 'warning', text, file: model.manifestPath, line: model.line }),
    ),
  ];
  return { ...taken, history, previous, assessment, takenOver, notices };
}

/** Of what is only referred to, the lock is a claim of whoever wrote it: nobody here has read those bytes. */
function tellUnmeasured({ manifest, manifestPath, line }: GovernedModel, files: readonly ArtifactFile[]): Notice[] {
  // What lies behind a reference is compared with it when the version is registered.
  const claimed = files.filter(({ from, source }) => from === 'lock' && source === null).map(({ path }) => path);
  if (manifest.store !== 'reference' || claimed.length === 0) return [];
  const named = `${claimed.slice(0, 3).join(', ')}${claimed.length > 3 ? ` and ${claimed.length - 3} more` : ''}`;
  const text = `The digest of ${named} is a claim that nobody computed here: ${manifest.name} says store: reference, and the checkout has no bytes. Say store: copy, or commit the file, to have it verified.`;
  return [{ level: 'warning', text, file: manifestPath, line }];
}

/** The three digests of one model's content. */
export interface ContentDigests {
  /** What makes a version what it is; what approvals, waivers and signatures name. */
  readonly identity: Digest;
  /** The metric documents and what they speak of. */
  readonly evidence: Digest;
  /** Everything. */
  readonly record: Digest;
}

/**
 * The three digests of one model at any commit, which is fetched when the clone does not hold it; null when the commit
 * has no such model. Reads neither history nor releases, so that many commits can be compared.
 * @throws flow/commit-missing, flow/invalid-files, and as takeSnapshot
 */
export async function readContentDigests(
  surroundings: Surroundings,
  { commit, model: name }: { readonly commit: string; readonly model: string },
): Promise<ContentDigests | null> {
  const files = await openCommitFiles(surroundings.repository, commit);
  const { models } = await readGovernance(files, surroundings.sha256);
  const model = models.find(({ manifest }) => manifest.name === name);
  return model === undefined ? null : (await readContent(surroundings, model)).digests;
}

/** What a model is where its manifest was read, with its digests. @throws as takeSnapshot */
export async function readContent(
  surroundings: Surroundings,
  model: GovernedModel,
): Promise<{ readonly snapshot: Snapshot; readonly digests: ContentDigests }> {
  const { snapshot } = await takeSnapshot(surroundings, model, { depth: 'bytes' });
  return { snapshot, digests: digestSnapshot(snapshot, surroundings.sha256) };
}
