import { canonicalJson, type Digest, type JsonObject } from '@weighbridge/core';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { Snapshot } from '@weighbridge/versioning';
import type { VersionFile } from './version-files.js';

/** Media types of the CNCF ModelPack specification 0.0.x (model-spec, docs/spec.md) and of OCI image-spec 1.1. */
export const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  artifact: 'application/vnd.cncf.model.manifest.v1+json',
  config: 'application/vnd.cncf.model.config.v1+json',
  weight: 'application/vnd.cncf.model.weight.v1.raw',
  weightConfig: 'application/vnd.cncf.model.weight.config.v1.raw',
  doc: 'application/vnd.cncf.model.doc.v1.raw',
  code: 'application/vnd.cncf.model.code.v1.raw',
} as const;

/** Where the specification has the path of a layer's file. */
const filePathAnnotation = 'org.cncf.model.filepath';

/** What a pack is made of. */
export interface PackedVersion {
  readonly model: string;
  readonly version: CatalogueVersion;
  readonly snapshot: Snapshot;
  readonly files: readonly VersionFile[];
}

/** The configuration of a pack as canonical JSON: what the record says of the model, and nothing that it does not. */
export function formatPackConfig({ model, version, snapshot, files }: PackedVersion): string {
  const { description } = snapshot.documentation;
  const licenses = textsOf(snapshot.metadata['license']);
  const format = [...new Set(snapshot.artifacts.flatMap(({ header }) => (header === null ? [] : [header.format])))];
  return canonicalJson({
    descriptor: {
      name: model,
      version: version.version,
      createdAt: version.registeredAt,
      ...(description === null ? {} : { description }),
      ...(version.commit === null ? {} : { revision: version.commit }),
      ...(licenses.length === 0 ? {} : { licenses }),
    },
    config: format.length === 1 ? { format: format[0] ?? '' } : {},
    // Layers are the files themselves, so that their digests are those of the files.
    modelfs: { type: 'layers', diffIds: files.map(({ digest }) => digest) },
  });
}

/** A blob as a manifest names it. */
export interface BlobReference {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** The manifest of a pack as canonical JSON. */
export function formatPackManifest(packed: PackedVersion, config: BlobReference): string {
  const { files, model, version } = packed;
  return canonicalJson({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType: mediaTypes.artifact,
    config: { mediaType: mediaTypes.config, digest: config.digest, size: config.sizeBytes },
    layers: files.map((file) => ({
      mediaType: layerType(packed, file),
      digest: file.digest,
      size: file.sizeBytes,
      annotations: { [filePathAnnotation]: file.name, 'org.opencontainers.image.title': file.name },
    })),
    annotations: {
      'org.opencontainers.image.created': version.registeredAt,
      'org.opencontainers.image.title': model,
      'org.opencontainers.image.version': version.version,
    },
  });
}

/**
 * What a version is called in a layout, such as `fraud-1.4.0`. Names of models have no dot, so that no two versions share
 * one. It is a tag as well, which may not have the `+` of build metadata (OCI distribution-spec).
 */
export function nameInLayout(model: string, version: string): string {
  return `${model}-${version.replaceAll('+', '_')}`;
}

/** The index of a layout with one more manifest; one with the same name before is replaced, others stay. */
export function formatLayoutIndex(
  present: readonly JsonObject[],
  added: BlobReference & { readonly name: string },
): string {
  const nameOf = ({ annotations }: JsonObject) =>
    typeof annotations === 'object' && annotations !== null && !Array.isArray(annotations)
      ? (annotations as JsonObject)[refName]
      : undefined;
  const manifest = {
    mediaType: mediaTypes.manifest,
    artifactType: mediaTypes.artifact,
    digest: added.digest,
    size: added.sizeBytes,
    annotations: { [refName]: added.name },
  };
  const manifests = [...present.filter((each) => nameOf(each) !== added.name), manifest];
  return canonicalJson({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests });
}

const refName = 'org.opencontainers.image.ref.name';

function layerType({ snapshot }: PackedVersion, { digest, name }: VersionFile): string {
  const recorded = snapshot.artifacts.find(({ sha256 }) => sha256 === digest);
  if (recorded?.header !== null && recorded !== undefined && !name.endsWith('.json')) return mediaTypes.weight;
  if (/(?:^|\/)(?:README|LICEN[CS]E|NOTICE)[^/]*$|\.md$/i.test(name)) return mediaTypes.doc;
  if (/\.(?:py|js|ts|sh|ipynb)$/.test(name)) return mediaTypes.code;
  return /\.(?:json|ya?ml|txt|toml|model|jinja)$/.test(name) ? mediaTypes.weightConfig : mediaTypes.weight;
}

function textsOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}
