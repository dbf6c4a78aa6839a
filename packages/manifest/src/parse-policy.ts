import type { Bump } from '@weighbridge/core';
import { checkPolicy } from './checks/check-policy.js';
import { parseDecimalText } from './decimal-text.js';
import { type FileKind, parseFile } from './parse-file.js';
import type { Policy, VersioningPolicy, WaiverPolicy } from './policy.js';
import { readEvidenceTrust, readSigning } from './read-evidence.js';
import { readBounds, readGate, readUncertainty } from './read-gate.js';
import { readReview, readWaiverLimits } from './read-review.js';
import { readRetention } from './read-retention.js';
import { readStore } from './read-store.js';
import { readTiers } from './read-tiers.js';
import type { Parsed } from './source/fault.js';
import { LineIndex } from './source/line-index.js';
import { type Place, rootPlace } from './source/place.js';
import { SourceDocument } from './source/source-document.js';
import type { SourceFile } from './source/source-file.js';

const defaultStages = ['development', 'staging', 'production', 'archived'];
const defaultModels = ['models/*/model.yaml'];
const defaultKeep = 3;

/** Reads a `weighbridge.yaml`. Logins and teams lose a leading @. Never throws for any content. */
export function parsePolicy(source: SourceFile): Parsed<Policy> {
  return parseFile(source, policyKind);
}

const policyKind: FileKind<Policy> = {
  schema: 'weighbridge',
  whenEmpty: null,
  check: (root) => checkPolicy(root, defaultStages),
  read: readPolicy,
};

/** The policy of a repository that has none: every default, no gates, no store, and nothing blocks. */
export function defaultPolicy(): Policy {
  const value = { version: 1, mode: 'warn' };
  return readPolicy(
    rootPlace(new SourceDocument({ file: '', value, faults: [], root: null, lines: new LineIndex('') })),
  );
}

/** The policy of a document that has no faults, with defaults filled in. */
function readPolicy(root: Place): Policy {
  const stages = root.at('stages').written ? root.at('stages').texts() : defaultStages;
  const tiers = readTiers(root);
  const [ledger, rollback] = [root.at('ledger'), root.at('rollback')];
  const signing = readSigning(root);
  return {
    version: 1,
    mode: root.at('mode').text() === 'warn' ? 'warn' : 'enforce',
    models: root.at('models').written ? root.at('models').texts() : defaultModels,
    stages,
    transitions: readTransitions(root, stages),
    release: readRelease(root.at('release')),
    versioning: readVersioning(root.at('versioning')),
    store: readStore(root.at('store')),
    retention: readRetention(root.at('retention')),
    ...(tiers === null ? {} : { tiers }),
    ledger: {
      branch: ledger.at('branch').text() ?? 'weighbridge',
      signing: ledger.at('signing').text() === 'required' ? 'required' : 'optional',
      keys: ledger.at('keys').texts(),
    },
    reviewers: Object.fromEntries(
      root
        .at('reviewers')
        .members()
        .map(([name, roster]) => [name, readRoster(roster)]),
    ),
    review: readReview(root.at('review')),
    owners: readNames(root.at('owners')),
    rollback: { keep: rollback.at('keep').integer() ?? defaultKeep, allow: readNames(rollback.at('allow')) },
    gates: Object.fromEntries(
      root
        .at('gates')
        .members()
        .map(([stage, gate]) => [stage, readGate(gate)]),
    ),
    waivers: root.at('waivers').items().map(readWaiver),
    evidence: readEvidenceTrust(root.at('evidence')),
    ...(signing === null ? {} : { signing }),
    waiverLimits: readWaiverLimits(root.at('waiver_limits')),
  };
}

/** What is not written goes from each stage to the next, from none into the first, and from everywhere into the archive. */
function readTransitions(root: Place, stages: readonly string[]): Policy['transitions'] {
  const written = root.at('transitions');
  const allowed = stages.map((stage, index) => {
    const origins = written.at(stage);
    if (origins.written) return [stage, origins.texts()] as const;
    if (index === 0) return [stage, ['none']] as const;
    return [stage, index === stages.length - 1 ? stages.slice(0, -1) : stages.slice(index - 1, index)] as const;
  });
  return Object.fromEntries(allowed);
}

function readRelease(release: Place): Policy['release'] {
  const when = release.text() ?? release.at('when').text();
  return { when: when === 'on-merge' ? 'on-merge' : 'on-tag', branches: release.at('branches').texts() };
}

function readVersioning(versioning: Place): VersioningPolicy {
  return {
    preset: versioning.at('preset').text() === 'interface' ? 'interface' : 'weights',
    rules: Object.fromEntries(
      versioning
        .at('rules')
        .members()
        .map(([rule, bump]) => [rule, (bump.text() ?? 'none') as Bump]),
    ),
    initial: versioning.at('initial').text() ?? '1.0.0',
    metrics: versioning
      .at('metrics')
      .items()
      .map((item) => ({
        metric: item.at('metric').text() ?? '',
        direction: item.at('direction').text() === 'lower' ? 'lower' : 'higher',
        threshold: parseDecimalText(item.at('threshold').exact() ?? '') ?? '0',
        ...(item.at('uncertainty').written ? { uncertainty: readUncertainty(item.at('uncertainty')) } : {}),
        ...(item.at('capability').written ? { capability: readBounds(item.at('capability')) } : {}),
      })),
  };
}

function readRoster(roster: Place): Policy['reviewers'][string] {
  return { users: readNames(roster.at('users')), teams: readNames(roster.at('teams')) };
}

function readNames(list: Place): readonly string[] {
  return list.texts().map((name) => name.replace(/^@/, ''));
}

function readWaiver(waiver: Place): WaiverPolicy {
  const text = (key: string) => waiver.at(key).text() ?? '';
  return {
    gate: text('gate'),
    model: text('model'),
    digest: text('digest'),
    reason: text('reason'),
    expires: text('expires'),
    rule: text('rule'),
  };
}
