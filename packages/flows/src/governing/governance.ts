import {
  type Digest,
  digestJson,
  type ErrorDetail,
  type ModelName,
  type Sha256,
  weighbridgeError,
} from '@weighbridge/core';
import {
  type ArtifactsLock,
  defaultPolicy,
  globMatcher,
  type Manifest,
  type Parsed,
  type Policy,
  parseArtifactsLock,
  parsePolicy,
} from '@weighbridge/manifest';
import type { Files } from '../reading/files.js';
import { listAll } from '../reading/list-all.js';
import { findCycle } from './part-order.js';
import { readManifestOnce } from './parsed-manifests.js';
import { unknownModel } from './unknown-model.js';

/** Files that people write are small; what is larger is not one of them. */
export const maxFileBytes = 1024 * 1024;
/** A lock lists each tensor of each artifact: 100 models of 10,000 tensors fit. */
export const maxLockBytes = 256 * 1024 * 1024;

/** Where the policy is, from the repository's root. */
export const policyPath = 'weighbridge.yaml';

/** One model of the repository: its manifest and where it stands. */
export interface GovernedModel {
  readonly manifest: Manifest;
  readonly manifestPath: string;
  /** Folder of the manifest, '' for the root. */
  readonly folder: string;
  readonly lock: ArtifactsLock | null;
  readonly lockPath: string;
  /** Where the manifest was read from, and where everything that it names is read from. */
  readonly files: Files;
  /** Line of the manifest's `name`, for annotations. */
  readonly line: number;
  /** Where the manifest writes a value; null when it does not. */
  locate(this: void, path: readonly (string | number)[]): { readonly line: number; readonly column: number } | null;
}

/** What the repository asks for, read from one place (the checkout or a commit). */
export interface Governance {
  /** False when there is no weighbridge.yaml: the policy is then the default one and nothing blocks. */
  readonly governed: boolean;
  readonly policy: Policy;
  /** Digest of the canonical policy, defaults filled in. */
  readonly policyDigest: Digest;
  /** Sorted by name. */
  readonly models: readonly GovernedModel[];
}

/** The files that people write as far as they could be read, with the faults of the others. */
export interface GovernedFiles extends Omit<Governance, 'policyDigest'> {
  /** The default one, too, where weighbridge.yaml has faults. */
  readonly policy: Policy;
  /** In the order in which the files were read. */
  readonly faults: readonly ErrorDetail[];
}

/** Reads weighbridge.yaml and every manifest with its lock, and throws for no fault of theirs. */
export async function readGovernedFiles(files: Files): Promise<GovernedFiles> {
  const faults: ErrorDetail[] = [];
  const policyBytes = await files.read(policyPath, maxFileBytes);
  const parsed = policyBytes === null ? null : take(parsePolicy({ path: policyPath, bytes: policyBytes }), faults);
  const policy = parsed ?? defaultPolicy();
  const matchers = policy.models.map(globMatcher);
  const listed = await listAll(files);
  const paths = listed.filter((path) => matchers.some((matches) => matches(path)));
  const models: GovernedModel[] = [];
  const manifests = await files.readAll(paths, maxFileBytes);
  // Most models have no lock, and looking for each would cost as much as reading it.
  const present = new Set(listed);
  const locks = await files.readAll(
    paths.map(lockPathOf).filter((path) => present.has(path)),
    maxLockBytes,
  );
  for (const path of paths) {
    const bytes = manifests.get(path);
    if (bytes === undefined) continue;
    const file = { path, bytes, lockBytes: locks.get(lockPathOf(path)) ?? null };
    const model = parseModel(files, file, faults);
    if (model !== null) models.push(model);
  }
  models.sort((left, right) => (left.manifest.name < right.manifest.name ? -1 : 1));
  return { governed: policyBytes !== null, policy, models, faults };
}

/**
 * The same without a fault.
 * @throws flow/invalid-files with every fault of every file, flow/duplicate-model, flow/uses-cycle
 */
export async function readGovernance(files: Files, sha256: Sha256): Promise<Governance> {
  const { faults, ...read } = await readGovernedFiles(files);
  if (faults.length > 0) throw invalidFiles(faults);
  refuseTangles(read.models);
  return { ...read, policyDigest: digestJson(sha256, read.policy) };
}

