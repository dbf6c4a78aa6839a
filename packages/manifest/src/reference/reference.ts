/** What a manifest can point at, as a closed union. Texts are as written; nothing is percent-decoded or resolved. */
export type Reference =
  /** In this repository: git, or a Git LFS pointer; relative to the manifest's folder or, with a leading /, to the root. */
  | { readonly scheme: 'path'; readonly path: string }
  /** A `.dvc` file or a path tracked by DVC, relative like a path. */
  | { readonly scheme: 'dvc'; readonly path: string }
  /** An object; `version` is S3's versionId, the generation of Google Cloud Storage, or Azure's versionid. */
  | {
      readonly scheme: 's3' | 'gs' | 'az';
      readonly bucket: string;
      readonly key: string;
      readonly version: string | null;
    }
  | {
      readonly scheme: 'hf';
      readonly type: 'model' | 'dataset' | 'space';
      /** `org/name`, or a name alone for the few repositories without an owner. */
      readonly repository: string;
      readonly revision: string | null;
      readonly path: string | null;
    }
  | { readonly scheme: 'lakefs'; readonly repository: string; readonly ref: string; readonly path: string }
  /** A model of this registry; `range` is a range of versions, one version or a digest. */
  | { readonly scheme: 'registry'; readonly name: string; readonly range: string | null }
  /** A model behind somebody's interface, such as `vendor:openai/gpt-4.1`. */
  | { readonly scheme: 'vendor'; readonly provider: string; readonly model: string }
  | { readonly scheme: 'mlflow'; readonly run: string; readonly path: string | null }
  /** `version` is `v3` or an alias such as `latest`. */
  | {
      readonly scheme: 'wandb';
      readonly entity: string;
      readonly project: string;
      readonly artifact: string;
      readonly version: string | null;
    }
  /** Bytes of the store by their SHA-256. */
  | { readonly scheme: 'sha256'; readonly digest: string };

export type ReferenceScheme = Reference['scheme'];

/** The text of a reference. Inverse of parseReference. */
export function formatReference(reference: Reference): string {
  switch (reference.scheme) {
    case 'path':
      return reference.path;
    case 'dvc':
      return `dvc:${reference.path}`;
    case 's3':
      return `s3://${reference.bucket}/${reference.key}${suffix('?versionId=', reference.version)}`;
    case 'az':
      return `az://${reference.bucket}/${reference.key}${suffix('?versionid=', reference.version)}`;
    case 'gs':
      return `gs://${reference.bucket}/${reference.key}${suffix('#', reference.version)}`;
    case 'hf': {
      const type = reference.type === 'model' ? '' : `${reference.type}s/`;
      return `hf://${type}${reference.repository}${suffix('@', reference.revision)}${suffix('/', reference.path)}`;
    }
    case 'lakefs':
      return `lakefs://${reference.repository}/${reference.ref}/${reference.path}`;
    case 'registry':
      return `registry:${reference.name}${suffix('@', reference.range)}`;
    case 'vendor':
      return `vendor:${reference.provider}/${reference.model}`;
    case 'mlflow':
      return `mlflow:${reference.run}${suffix('/', reference.path)}`;
    case 'wandb':
      return `wandb:${reference.entity}/${reference.project}/${reference.artifact}${suffix(':', reference.version)}`;
    case 'sha256':
      return reference.digest;
  }
}

function suffix(sign: string, text: string | null): string {
  return text === null ? '' : sign + text;
}
