import { parseUtf8, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import {
  attestationPaths,
  type Candidate,
  type GatedDocument,
  maxAttestationBytes,
  maxAttestations,
  parseProof,
  type Proof,
  readAttestations,
  recogniseAttestation,
} from '@weighbridge/evidence';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { type EvidenceTrust, type MetricReference, resolveManifestPath } from '@weighbridge/manifest';
import type { GovernedModel } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { fetchRun } from './fetch-run.js';
import { findRuns } from './find-run.js';
import type { ProofSources } from './proof-sources.js';

/** Proofs of one document, and why others that were found or named are none. */
export interface FoundProofs {
  readonly proofs: readonly Proof[];
  readonly refused: readonly string[];
  /** False when something that was named could not be looked at from here. */
  readonly complete: boolean;
}

const nothing: FoundProofs = { proofs: [], refused: [], complete: true };

/**
 * What may stand behind a document of a model that is not registered: the statement that the manifest names or that lies
 * beside the document, and the run that the manifest names; else the newest run of a trusted workflow on the commit, and
 * what the forge keeps about the model's identity.
 */
export async function findProofs(
  surroundings: Surroundings,
  sources: ProofSources,
  about: {
    readonly model: GovernedModel;
    readonly gated: GatedDocument;
    readonly candidate: Candidate;
    readonly trust: EvidenceTrust;
  },
): Promise<FoundProofs> {
  const { model, gated, candidate, trust } = about;
  const reference = model.manifest.metrics.find(({ id }) => id === gated.id);
  if (reference === undefined) return nothing;
  const found = [await readBeside(model, reference)];
  if (reference.run !== null) found.push(await askRun(surroundings, sources, { run: reference.run, reference, gated }));
  if (found.every(({ proofs }) => proofs.length === 0)) {
    if (reference.run === null)
      found.push(await askRuns(surroundings, sources, { reference, gated, trust, commit: candidate.commit }));
    found.push(await askForge(surroundings, candidate));
  }
  return joined(found);
}

/** The proof that the ledger keeps of a document that was recorded with one. @throws flow/evidence-missing */
export async function readRecordedProof(
  surroundings: Pick<Surroundings, 'ledger'>,
  version: CatalogueVersion,
  id: string,
): Promise<FoundProofs> {
  const recorded = version.addedEvidence.filter((added) => added.id === id).at(-1);
  const digest = recorded?.proof ?? null;
  if (digest === null) return nothing;
  const bytes = await surroundings.ledger.evidence(digest, recorded?.entry);
  if (bytes === null) throw weighbridgeError('flow/evidence-missing', { digest });
  const proof = parseProof(JSON.parse(parseUtf8(bytes)));
  return 'fault' in proof ? { ...nothing, refused: [proof.fault] } : { ...nothing, proofs: [proof.value] };
}

async function readBeside(model: GovernedModel, reference: MetricReference): Promise<FoundProofs> {
  const written = reference.attestation === null ? attestationPaths(reference.path) : [reference.attestation];
  const found: FoundProofs[] = [];
  for (const one of written) {
    const path = resolveManifestPath(model.manifestPath, one);
    const bytes = await model.files.read(path, maxAttestationBytes);
    if (bytes !== null) found.push(readFile(path, bytes));
    else if (reference.attestation !== null) found.push({ ...nothing, refused: [`${path} does not exist`] });
  }
  return joined(found);
}

/** The statements of a file of attestations. */
export function readFile(path: string, bytes: Uint8Array): FoundProofs {
  const attestations = readAttestations(bytes);
  if ('fault' in attestations) return { ...nothing, refused: [`${path}: ${attestations.fault}`] };
  return { ...nothing, proofs: attestations.value.map((attestation) => ({ kind: 'attestation', attestation })) };
}

async function askRun(
  surroundings: Surroundings,
  sources: ProofSources,
  about: { readonly run: string; readonly reference: MetricReference; readonly gated: GatedDocument },
): Promise<FoundProofs> {
  const { run, reference, gated } = about;
  const { artifact } = reference;
  const { forge } = surroundings;
  if (forge === null) {
    return { proofs: [], refused: [`run ${run} cannot be asked for from here`], complete: false };
  }
  try {
    const fetched = await fetchRun(
      surroundings,
      { forge, sources },
      { run, artifact, file: null, digest: gated.digest },
    );
    if ('fault' in fetched) return { ...nothing, refused: [`run ${run}: ${fetched.fault}`] };
    return { ...nothing, proofs: [{ kind: 'run', run: fetched.value.proof }] };
  } catch (error) {
    // An archive that nobody may unpack is no evidence; that the forge does not answer stops the work.
    if (!(error instanceof WeighbridgeError) || !error.code.startsWith('formats/')) throw error;
    return { ...nothing, refused: [`run ${run}: ${error.message}`] };
  }
}

/** Runs that nobody named. Where no forge can be asked, nothing was named that could not be looked at. */
async function askRuns(
  surroundings: Surroundings,
  sources: ProofSources,
  about: {
    readonly reference: MetricReference;
    readonly gated: GatedDocument;
    readonly trust: EvidenceTrust;
    readonly commit: string | null;
  },
): Promise<FoundProofs> {
  const { forge } = surroundings;
  const { reference, gated, trust, commit } = about;
  if (forge === null || commit === null || trust.workflows.length === 0) return nothing;
  const found: FoundProofs[] = [];
  for (const { id } of await findRuns(forge, trust, commit))
    found.push(await askRun(surroundings, sources, { run: id, reference, gated }));
  return joined(found);
}

/** Attestations that the forge keeps by the digest of their subject, such as those of actions/attest. */
export async function askForge(surroundings: Pick<Surroundings, 'forge'>, candidate: Candidate): Promise<FoundProofs> {
  const kept = (await surroundings.forge?.attestations(candidate.identity)) ?? [];
  const known = kept.slice(0, maxAttestations).map(recogniseAttestation);
  const proofs = known.flatMap((attestation): Proof[] =>
    attestation === null ? [] : [{ kind: 'attestation', attestation }],
  );
  return { ...nothing, proofs };
}

function joined(found: readonly FoundProofs[]): FoundProofs {
  return {
    proofs: found.flatMap(({ proofs }) => proofs),
    refused: found.flatMap(({ refused }) => refused),
    complete: found.every(({ complete }) => complete),
  };
}
