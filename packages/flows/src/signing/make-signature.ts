import {
  canonicalJson,
  type Digest,
  digestBytes,
  type JsonObject,
  type ModelName,
  utf8,
  type Version,
  weighbridgeError,
} from '@weighbridge/core';
import {
  formatModelStatement,
  type GoodSignature,
  type RecordedArtifact,
  resourcesOf,
  statementPayloadType,
} from '@weighbridge/evidence';
import type { EventContext, LedgerEvent } from '@weighbridge/ledger';
import { makeEvent } from '../events.js';
import type { Governance } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { judgeBundle, type SigningTrust } from './check-signatures.js';
import type { SigningTools } from './signing-tools.js';

/** What is signed. */
export interface SignedVersion {
  readonly model: ModelName;
  readonly version: Version;
  readonly artifacts: readonly RecordedArtifact[];
}

/** The entry of a signature with the bundle that it names. */
export interface PlannedSignature {
  readonly events: readonly LedgerEvent[];
  readonly evidence: ReadonlyMap<Digest, string>;
}

/**
 * Signs a version and verifies what came of it by the policy, so that nothing is recorded that gates would refuse.
 * @throws signing/no-signer, signing/not-good, signing/not-signable, evidence/keyless
 */
export async function makeSignature(
  surroundings: Surroundings,
  tools: SigningTools,
  trust: SigningTrust,
  signed: SignedVersion,
): Promise<{ readonly bundle: JsonObject; readonly good: GoodSignature }> {
  if (tools.signer === null) throw weighbridgeError('signing/no-signer', { model: signed.model });
  const resources = resourcesOf(signed.artifacts, signed.model);
  const statement = formatModelStatement(surroundings.sha256, signed.model, resources);
  const bundle = await tools.signer.sign(utf8(statement), statementPayloadType);
  return { bundle, good: await requireGood(surroundings, tools, { trust, bundle, signed }) };
}

/** What a bundle proves of a version. @throws signing/not-good, signing/not-signable */
export async function requireGood(
  surroundings: Surroundings,
  tools: SigningTools,
  about: { readonly trust: SigningTrust; readonly bundle: JsonObject; readonly signed: SignedVersion },
): Promise<GoodSignature> {
  const { trust, bundle, signed } = about;
  const { model, version } = signed;
  const judged = await judgeBundle(surroundings, tools, {
    trust,
    bundle,
    resources: resourcesOf(signed.artifacts, model),
  });
  if ('fault' in judged) throw weighbridgeError('signing/not-good', { model, version, reason: judged.fault });
  return judged.value;
}

/** The entry that names a good signature. */
export function planSignature(
  { sha256 }: Pick<Surroundings, 'sha256'>,
  about: { readonly model: ModelName; readonly version: Version; readonly context: EventContext },
  { bundle, good }: { readonly bundle: JsonObject; readonly good: GoodSignature },
): PlannedSignature {
  const text = canonicalJson(bundle);
  const signature = digestBytes(sha256, utf8(text));
  const kind = good.signer.kind === 'key' ? 'key' : 'workflow';
  const body = { signature, root: good.statement.root, kind, signer: good.signerId } as const;
  const { model, version, context } = about;
  const event = makeEvent(sha256, { type: 'signed', model, version, context, body });
  return { events: [event], evidence: new Map([[signature, text]]) };
}

/**
 * What registration adds where the policy has versions signed: nothing for what has no artifact, and nothing in a dry
 * run, since what a log once holds stays there. @throws as makeSignature
 */
export async function planSigning(
  surroundings: Surroundings,
  governance: Governance,
  about: { readonly signed: SignedVersion; readonly context: EventContext; readonly dryRun: boolean },
): Promise<PlannedSignature> {
  const { signing } = governance.policy;
  const { signed, context, dryRun } = about;
  if (signing?.when !== 'register' || signed.artifacts.length === 0 || dryRun)
    return { events: [], evidence: new Map() };
  const tools = surroundings.signing;
  if (tools === undefined) throw weighbridgeError('signing/no-signer', { model: signed.model });
  const trust = { signing, files: surroundings.workTree };
  return planSignature(surroundings, { ...signed, context }, await makeSignature(surroundings, tools, trust, signed));
}
