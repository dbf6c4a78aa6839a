import {
  isPrerelease,
  permits,
  parseTag,
  releaseOf,
  type Tag,
  type Version,
  versionTag,
  WeighbridgeError,
  weighbridgeError,
} from '@weighbridge/core';
import { type Decision, missingMetadata } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { Commit } from '@weighbridge/ports';
import { applyPlan, type EffectObserver } from '../apply-plan.js';
import { assessModels, type WeighedModel } from '../assessment/assess-models.js';
import { decideTransition, metadataFacts } from '../transition/decide-transition.js';
import { fetchTags } from '../registry/history.js';
import { filesOfWorkTree } from '../reading/files.js';
import { type Governance, readGovernance, selectModels } from '../governing/governance.js';
import type { Plan, Receipt } from '../plan.js';
import { partsFirst } from '../governing/part-order.js';
import { governByBranch } from '../governing/policy-of-branch.js';
import { type Decided, planRegistration } from './plan-registration.js';
import { readMergedEntry } from '../pull/merged-entry.js';
import type { ProvisionalVersions } from '../assessment/provisional.js';
import { lockedParts } from '../registry/registry-parts.js';
import { planStageTags, planVersionTag } from '../transition/stage-tags.js';
import { checkRegistrable } from '../governing/check-writing.js';
import { checkTag, keepStored } from './register-checks.js';
import { openStaging, type Staging } from '../artifacts/staging.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { findCold } from '../stored/cold-bytes.js';
import type { VersionDocuments } from '../documents/version-documents.js';

/** What is to be registered, and why. */
export interface RegisterRequest {
  readonly models: readonly string[];
  /** The version tag that asked for it; null for whatever changed. */
  readonly tag: string | null;
  /** The tag came by an event: a tag of another tool is passed over, not an error. */
  readonly tolerant?: boolean;
  readonly reason: string | null;
  readonly dryRun: boolean;
  /** Begins a ledger although tags speak of an earlier one. */
  readonly newLedger?: boolean;
}

/** What became of one model. */
export interface Registration {
  readonly weighed: WeighedModel;
  readonly outcome: 'registered' | 'unchanged' | 'held-back';
  readonly version: Version;
  readonly tag: string;
  readonly decision: Decision | null;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  /** Parts that were held back themselves and that it would be locked to, such as `persona 2.0.0`. */
  readonly heldFor: readonly string[];
  /** Card, bill of materials and release notes of what is registered; null for what was not. */
  readonly documents: VersionDocuments | null;
}

/** Required fields of the metadata standard that the record of a registration lacks, whether or not a gate asks for them. */
export function missingInRecord({ weighed, version }: Registration): ReturnType<typeof missingMetadata> {
  const { snapshot, model } = weighed;
  const hasMetrics = snapshot.metrics.some(({ values }) => values.length > 0);
  // Nothing is registered without a commit.
  const metadata = metadataFacts(snapshot, 'registered');
  return missingMetadata(model.manifest.kind, { version, metadata, hasMetrics });
}

/** What became of each model that was to be registered. */
export interface RegisterOutcome {
  readonly registrations: readonly Registration[];
  readonly notices: readonly Notice[];
}

/**
 * Stores the artifacts, records the version, makes its tag and puts it into the first stage. Each step can be repeated:
 * a version that is recorded already gets what is missing and nothing else. The policy is that of the default branch as it
 * is now, whichever commit a tag names.
 * @throws flow/no-policy, flow/uncommitted, flow/not-on-branch, flow/wrong-tag, flow/lock-differs, flow/no-store,
 * signing/no-signer, signing/not-good
 */
