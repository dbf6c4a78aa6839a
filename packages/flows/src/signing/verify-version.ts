import { type JsonObject, weighbridgeError } from '@weighbridge/core';
import { compareResources, excludedNames, isExcluded, type Resource, resourcesOf } from '@weighbridge/evidence';
import type { SignatureFacts } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { filesOfWorkTree } from '../reading/files.js';
import { findModel, readGovernance } from '../governing/governance.js';
import { findVersion, readHistory } from '../registry/history.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { checkSignatures } from './check-signatures.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** Which version is verified, and against what. */
export interface VerifyRequest {
  readonly model: string;
  /** A version, stage, alias or identity digest. */
  readonly version: string;
  /** Every file of a folder by its path in it; null to compare with what the ledger records only. */
  readonly files: readonly Resource[] | null;
}

/** What was found. */
export interface Verification {
  readonly version: CatalogueVersion;
  readonly signatures: SignatureFacts;
  /** What differs between the files and the artifacts of the version, one clause each; null when none were given. */
  readonly differences: readonly string[] | null;
  /** The newest bundle that counts; null when none does. */
  readonly bundle: JsonObject | null;
  readonly verified: boolean;
  readonly notices: readonly Notice[];
}

/**
 * Verifies the signatures of a registered version against the artifacts that the ledger records, and those against files.
 * @throws signing/nobody-allowed, signing/not-signable, flow/unknown-version
 */
export async function verifyVersion(surroundings: Surroundings, request: VerifyRequest): Promise<Verification> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const { signing } = governance.policy;
  const tools = surroundings.signing;
  if (signing === undefined || tools === undefined) throw weighbridgeError('signing/nobody-allowed', {});
  const model = findModel(governance, request.model).manifest.name;
  const { catalogue, notices } = await readHistory(surroundings, model, null);
  const version = findVersion(model, catalogue, request.version);
  const trust = { signing, files: surroundings.workTree };
  const { signatures, facts } = await checkSignatures(surroundings, tools, { trust, version, model });
  const newest = signatures.filter(({ judged }) => 'value' in judged).at(-1) ?? null;
  const ignored = newest !== null && 'value' in newest.judged ? newest.judged.value.statement.ignorePaths : [];
  const recorded = resourcesOf(await artifactsOf(surroundings.ledger, version), model);
  const differences = request.files === null ? null : compareFiles(recorded, request.files, ignored);
  return {
    version,
    signatures: facts,
    differences,
    bundle: newest?.bundle ?? null,
    verified: newest !== null && (differences ?? []).length === 0,
    notices,
  };
}

/** Files that a statement says it left out are passed over, except where the version has them. */
function compareFiles(
  resources: readonly Resource[],
  files: readonly Resource[],
  ignored: readonly string[],
): readonly string[] {
  const names = new Set(resources.map(({ name }) => name));
  const passedOver = [...excludedNames, ...ignored];
  return compareResources(
    resources,
    files.filter(({ name }) => names.has(name) || !isExcluded(name, passedOver)),
  );
}
