import {
  type Bump,
  compareBumps,
  compareVersions,
  type Digest,
  digestJson,
  isPrerelease,
  largestBump,
  type ModelName,
  releaseOf,
  type Sha256,
  type Version,
  weighbridgeError,
} from '@weighbridge/core';
import type { VersioningPolicy } from '@weighbridge/manifest';
import type { Change } from './change.js';
import type { MetricMove } from './comparison.js';
import { compareSnapshots } from './compare-snapshots.js';
import { digestSnapshot, identityOf } from './identity.js';
import { type NextVersion, nextVersion, type PrereleaseLabel } from './next-version.js';
import { significantMoves } from './significant-moves.js';
import type { Snapshot } from './snapshot.js';
import { verifyBase } from './verify-base.js';
import { comparisonWarnings } from './warnings.js';

/** One model, weighed: what `weighbridge version --json`, the pull request's comment and `register` all read. */
export interface Assessment {
  readonly model: ModelName;
  /** The release that it was compared with; null for the first. */
  readonly current: Version | null;
  /** Null when there is no new version: same content, or nothing that moves it. */
  readonly next: Version | null;
  readonly bump: Bump | 'initial';
  /** Sentences for people: what decided the bump. */
  readonly because: readonly string[];
  readonly changes: readonly Change[];
  /** The registered version that has this very content, if any. */
  readonly sameAs: Version | null;
  /** The candidate's record digest: what the ledger keeps of it. */
  readonly snapshot: Digest;
  /** Decides "same content"; what approvals, waivers and signatures name. */
  readonly identity: Digest;
  readonly evidence: Digest;
  /** Sentences for people: where the comparison could not look, and where records disagree. */
  readonly warnings: readonly string[];
}

/** What an assessment is made from. `existing` and `registered` come from the ledger. */
export interface AssessInput {
  readonly previous: { readonly version: Version; readonly snapshot: Snapshot } | null;
  readonly candidate: Snapshot;
  readonly policy: VersioningPolicy;
  /** Every version that was ever given to this model, releases or not. */
  readonly existing: readonly Version[];
  readonly sha256: Sha256;
  readonly declared?: Bump | null;
  readonly prerelease?: PrereleaseLabel;
  /** Identities of registered versions: content that is one of them already is never another. */
  readonly registered?: readonly { readonly version: Version; readonly identity: Digest }[];
  /** In place of what the policy's metrics say of the two snapshots. */
  readonly significant?: readonly MetricMove[];
  /** Bumps of the parts of a system by name, where they are known; else the distance of their versions counts. */
  readonly parts?: Readonly<Record<string, Bump>>;
}

/**
 * Weighs a candidate against the previous release. Same content is never a new version: where the identity digests are
 * equal, no rule and no declared bump makes one. The exception is a release candidate, which becomes its release.
 * @throws versioning/base-out-of-range, versioning/unknown-rule, versioning/rule-given-twice, core/version
 */
export function assess(input: AssessInput): Assessment {
  const { previous, candidate, policy, sha256 } = input;
  refuseForeignBase(candidate);
  const { identity, evidence, record } = digestSnapshot(candidate, sha256);
  const watched =
    previous === null ? { moves: [], incomparable: [] } : significantMoves(previous.snapshot, candidate, policy);
  const significant = input.significant ?? watched.moves;
  const changes =
    previous === null ? [] : compareSnapshots(previous.snapshot, candidate, { policy, significant, ...partsOf(input) });
  const verdict = decideVersion(input, changes, identity);
  return {
    model: candidate.model,
    current: previous?.version ?? null,
    next: verdict.next,
    bump: verdict.bump,
    because: verdict.because,
    changes,
    sameAs: verdict.sameAs,
    snapshot: record,
    identity,
    evidence,
    warnings: [
      ...comparisonWarnings(previous?.snapshot ?? null, candidate, changes),
      ...watched.incomparable,
      ...verdict.warnings,
    ],
  };
}

interface VersionDecision extends NextVersion {
  readonly sameAs: Version | null;
  readonly warnings: readonly string[];
}

function decideVersion(input: AssessInput, changes: readonly Change[], identity: Digest): VersionDecision {
  const { previous, declared = null } = input;
  const same = versionsWith(identity, input);
  if (previous !== null && same.includes(previous.version))
    return unchanged(previous.version, `The content is that of ${previous.version}.`, overruled(changes, declared));
  const [final] = same.filter((version) => !isPrerelease(version));
  if (final !== undefined) {
    return unchanged(final, `The content is that of ${final}, which is registered already.`, [
      `This is ${final} again: promote or roll back to it instead of registering it anew.`,
    ]);
  }
  const computed = nextVersion({
    current: previous?.version ?? null,
    changes,
    declared,
    policy: input.policy,
    existing: input.existing,
    ...labelOf(input),
  });
  const candidates = same.filter(isPrerelease);
  const [rc] = candidates;
  if (rc === undefined || computed.next === null)
    return { ...computed, sameAs: null, warnings: loweringWarnings(changes, declared) };
  if (input.prerelease?.label === 'rc') return unchanged(rc, `The content is that of ${rc}.`, []);
  const release = releaseOf(rc);
  if (
    input.prerelease !== undefined ||
    input.existing.includes(release) ||
    compareVersions(release, releaseOf(computed.next)) < 0
  ) {
    return { ...computed, sameAs: rc, warnings: loweringWarnings(changes, declared) };
  }
  return {
    ...computed,
    next: release,
    because: [...computed.because, `${rc} has this content and becomes ${release}.`],
    sameAs: rc,
    warnings: [],
  };
}

/** Registered versions of this very content, the highest first. */
function versionsWith(identity: Digest, { previous, registered = [], sha256 }: AssessInput): Version[] {
  const known = registered.filter((each) => each.identity === identity).map(({ version }) => version);
  if (previous !== null && digestJson(sha256, identityOf(previous.snapshot)) === identity) known.push(previous.version);
  return [...new Set(known)].sort((left, right) => compareVersions(right, left));
}

function unchanged(sameAs: Version, because: string, warnings: readonly string[]): VersionDecision {
  return { next: null, bump: 'none', because: [because], sameAs, warnings };
}

/** A bump that was asked for and does not come about. */
function overruled(changes: readonly Change[], declared: Bump | null): string[] {
  const asked = largestBump([...changes.map(({ bump }) => bump), declared ?? 'none']);
  return asked === 'none'
    ? []
    : [`A ${asked} bump was asked for, but the content is the same: same content is never a new version.`];
}

function loweringWarnings(changes: readonly Change[], declared: Bump | null): string[] {
  const computed = largestBump(changes.map(({ bump }) => bump));
  if (declared === null || declared === 'none' || compareBumps(declared, computed) >= 0) return [];
  return [
    `A ${declared} bump was declared, but the changes ask for ${computed}: a declared bump raises and never lowers; that takes a waiver.`,
  ];
}

function refuseForeignBase(candidate: Snapshot): void {
  const mismatch = verifyBase(candidate);
  if (mismatch === null) return;
  const { part, range, version } = mismatch;
  throw weighbridgeError('versioning/base-out-of-range', { model: candidate.model, part, range, version });
}

function labelOf({ prerelease }: AssessInput): { prerelease?: PrereleaseLabel } {
  return prerelease === undefined ? {} : { prerelease };
}

function partsOf({ parts }: AssessInput): { parts?: Readonly<Record<string, Bump>> } {
  return parts === undefined ? {} : { parts };
}