export async function registerModels(
  surroundings: Surroundings,
  request: RegisterRequest,
  observe?: EffectObserver,
): Promise<RegisterOutcome> {
  const checkedOut = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  if (!checkedOut.governed) throw weighbridgeError('flow/no-policy', {});
  const head = await surroundings.repository.commit('HEAD');
  if (head === null) throw weighbridgeError('flow/no-commit', {});
  const ruled = await governByBranch(surroundings, checkedOut, head);
  const { governance } = ruled;
  const tagged = request.tag === null ? null : parseTag(request.tag);
  if (request.tag !== null && request.tolerant && !isGoverned(governance, tagged)) {
    const text = `The tag ${request.tag} names no version of a model of this repository: nothing to do.`;
    return { registrations: [], notices: [{ level: 'notice', text }] };
  }
  if (request.tag !== null && tagged?.event !== 'registered') {
    throw weighbridgeError('flow/not-a-version-tag', { tag: request.tag });
  }
  const models = selectModels(governance, tagged === null ? request.models : [tagged.model]);
  const notices: Notice[] = [
    ...ruled.notices,
    ...(await fetchTags(surroundings)),
    ...(await checkRegistrable(surroundings, governance, head, 'register')),
  ];
  const registrations: Registration[] = [];
  const staging = request.dryRun || surroundings.store === null ? null : openStaging(surroundings, surroundings.store);
  // Versions that are not in the ledger: those that a dry run would register, and those that are held back.
  const provisional: ProvisionalVersions = new Map();
  const within: Surroundings = { ...surroundings, provisional };
  const heldBack = new Set<string>();
  for (const model of partsFirst(models)) {
    // One after the other, so that a system is locked to the parts that this very run registers, or in a dry run would.
    const options = { depth: 'bytes', staging, locking: !request.dryRun } as const;
    const [weighed] = await assessModels(within, governance, [model], options);
    if (weighed === undefined) continue;
    notices.push(...weighed.notices);
    const asked = { surroundings: within, governance, head, weighed, request, observe, staging, heldBack };
    const registration = await registerModel(asked);
    const { outcome } = registration;
    if (outcome === 'held-back') heldBack.add(model.manifest.name);
    else if (outcome === 'unchanged' || !request.dryRun) provisional.delete(model.manifest.name);
    registrations.push(registration);
    notices.push(...(registration.documents?.notices ?? []));
    if (!request.dryRun) notices.push(...(await tellColdBytes(surroundings, registration, staging)));
  }
  return { registrations, notices };
}

/** Bytes that were stored before may lie in an archive, where nobody can read them: said when a version names them. */
async function tellColdBytes(
  { store }: Surroundings,
  { outcome, weighed, version }: Registration,
  staging: Staging | null,
): Promise<readonly Notice[]> {
  const { name, store: kept } = weighed.model.manifest;
  if (store === null || outcome !== 'registered' || kept !== 'copy') return [];
  const found = weighed.files.flatMap(({ sha256, size }) =>
    sha256 === null || staging?.isNew(sha256) === true ? [] : [{ digest: sha256, sizeBytes: size }],
  );
  const cold = await findCold(store, found).catch((error: unknown) => {
    if (error instanceof WeighbridgeError) return error;
    throw error;
  });
  if (cold === null) return [];
  if (cold instanceof WeighbridgeError) {
    const text = `Whether bytes of ${name} ${version} lie in cold storage could not be found out: ${cold.message}`;
    return [{ level: 'warning', text }];
  }
  const what = `${cold.size} of ${name} ${version} were stored before and are in cold storage (${cold.classes})`;
  const how = `run "weighbridge store restore ${name}@${version}" before they are read, which takes up to ${cold.wait}`;
  return [{ level: 'warning', text: `${what}: ${how}.` }];
}

function isGoverned(governance: Governance, tag: Tag | null): boolean {
  return tag?.event === 'registered' && governance.models.some((model) => model.manifest.name === tag.model);
}

interface Registering {
  readonly surroundings: Surroundings;
  readonly governance: Governance;
  readonly head: Commit;
  readonly weighed: WeighedModel;
  readonly request: RegisterRequest;
  readonly observe: EffectObserver | undefined;
  readonly staging: Staging | null;
  /** Models that this run would not register. */
  readonly heldBack: ReadonlySet<string>;
}

async function registerModel(registering: Registering): Promise<Registration> {
  const { surroundings, weighed, request, observe, staging } = registering;
  const known = knownVersion(weighed, request.tag);
  if (known !== null) return finishKnownVersion(registering, known);
  const version = chooseVersion(weighed, request.tag);
  const tag = versionTag(weighed.model.manifest.name, version);
  const nothing: Plan = { effects: [] };
  const held = { weighed, outcome: 'held-back', version, tag, plan: nothing, receipts: [], documents: null } as const;
  const heldFor = heldParts(registering);
  if (heldFor.length > 0) return { ...held, decision: null, heldFor };
  const { decision, pull } = await decideEntry(registering, version);
  if (!permits(decision.verdict)) return { ...held, decision, heldFor };
  const { plan, documents } = await planRegistration(registering, version, { decision, pull });
  if (!request.dryRun) await keepStored(surroundings, weighed);
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan, observe, staging);
  return { weighed, outcome: 'registered', version, tag, decision, plan, receipts, heldFor, documents };
}

