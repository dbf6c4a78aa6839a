import { type JsonObject, weighbridgeError } from '@weighbridge/core';
import { maxAttestationBytes } from '@weighbridge/evidence';
import type { EvidenceSigner } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { applyPlan } from '../apply-plan.js';
import { eventContext } from '../events.js';
import { filesOfWorkTree } from '../reading/files.js';
import { findModel, readGovernance } from '../governing/governance.js';
import { findVersion, readHistory } from '../registry/history.js';
import type { Plan, Receipt } from '../plan.js';
import { checkSigning } from '../governing/check-writing.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { parseSignature } from './check-signatures.js';
import { makeSignature, planSignature, requireGood } from './make-signature.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** Which version is signed. */
export interface SignRequest {
  readonly model: string;
  /** A version, stage, alias or identity digest. */
  readonly version: string;
  /** A signature that another tool made, by path from the root; null to make one. */
  readonly bundle: string | null;
  readonly reason: string | null;
  readonly dryRun: boolean;
}

/** What was signed, or would be. */
export interface Signing {
  readonly version: CatalogueVersion;
  /** Null in a dry run that would make a signature: nothing is signed then. */
  readonly bundle: JsonObject | null;
  readonly signer: EvidenceSigner | null;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  readonly notices: readonly Notice[];
}

/**
 * Signs a registered version, or records a signature that another tool made of its artifacts. Only one that counts by the
 * policy is recorded. @throws signing/nobody-allowed, signing/no-signer, signing/not-good, signing/bundle-unreadable
 */
export async function signVersion(surroundings: Surroundings, request: SignRequest): Promise<Signing> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  checkSigning(surroundings, governance, 'sign');
  const { signing } = governance.policy;
  const tools = surroundings.signing;
  if (signing === undefined || tools === undefined) throw weighbridgeError('signing/nobody-allowed', {});
  const model = findModel(governance, request.model).manifest.name;
  const history = await readHistory(surroundings, model, null);
  const version = findVersion(model, history.catalogue, request.version);
  const { notices } = history;
  if (request.dryRun && request.bundle === null) {
    return { version, bundle: null, signer: null, plan: { effects: [] }, receipts: [], notices };
  }
  const trust = { signing, files: surroundings.workTree };
  const signed = { model, version: version.version, artifacts: await artifactsOf(surroundings.ledger, version) };
  const given = request.bundle === null ? null : await readBundle(surroundings, request.bundle);
  const made =
    given === null
      ? await makeSignature(surroundings, tools, trust, signed)
      : { bundle: given, good: await requireGood(surroundings, tools, { trust, bundle: given, signed }) };
  const context = eventContext(surroundings, {
    commit: await surroundings.repository.commit('HEAD'),
    justification: request.reason,
    time: surroundings.clock.now(),
  });
  const plan: Plan = { effects: [{ kind: 'append', ...planSignature(surroundings, { ...signed, context }, made) }] };
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan);
  return { version, bundle: made.bundle, signer: made.good.signer, plan, receipts, notices };
}

async function readBundle(surroundings: Surroundings, path: string): Promise<JsonObject> {
  const bytes = await surroundings.workTree.read(path, maxAttestationBytes);
  if (bytes === null) throw weighbridgeError('flow/path-not-found', { path });
  return parseSignature(path, bytes);
}