/** What is wrong between manifests that are right each for itself. @throws flow/duplicate-model, flow/uses-cycle */
export function refuseTangles(models: readonly GovernedModel[]): void {
  refuseDuplicates(models);
  refuseCycles(models);
}

/** The policy alone, for what must be known before anything else is opened. @throws flow/invalid-files */
export async function readPolicy(files: Files): Promise<{ readonly policy: Policy; readonly governed: boolean }> {
  const bytes = await files.read(policyPath, maxFileBytes);
  if (bytes === null) return { policy: defaultPolicy(), governed: false };
  const faults: ErrorDetail[] = [];
  const policy = take(parsePolicy({ path: policyPath, bytes }), faults);
  if (policy === null) throw invalidFiles(faults);
  return { policy, governed: true };
}

/** The models that were asked for, or all when none was named. @throws flow/unknown-model */
export function selectModels(governance: Governance, names: readonly string[]): readonly GovernedModel[] {
  if (names.length === 0) return governance.models;
  return names.map((name) => findModel(governance, name));
}

/** @throws flow/unknown-model */
export function findModel(governance: Governance, name: string): GovernedModel {
  const found = governance.models.find((model) => model.manifest.name === (name as ModelName));
  if (found !== undefined) return found;
  throw unknownModel(
    name,
    governance.models.map((model) => model.manifest.name),
  );
}

function parseModel(
  files: Files,
  manifestFile: {
    readonly path: string;
    readonly bytes: Uint8Array;
    readonly lockBytes: Uint8Array | null;
  },
  faults: ErrorDetail[],
): GovernedModel | null {
  const { path: manifestPath, bytes, lockBytes } = manifestFile;
  const parsed = readManifestOnce(manifestPath, bytes);
  const manifest = take(parsed, faults);
  const lockPath = lockPathOf(manifestPath);
  const lock = lockBytes === null ? null : take(parseArtifactsLock({ path: lockPath, bytes: lockBytes }), faults);
  if (manifest === null) return null;
  return {
    manifest,
    manifestPath,
    folder: folderOf(manifestPath),
    lock,
    lockPath,
    files,
    locate: (path) => (parsed.ok ? parsed.locate(path) : null),
    // Told of the few models that something is said about: to find places takes longer than to read values.
    get line() {
      return parsed.ok ? (parsed.locate(['name'])?.line ?? 1) : 1;
    },
  };
}

function folderOf(manifestPath: string): string {
  return manifestPath.includes('/') ? manifestPath.slice(0, manifestPath.lastIndexOf('/')) : '';
}

function lockPathOf(manifestPath: string): string {
  const folder = folderOf(manifestPath);
  return folder === '' ? 'artifacts.lock' : `${folder}/artifacts.lock`;
}

function take<T>(parsed: Parsed<T>, faults: ErrorDetail[]): T | null {
  if (parsed.ok) return parsed.value;
  faults.push(...parsed.faults);
  return null;
}

/** The error that lists every fault of the files that people write. */
export function invalidFiles(faults: readonly ErrorDetail[]): Error {
  const files = [...new Set(faults.map((fault) => fault.file))].join(', ');
  return weighbridgeError('flow/invalid-files', { count: faults.length, files }, { details: faults });
}

function refuseCycles(models: readonly GovernedModel[]): void {
  const cycle = findCycle(models);
  if (cycle === null) return;
  const first = models.find(({ manifest }) => manifest.name === cycle[0]);
  throw weighbridgeError('flow/uses-cycle', { cycle: cycle.join(' -> '), manifest: first?.manifestPath ?? '' });
}

function refuseDuplicates(models: readonly GovernedModel[]): void {
  for (let index = 1; index < models.length; index++) {
    const [first, second] = [models[index - 1], models[index]];
    if (first !== undefined && second !== undefined && first.manifest.name === second.manifest.name) {
      throw weighbridgeError('flow/duplicate-model', {
        first: first.manifestPath,
        second: second.manifestPath,
        model: first.manifest.name,
      });
    }
  }
}
