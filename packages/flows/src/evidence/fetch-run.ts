import { digestBytes, parseUtf8, type Sha256 } from '@weighbridge/core';
import {
  archiveLimits,
  digestDocument,
  parseEvaluation,
  type Read,
  readArchive,
  type RunProof,
} from '@weighbridge/evidence';
import { type MetricDocument, parseMetricDocument } from '@weighbridge/formats';
import type { Forge, RunArtifact } from '@weighbridge/ports';
import type { Surroundings } from '../surroundings.js';
import { runsBeside, standingOf } from './find-run.js';
import type { ProofSources } from './proof-sources.js';

/** Which file of which run. */
export interface RunRequest {
  readonly run: string;
  /** Name of the artifact; null when the run has one only. */
  readonly artifact: string | null;
  /** Path in the artifact; null for the file of that digest, or for the only metric document. */
  readonly file: string | null;
  /** Of the wanted file; null when it is not known beforehand. */
  readonly digest: string | null;
}

/** A metric document that a run made. */
export interface FetchedDocument {
  readonly proof: RunProof;
  readonly name: string;
  readonly document: MetricDocument;
}

type RunForge = Pick<Forge, 'address' | 'run' | 'runsAt' | 'runArtifacts' | 'downloadArtifact'>;

/**
 * Fetches an artifact of a workflow run and finds the metric document in it. The archive must be the one that the forge
 * recorded at its upload. Whether the run counts is judged elsewhere. A fault says in one clause what is missing.
 * @throws formats/zip-malformed and others for a hostile archive, forge/* when the forge does not answer
 */
export async function fetchRun(
  surroundings: Pick<Surroundings, 'sha256'>,
  reach: { readonly forge: RunForge; readonly sources: Pick<ProofSources, 'inflate'> },
  request: RunRequest,
): Promise<Read<FetchedDocument>> {
  const { forge } = reach;
  const { sha256 } = surroundings;
  const run = await forge.run(request.run);
  if (run === null) return { fault: `${forge.address} has no run ${request.run}` };
  const artifact = chooseArtifact(await forge.runArtifacts(request.run), request.artifact);
  if ('fault' in artifact) return artifact;
  const { id, name, digest, expired } = artifact.value;
  if (expired) return { fault: `its artifact ${name} has expired` };
  if (digest === null) return { fault: `${forge.address} keeps no digest of its artifact ${name}` };
  const archive = await forge.downloadArtifact(id, archiveLimits.archiveBytes);
  if (digestBytes(sha256, archive) !== digest) return { fault: `its artifact ${name} is not what was uploaded` };
  const files = await readArchive({ name: `artifact ${name} of run ${run.id}`, bytes: archive }, reach.sources.inflate);
  const found = findDocument(files, request, sha256);
  if ('fault' in found) return found;
  const { actor: _actor, pulls: _pulls, ...facts } = run;
  const proof: RunProof = {
    run: facts,
    artifact: { id, name, digest },
    standing: standingOf(run, await runsBeside(forge, run)),
    repository: forge.address.split('/').slice(-2).join('/'),
    document: { file: found.value.digest, values: digestDocument(found.value.document, sha256) },
    statement: findStatement(files),
  };
  return { value: { proof, name: found.value.name, document: found.value.document } };
}

function chooseArtifact(artifacts: readonly RunArtifact[], name: string | null): Read<RunArtifact> {
  const fitting = name === null ? artifacts : artifacts.filter((artifact) => artifact.name === name);
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return { value: only };
  const known = artifacts.slice(0, 10).map((artifact) => artifact.name);
  return { fault: `it has the artifacts ${known.join(', ') || 'none'}, and ${name ?? 'one'} is asked for` };
}

interface FoundDocument {
  readonly name: string;
  readonly digest: ReturnType<typeof digestBytes>;
  readonly document: MetricDocument;
}

function findDocument(
  files: ReadonlyMap<string, Uint8Array>,
  request: RunRequest,
  sha256: Sha256,
): Read<FoundDocument> {
  const candidates = [...files].filter(([name, bytes]) => {
    if (request.file !== null) return name === request.file;
    return request.digest === null ? !isStatement(bytes) : digestBytes(sha256, bytes) === request.digest;
  });
  const documents = candidates.flatMap(([name, bytes]) => {
    const document = tryParse(name, bytes);
    return document === null ? [] : [{ name, digest: digestBytes(sha256, bytes), document }];
  });
  const [first] = documents;
  // The same file under two names is still one document.
  if (first !== undefined && documents.every(({ digest }) => digest === first.digest)) return { value: first };
  if (documents.length > 1) return { fault: 'its artifact holds several metric documents' };
  return { fault: `its artifact does not hold ${request.file ?? 'the metric document'}` };
}

function tryParse(name: string, bytes: Uint8Array): MetricDocument | null {
  try {
    return parseMetricDocument({ name, bytes });
  } catch {
    // Artifacts hold logs and pictures as well; those are no metric documents.
    return null;
  }
}

/** The unsigned statement that `attest` left in the artifact: the run vouches for it. Two of them say nothing. */
function findStatement(files: ReadonlyMap<string, Uint8Array>): string | null {
  const statements = [...files.values()].filter(isStatement);
  const [only] = statements;
  return only !== undefined && statements.length === 1 ? parseUtf8(only) : null;
}

function isStatement(bytes: Uint8Array): boolean {
  return 'value' in parseEvaluation(bytes);
}
