import type { Dependency } from '@weighbridge/ledger';
import { readReference, type Reference } from '@weighbridge/manifest';
import { modelOfRef } from '../dependencies.js';
import { repositoryPath } from '../impact/subject.js';
import { isToldByRun, roleOf } from '../told-data.js';
import type { PartPlan, ReproductionCommand, ReproductionPart } from './reproduction.js';

/** Folder of what is fetched from outside, in the reproduced tree. */
const inputs = 'inputs';

/** How one input of a version is brought back, exactly as it was, and what keeps it from that. */
export function planData(dependency: Dependency): PartPlan {
  const { kind, ref, pin } = dependency;
  const role = roleOf(dependency);
  const part: ReproductionPart = kind === 'data' ? 'data' : 'base';
  const title = `${titleOf(kind, role)} ${ref}${pin === null ? '' : ` at ${pin}`}`;
  const own = modelOfRef(ref);
  // Where a path that only a run tells was is not on record: it need not be in the repository.
  const isElsewhere = isToldByRun(dependency) && repositoryPath(ref) !== null;
  const commands = isElsewhere ? null : own === null ? fetchCommands(ref, pin) : pullCommands(own, pin);
  if (commands !== null) return { steps: [{ part, title, commands }], missing: [] };
  const what = `${titleOf(kind, role).replace('The', 'the')} ${ref}`;
  return { steps: [], missing: [{ part, what, remedy: remedyOf(ref) }] };
}

function titleOf(kind: Dependency['kind'], role: string | null): string {
  if (kind === 'base') return 'The base';
  if (kind === 'part') return 'The part';
  return role === 'eval' ? 'The evaluation data' : role === 'validation' ? 'The validation data' : 'The training data';
}

function pullCommands(model: string, pin: string | null): readonly ReproductionCommand[] | null {
  if (pin === null) return null;
  return [program('weighbridge', 'pull', '--into', `${inputs}/${model}`, '--', `${model}@${pin}`)];
}

/** Null where nothing holds still what is named. */
function fetchCommands(ref: string, pin: string | null): readonly ReproductionCommand[] | null {
  const read = readReference(pin !== null && isFullReference(pin) ? pin : ref);
  if (!read.ok) return null;
  return commandsFor(read.reference, pin);
}

/** Pins of objects, repositories and lakes are references with their version. */
function isFullReference(pin: string): boolean {
  return /^(?:s3|gs|az|hf|lakefs|wandb):/.test(pin);
}

function commandsFor(reference: Reference, pin: string | null): readonly ReproductionCommand[] | null {
  switch (reference.scheme) {
    case 'path': {
      const path = reference.path.replace(/^\/+/, '');
      const hex = /^sha256:([0-9a-f]{64})$/.exec(pin ?? '')?.[1];
      if (hex !== undefined) return [{ kind: 'sha256', path, hex }];
      return pin === null ? null : [program('git', 'ls-files', '--error-unmatch', '--', path)];
    }
    case 'dvc':
      return pin === null ? null : [program('dvc', 'pull', '--', reference.path.replace(/^\/+/, ''))];
    case 's3': {
      const { bucket, key, version } = reference;
      if (version === null) return null;
      const words = ['--bucket', bucket, `--key=${key}`, `--version-id=${version}`, target(bucket, key)];
      return [folder(bucket, key), program('aws', 's3api', 'get-object', ...words)];
    }
    case 'gs': {
      const { bucket, key, version } = reference;
      if (version === null) return null;
      return [
        folder(bucket, key),
        program('gcloud', 'storage', 'cp', `gs://${bucket}/${key}#${version}`, target(bucket, key)),
      ];
    }
    case 'az': {
      const { key, version } = reference;
      const [container = '', account = ''] = reference.bucket.split('@');
      if (version === null) return null;
      const names = [`--container-name=${container}`, `--account-name=${account}`, `--name=${key}`];
      const words = [...names, `--version-id=${version}`, `--file=${target(container, key)}`];
      return [folder(container, key), program('az', 'storage', 'blob', 'download', ...words)];
    }
    case 'hf': {
      const { repository, type, path } = reference;
      const revision = reference.revision ?? pin;
      if (revision === null) return null;
      const words = ['--repo-type', type, `--revision=${revision}`, '--local-dir', `${inputs}/${safe(repository)}`];
      return [program('hf', 'download', ...words, '--', repository, ...(path === null ? [] : [path]))];
    }
    case 'lakefs': {
      const { repository, ref, path } = reference;
      const from = `lakefs://${repository}/${pin !== null && !isFullReference(pin) ? pin : ref}/${path}`;
      return pin === null
        ? null
        : [folder(repository, path), program('lakectl', 'fs', 'download', from, target(repository, path))];
    }
    case 'wandb': {
      const { entity, project, artifact, version } = reference;
      if (version === null || !/^v\d+$/.test(version)) return null;
      const name = `${entity}/${project}/${artifact}:${version}`;
      return [program('wandb', 'artifact', 'get', '--root', `${inputs}/${safe(artifact)}`, '--', name)];
    }
    case 'mlflow':
    case 'vendor':
    case 'registry':
    case 'sha256':
      return null;
  }
}

function target(place: string, key: string): string {
  return `${inputs}/${safe(place)}/${safe(key)}`;
}

function folder(place: string, key: string): ReproductionCommand {
  const path = target(place, key);
  return program('mkdir', '-p', '--', path.slice(0, path.lastIndexOf('/')));
}

/** A path that stays below the folder that it is joined to, whatever a record says. */
function safe(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.join('/') || 'unnamed';
}

function program(...words: readonly string[]): ReproductionCommand {
  return { kind: 'program', words };
}

function remedyOf(ref: string): string {
  if (ref.startsWith('vendor:'))
    return 'A vendor serves it, and nobody outside can hold it still: name a dated snapshot, and keep its answers.';
  if (ref.startsWith('mlflow:')) return 'A run can gain artifacts: name the object that it wrote to, with its version.';
  if (ref.startsWith('sha256:')) return 'Only its digest is on record: name where the bytes are beside it.';
  if (modelOfRef(ref) !== null) return 'Register it here first, so that the version that was used is recorded.';
  return 'Name an immutable version in model.yaml: a version of the object, a full revision, a commit, or a file that git or DVC keeps.';
}
