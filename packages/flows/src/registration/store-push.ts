import { type ModelName, weighbridgeError } from '@weighbridge/core';
import { formatArtifactsLock } from '@weighbridge/manifest';
import { applyPlan, type EffectObserver } from '../apply-plan.js';
import { lockArtifact, lockedDigest } from '../artifacts/artifact-file.js';
import { readArtifactFiles } from '../snapshot/artifact-files.js';
import { filesOfWorkTree } from '../reading/files.js';
import { type GovernedModel, readGovernance, selectModels } from '../governing/governance.js';
import { unseenLockNotices } from '../snapshot/ignored-lock.js';
import type { Effect, Plan, Receipt } from '../plan.js';
import { writtenReferences } from '../referenced/written-references.js';
import { openStaging, type Staging } from '../artifacts/staging.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** What was stored of one model, or would be. */
export interface StorePush {
  readonly model: ModelName;
  readonly lockPath: string;
  readonly files: number;
  readonly sizeBytes: number;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  /** That git ignores the lock. */
  readonly notices: readonly Notice[];
}

/**
 * Puts the artifacts of models into the store, create-only, and writes artifacts.lock beside each manifest, so that a
 * pull request carries what the bytes are and its checks need neither them nor a credential. What services keep is
 * pinned and looked at anew; with "store: reference" it is not copied.
 * @throws flow/no-store, flow/artifact-missing, store/*, source/*
 */
export async function pushArtifacts(
  surroundings: Surroundings,
  request: { readonly models: readonly string[]; readonly dryRun: boolean },
  observe?: EffectObserver,
): Promise<readonly StorePush[]> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const pushes: StorePush[] = [];
  const { store } = surroundings;
  const staging = request.dryRun || store === null ? null : openStaging(surroundings, store);
  const models = selectModels(governance, request.models);
  if (store === null) for (const model of models) checkCopied(model);
  for (const model of models) {
    if (model.manifest.artifacts.length === 0) continue;
    pushes.push(await pushModel(surroundings, model, { dryRun: request.dryRun, observe, staging }));
  }
  return pushes;
}

/** Nothing is fetched to be copied to nowhere. @throws flow/no-store */
function checkCopied(model: GovernedModel): void {
  const [first] = model.manifest.store === 'copy' ? writtenReferences(model) : [];
  if (first !== undefined) throw weighbridgeError('flow/no-store', { path: first.written });
}

interface Pushing {
  readonly dryRun: boolean;
  readonly observe: EffectObserver | undefined;
  readonly staging: Staging | null;
}

async function pushModel(
  surroundings: Surroundings,
  model: GovernedModel,
  { dryRun, observe, staging }: Pushing,
): Promise<StorePush> {
  const copies = model.manifest.store === 'copy';
  const locked = (model.lock?.artifacts ?? []).map(lockedDigest);
  const { files, notices: unread } = await readArtifactFiles(surroundings, model, {
    depth: 'bytes',
    staging: staging?.like(locked) ?? null,
    references: 'anew',
  });
  const effects: Effect[] = [];
  for (const file of files) {
    if (!copies || file.from === 'lock' || file.sha256 === null) continue;
    if (surroundings.store === null) throw weighbridgeError('flow/no-store', { path: file.path });
    const where = file.from === 'checkout' || file.source === null ? {} : { address: file.source.address };
    effects.push({ kind: 'store', path: file.path, digest: file.sha256, sizeBytes: file.size, ...where });
  }
  const address = copies ? (surroundings.store?.address ?? null) : null;
  const artifacts = files.map((file) => lockArtifact(file, file.from === 'lock' ? file.store : address));
  effects.push({ kind: 'write', path: model.lockPath, text: formatArtifactsLock({ version: 1, artifacts }) });
  const plan = { effects };
  const receipts = dryRun ? [] : await applyPlan(surroundings, plan, observe, staging);
  const sizeBytes = files.reduce((sum, file) => sum + file.size, 0);
  const notices = [...unread, ...(await unseenLockNotices(model))];
  const { lockPath } = model;
  return { model: model.manifest.name, lockPath, files: files.length, sizeBytes, plan, receipts, notices };
}
