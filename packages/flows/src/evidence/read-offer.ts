import { type Digest, digestBytes, weighbridgeError } from '@weighbridge/core';
import { attestationPaths, maxAttestationBytes, type Proof, type Read } from '@weighbridge/evidence';
import { exampleLimits, type MetricDocument, parseExampleFiles, parseMetricDocument } from '@weighbridge/formats';
import type { EvidenceFacts } from '@weighbridge/gates';
import type { EvidenceTrust } from '@weighbridge/manifest';
import type { Forge } from '@weighbridge/ports';
import { maxFileBytes } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import type { BackedCandidate } from './back-documents.js';
import { fetchRun } from './fetch-run.js';
import { findRuns } from './find-run.js';
import { askForge, type FoundProofs, readFile } from './find-proofs.js';

/** In place of the id of a run: the newest of those that count. */
const newestRun = 'newest';

/** Where a document that somebody wants to record is, and what is to stand behind it. */
export interface Offer {
  readonly model: string;
  /** Path of the metric document, relative to the repository root; in the artifact where a run is named. */
  readonly path: string | null;
  /** Paths of files with the score of each example, which paired comparisons need. */
  readonly examples: readonly string[];
  /** File with the signed statement; null to look beside the document. */
  readonly attestation: string | null;
  /** Take the document from this workflow run; `newest`: the newest that counts on the commit of the version. */
  readonly run: string | null;
  /** The artifact of the run; null when it has one only. */
  readonly artifact: string | null;
}

/** A document, and what may stand behind it. */
export interface Offered extends FoundProofs {
  readonly name: string;
  readonly document: MetricDocument;
  /** Digest of its file. */
  readonly file: Digest;
  /** Whether somebody named what stands behind it: then it must. */
  readonly named: string | null;
}

/**
 * Reads the document from the checkout or from the run that is named, and finds what may stand behind it.
 * @throws flow/path-not-found, formats/*, evidence/no-metrics, evidence/run-unusable, forge/*
 */
export async function readOffered(
  surroundings: Surroundings,
  offer: Offer,
  about: { readonly candidate: BackedCandidate; readonly trust: EvidenceTrust },
): Promise<Offered> {
  const { candidate } = about;
  if (offer.run !== null) return readRun(surroundings, offer, { ...about, run: offer.run });
  if (offer.path === null) throw weighbridgeError('evidence/no-metrics', { model: offer.model });
  const { name, bytes } = await readBytes(surroundings, offer.path, 64 * maxFileBytes);
  const document = parseMetricDocument({ name, bytes });
  const found = await readBeside(surroundings, offer.attestation, offer.path);
  const { proofs } = found;
  const kept =
    proofs.length > 0 || surroundings.proofs === undefined
      ? []
      : (await askForge(surroundings, { ...candidate, model: candidate.model.manifest.name, artifacts: null })).proofs;
  const file = digestBytes(surroundings.sha256, bytes);
  return { ...found, proofs: [...proofs, ...kept], name, document, file, named: offer.attestation };
}

async function readBeside(surroundings: Surroundings, named: string | null, path: string): Promise<FoundProofs> {
  const proofs: Proof[] = [];
  const refused: string[] = [];
  for (const at of named === null ? attestationPaths(path) : [named]) {
    const bytes = await surroundings.workTree.read(at, maxAttestationBytes);
    if (bytes === null && named !== null) throw weighbridgeError('flow/path-not-found', { path: named });
    const found = bytes === null ? null : readFile(at, bytes);
    proofs.push(...(found?.proofs ?? []));
    refused.push(...(found?.refused ?? []));
  }
  return { proofs, refused, complete: true };
}

async function readRun(
  surroundings: Surroundings,
  offer: Offer,
  asked: { readonly run: string; readonly candidate: BackedCandidate; readonly trust: EvidenceTrust },
): Promise<Offered> {
  const { forge, proofs: sources } = surroundings;
  const unusable = (reason: string) => weighbridgeError('evidence/run-unusable', { run: asked.run, reason });
  if (forge === null || sources === undefined) throw unusable('no forge can be asked from here');
  const known = asked.run === newestRun ? await findNewest(forge, asked) : { value: asked.run };
  if ('fault' in known) throw unusable(known.fault);
  const run = known.value;
  const { artifact, path } = offer;
  const fetched = await fetchRun(surroundings, { forge, sources }, { run, artifact, file: path, digest: null });
  if ('fault' in fetched) throw unusable(fetched.fault);
  const { proof, name, document } = fetched.value;
  return {
    proofs: [{ kind: 'run', run: proof }],
    refused: [],
    complete: true,
    name: `${proof.artifact.name}/${name} of run ${run}`,
    document,
    file: proof.document.file,
    named: `run ${run}`,
  };
}

/** The one run that a trusted workflow made on the commit of the version, the newest of its successes. */
async function findNewest(
  forge: Forge,
  { candidate, trust }: { readonly candidate: BackedCandidate; readonly trust: EvidenceTrust },
): Promise<Read<string>> {
  const { commit } = candidate;
  const runs = commit === null ? [] : await findRuns(forge, trust, commit);
  const [only, ...others] = runs;
  if (only === undefined)
    return { fault: `none of evidence.workflows ended well on ${commit?.slice(0, 12) ?? 'a commit that is known'}` };
  return others.length === 0
    ? { value: only.id }
    : {
        fault: `several workflows made one: ${runs.map(({ id, workflowPath }) => `${id} (${workflowPath})`).join(', ')}`,
      };
}

/** The document with the scores by example that are offered beside it. @throws flow/path-not-found, formats/* */
export async function withExamples(
  surroundings: Surroundings,
  offer: Pick<Offer, 'examples'>,
  document: MetricDocument,
): Promise<Pick<EvidenceFacts, 'document' | 'examples'>> {
  if (offer.examples.length === 0) return { document };
  const files = [];
  for (const path of offer.examples) files.push(await readBytes(surroundings, path, exampleLimits.sizeBytes));
  return { document, examples: parseExampleFiles(files) };
}

async function readBytes(surroundings: Surroundings, path: string, maxBytes: number) {
  const bytes = await surroundings.workTree.read(path, maxBytes);
  if (bytes === null) throw weighbridgeError('flow/path-not-found', { path });
  return { name: path, bytes };
}
