import { parseModelName, type Sha256, type Sha256Stream, type Version, weighbridgeError } from '@weighbridge/core';
import { type ByteSource, digestTensors, type InflateStream, readHeader } from '@weighbridge/formats';
import type { VersioningPolicy } from '@weighbridge/manifest';
import { type Assessment, assess, emptySnapshot, type Snapshot } from '@weighbridge/versioning';
import { bumpsOfParts } from './built-on.js';
import { certainMoves } from './certain-moves.js';
import { digestSource } from '../artifacts/measure-file.js';
import { readSnapshot } from '../registry/read-snapshot.js';
import { findVersion } from '../registry/history.js';
import type { Surroundings } from '../surroundings.js';

/** A file of any place, with what is beside it. */
export interface DiffSide {
  readonly source: ByteSource;
  readonly openBeside: (name: string) => Promise<ByteSource | null>;
}

/** Two files and how to compare them. */
export interface DiffRequest {
  readonly left: DiffSide;
  readonly right: DiffSide;
  readonly versioning: VersioningPolicy;
  /** Compare the bytes of each tensor too, not the headers alone. */
  readonly tensors: boolean;
  readonly sha256: Sha256;
  readonly newHash: () => Sha256Stream;
  /** Opens compressed entries of archives. */
  readonly inflate: InflateStream;
}

/** What changed from one model file to another and the bump that it would be. Needs no repository. @throws flow/not-a-model */
export async function diffFiles(request: DiffRequest): Promise<Assessment> {
  const left = await sideSnapshot(request, request.left);
  const right = await sideSnapshot(request, request.right);
  return compare(request, left, right);
}

/** What changed between two registered versions, from the ledger alone. @throws flow/unknown-version */
export async function diffVersions(
  surroundings: Surroundings,
  request: {
    readonly model: string;
    readonly from: string;
    readonly to: string;
    readonly versioning: VersioningPolicy;
  },
): Promise<Assessment> {
  const model = parseModelName(request.model);
  const catalogue = await surroundings.ledger.catalogue(model);
  const from = findVersion(model, catalogue, request.from);
  const to = findVersion(model, catalogue, request.to);
  const [previous, candidate] = [await readSnapshot(surroundings, from), await readSnapshot(surroundings, to)];
  return assess({
    previous: { version: from.version, snapshot: previous },
    candidate,
    significant: certainMoves(previous, candidate, request.versioning).moves,
    parts: await bumpsOfParts(surroundings, previous, candidate),
    policy: request.versioning,
    existing: [],
    declared: null,
    sha256: surroundings.sha256,
  });
}

function compare(request: DiffRequest, left: Snapshot, right: Snapshot): Assessment {
  return assess({
    previous: { version: '1.0.0' as Version, snapshot: left },
    candidate: right,
    policy: request.versioning,
    existing: [],
    declared: null,
    sha256: request.sha256,
  });
}

async function sideSnapshot(request: DiffRequest, side: DiffSide): Promise<Snapshot> {
  const header = await readHeader(side.source, {
    sha256: request.sha256,
    inflate: request.inflate,
    openBeside: side.openBeside,
  });
  if (header === null) throw weighbridgeError('flow/not-a-model', { path: side.source.name });
  const tensors: Record<string, `sha256:${string}`> = {};
  if (request.tensors) {
    const digests = await digestTensors(header, side.openBeside, request.newHash, { inflate: request.inflate });
    for (const [name, digest] of digests) tensors[name] = digest;
  }
  const list = header.tensors.map((tensor) => [tensor.name, tensor.dtype, tensor.shape] as const);
  const { format, attributes, graph, imports } = header;
  return {
    ...emptySnapshot(parseModelName('model')),
    artifacts: [
      {
        path: 'model',
        size: side.source.sizeBytes,
        sha256: request.tensors ? await digestSource(side.source, request.newHash()) : null,
        header: { format, tensors: list, attributes, graph, imports },
        tensors,
        document: null,
      },
    ],
  };
}