/** It would be locked to what was judged with it, and the ledger has no such versions: an older one is another system. */
function heldParts({ weighed, heldBack, surroundings: { provisional } }: Registering): readonly string[] {
  return lockedParts(weighed.snapshot).flatMap(({ model, version }) =>
    heldBack.has(model) && provisional?.get(model)?.version === version ? [`${model} ${version}`] : [],
  );
}

/** The registered version that is asked for, by its tag or by having this very content; null when there is to be a new one. */
function knownVersion(weighed: WeighedModel, tag: string | null): CatalogueVersion | null {
  const { next, sameAs, identity } = weighed.assessment;
  const versions = weighed.history.catalogue?.versions ?? [];
  const previous = weighed.previous?.version ?? null;
  if (tag !== null) {
    const asked = checkTag(tag, weighed.model.manifest.name);
    const found = versions.find((known) => known.version === asked) ?? null;
    return found?.identity === identity || (next === null && found?.version === previous?.version) ? found : null;
  }
  if (next !== null) return null;
  return versions.find((known) => known.version === sameAs) ?? previous;
}

/** The version to register. @throws flow/wrong-tag */
function chooseVersion(weighed: WeighedModel, tag: string | null): Version {
  const { next } = weighed.assessment;
  const model = weighed.model.manifest.name;
  if (tag === null) {
    if (next === null) throw weighbridgeError('core/invariant', { reason: 'no version to compare and none computed' });
    return next;
  }
  const parsed = checkTag(tag, model);
  const taken = weighed.history.catalogue?.versions.some((known) => known.version === parsed) ?? false;
  const fits = next !== null && (parsed === next || (isPrerelease(parsed) && releaseOf(parsed) === next));
  if (!fits || taken) {
    const expected = next ?? weighed.assessment.sameAs ?? weighed.previous?.version.version;
    throw weighbridgeError('flow/wrong-tag', {
      tag,
      model,
      expected: expected === undefined ? 'none' : versionTag(model, expected),
    });
  }
  return parsed;
}

/** Entering the registry is the move from nothing into the first stage. */
async function decideEntry(registering: Registering, version: Version): Promise<Decided> {
  const { surroundings, governance, weighed, head } = registering;
  const { model, snapshot } = weighed;
  const entering = { model, parts: lockedParts(snapshot), commit: head.id };
  const { asked, pull } = await readMergedEntry(surroundings, governance, entering);
  const decision = await decideTransition(surroundings, governance, {
    ...asked,
    model,
    catalogue: weighed.history.catalogue,
    candidate: { version, snapshot, identity: weighed.assessment.identity, registered: null },
    from: null,
    to: governance.policy.stages[0] ?? 'development',
  });
  return { decision, pull };
}

/** Same content is never a new version; what an ended run left undone for it is done now. */
async function finishKnownVersion(registering: Registering, current: CatalogueVersion): Promise<Registration> {
  const { surroundings, weighed, request, observe, staging } = registering;
  const model = weighed.model.manifest.name;
  const now = surroundings.clock.now();
  const pointers = currentPointers(weighed);
  const tags =
    current.commit === null
      ? []
      : planVersionTag(model, weighed.history, { version: current.version, commit: current.commit }, now);
  const plan: Plan = {
    effects: [
      ...tags,
      ...planStageTags(model, weighed.history, pointers, new Date(now.getTime() + 1000 * tags.length)),
    ],
  };
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan, observe, staging);
  const { version, tag } = current;
  return { weighed, outcome: 'unchanged', version, tag, decision: null, plan, receipts, heldFor: [], documents: null };
}

function currentPointers(weighed: WeighedModel): Record<string, CatalogueVersion | null> {
  const catalogue = weighed.history.catalogue;
  const pointers: Record<string, CatalogueVersion | null> = {};
  for (const [stage, version] of Object.entries(catalogue?.stages ?? {})) {
    pointers[stage] = catalogue?.versions.find((known) => known.version === version) ?? null;
  }
  return pointers;
}
