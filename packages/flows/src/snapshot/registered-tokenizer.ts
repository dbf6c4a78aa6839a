import { type Digest, digestBytes, isModelName, parseDigest } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { BaseFacet, Snapshot } from '@weighbridge/versioning';
import type { Files } from '../reading/files.js';
import { readWhole } from '../artifacts/measure-file.js';
import type { Surroundings } from '../surroundings.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** The tokenizer of a registered version, or which file is missing. */
export type RegisteredTokenizer = { readonly bytes: Uint8Array; readonly path: string } | { readonly missing: string };

/** What a model is built on. */
export interface BuiltOn {
  readonly base: BaseFacet | null;
  readonly uses: Snapshot['uses'];
}

/**
 * The tokenizer.json of the registered version that a model has as its base, else of the first part that has one: as git
 * holds it here where that is the file that was registered, else from the store. Null for a model that is built on no
 * version of this registry. What is read is what was registered, to the byte, so that whoever can read it comes to the same.
 */
export async function readRegisteredTokenizer(
  surroundings: Surroundings,
  files: Files,
  builtOn: BuiltOn,
  maxBytes: number,
): Promise<RegisteredTokenizer | null> {
  let missing: string | null = null;
  for (const { model, version } of partsOf(builtOn)) {
    const found = await findVersion(surroundings, model, version);
    const artifacts = found === undefined ? [] : await artifactsOf(surroundings.ledger, found);
    const artifact = artifacts.find(({ path }) => /(?:^|\/)tokenizer\.json$/.test(path));
    if (artifact === undefined) {
      missing ??= `${model}@${version} has no tokenizer.json among its artifacts`;
      continue;
    }
    const { path, size } = artifact;
    const digest = parseDigest(`sha256:${artifact.sha256}`);
    const bytes = size > maxBytes ? null : await readArtifact(surroundings, files, { path, sizeBytes: size, digest });
    if (bytes !== null) return { bytes, path };
    const why = size > maxBytes ? 'is larger than is read' : 'is neither here as it was registered nor in a store';
    missing = `${path} of ${model}@${version} ${why}`;
  }
  return missing === null ? null : { missing };
}

function partsOf({ base, uses }: BuiltOn): { readonly model: string; readonly version: string }[] {
  const named = base === null ? [] : [{ model: base.model.replace(/^registry:/, ''), version: base.version }];
  return [...named, ...uses].flatMap(({ model, version }) => (version === null ? [] : [{ model, version }]));
}

async function findVersion(
  { ledger }: Surroundings,
  model: string,
  version: string,
): Promise<CatalogueVersion | undefined> {
  const catalogue = isModelName(model) ? await ledger.catalogue(model) : null;
  return catalogue?.versions.find((known) => known.version === version);
}

interface Wanted {
  readonly path: string;
  readonly sizeBytes: number;
  readonly digest: Digest;
}

async function readArtifact({ store, sha256 }: Surroundings, files: Files, wanted: Wanted): Promise<Uint8Array | null> {
  const { path, digest } = wanted;
  const here = (await files.ignored([path])).has(path) ? null : await files.open(path);
  const own = here === null ? null : await readIfEqual(here, { ...wanted, sha256 });
  if (own !== null) return own;
  if (store === null || !(await store.has(digest))) return null;
  return readIfEqual(await store.open(digest), { ...wanted, sha256 });
}

/** The bytes of a source that is closed then; null when they are others. */
async function readIfEqual(
  source: ByteSource & { close(): Promise<void> },
  { sizeBytes, digest, sha256 }: Wanted & Pick<Surroundings, 'sha256'>,
): Promise<Uint8Array | null> {
  try {
    const bytes = source.sizeBytes === sizeBytes ? await readWhole(source) : null;
    return bytes !== null && digestBytes(sha256, bytes) === digest ? bytes : null;
  } finally {
    await source.close();
  }
}
