import { type JsonObject, parseUtf8, weighbridgeError } from '@weighbridge/core';
import {
  type GoodSignature,
  judgeKeyBundle,
  judgeSigstoreBundle,
  methodOf,
  type Read,
  readAttestations,
  type Resource,
  resourcesOf,
} from '@weighbridge/evidence';
import type { SignatureFacts } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { SigningPolicy } from '@weighbridge/manifest';
import { readTrustedRoot } from '../evidence/check-proof.js';
import type { Files } from '../reading/files.js';
import type { Surroundings } from '../surroundings.js';
import type { SigningTools } from './signing-tools.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** Bundles of one version that are looked at, the newest: each costs several signatures. */
const maxSignatures = 32;

/** Whose signatures count, and where the policy's files are read from. */
export interface SigningTrust {
  readonly signing: SigningPolicy;
  /** Files of the commit that the policy is of: a trusted root is one of them. */
  readonly files: Pick<Files, 'read'>;
}

/** A bundle of the ledger with what became of it. */
export interface CheckedSignature {
  readonly bundle: JsonObject;
  readonly judged: Read<GoodSignature>;
}

/** Everything that stands against the artifacts of one version, oldest first. */
export interface CheckedSignatures {
  readonly signatures: readonly CheckedSignature[];
  /** As gates see it. */
  readonly facts: SignatureFacts;
}

/**
 * Checks the signatures that the ledger names of a version against the digests that it records of the artifacts, by the
 * policy as it is now: what was good once is no proof. Needs no network.
 * @throws signing/not-signable, flow/evidence-missing, evidence/trusted-root
 */
export async function checkSignatures(
  surroundings: Surroundings,
  tools: SigningTools,
  {
    trust,
    version,
    model,
  }: { readonly trust: SigningTrust; readonly version: CatalogueVersion; readonly model: string },
): Promise<CheckedSignatures> {
  const recorded = (version.signatures ?? []).slice(-maxSignatures);
  const resources = recorded.length === 0 ? [] : resourcesOf(await artifactsOf(surroundings.ledger, version), model);
  const signatures: CheckedSignature[] = [];
  const good: { readonly signer: GoodSignature['signer']; readonly time: string }[] = [];
  for (const { signature, time } of recorded) {
    const bytes = await surroundings.ledger.evidence(signature);
    if (bytes === null) throw weighbridgeError('flow/evidence-missing', { digest: signature });
    const bundle = JSON.parse(parseUtf8(bytes)) as JsonObject;
    const judged = await judgeBundle(surroundings, tools, { trust, bundle, resources });
    signatures.push({ bundle, judged });
    if ('value' in judged) good.push({ signer: judged.value.signer, time: judged.value.time ?? time });
  }
  const refused = signatures.flatMap(({ judged }) => ('fault' in judged ? [judged.fault] : []));
  return { signatures, facts: { good, refused } };
}

/** Judges one bundle against these files. @throws evidence/trusted-root */
export async function judgeBundle(
  surroundings: Surroundings,
  tools: SigningTools,
  about: { readonly trust: SigningTrust; readonly bundle: JsonObject; readonly resources: readonly Resource[] },
): Promise<Read<GoodSignature>> {
  const { trust, bundle, resources } = about;
  const { signing } = trust;
  const question = { signing, resources, sha256: surroundings.sha256 };
  const method = methodOf(bundle);
  if (method === null) return { fault: 'it is no bundle of a key or a workflow' };
  if (method === 'certificate') {
    return { fault: 'it is signed with a certificate of a company, and only keys and workflows are verified' };
  }
  if (method === 'key') return judgeKeyBundle(bundle, { ...question, verifyEcdsa: tools.verifyEcdsa });
  const trustedRoot = await readTrustedRoot(surroundings, trust.files, signing);
  const verified = await tools.bundles.verify(bundle, trustedRoot);
  return 'fault' in verified ? verified : judgeSigstoreBundle(verified.value, question);
}

/** Reads a file with one bundle. @throws signing/bundle-unreadable */
export function parseSignature(path: string, bytes: Uint8Array): JsonObject {
  const read = readAttestations(bytes);
  if ('fault' in read) throw weighbridgeError('signing/bundle-unreadable', { path, reason: read.fault });
  const [only, ...more] = read.value;
  if (only?.kind === 'bundle' && more.length === 0) return only.value;
  throw weighbridgeError('signing/bundle-unreadable', { path, reason: 'it does not hold one Sigstore bundle' });
}
