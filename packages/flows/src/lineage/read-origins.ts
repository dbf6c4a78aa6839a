import type { ModelName } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { type LineVersion, type ModelLine, pipelineOrigins, placesOf } from '@weighbridge/lineage';
import type { NamedFile } from '@weighbridge/ports';
import { artifactsOf } from '../registry/version-artifacts.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { openPipelineReader, pipelineNames } from './pipelines-of-commits.js';
import type { LineIndex } from './read-lines.js';

/** What is read of locks for one question: each MiB takes a second. The next question goes on from there. */
const maxLockBytes = 64 * 1024 * 1024;
/** Commits of versions that stand somewhere which are brought for one question: each is a trip. */
const maxFetched = 50;
/** Versions whose locks are read in one trip. */
const versionsAtOnce = 100;
/** Catalogues that are read in one trip. */
const cataloguesAtOnce = 100;

/** An index with what is known of pipelines. */
export interface CompletedIndex {
  readonly index: LineIndex;
  /** Whether more is known than before. */
  readonly grew: boolean;
  /** What could not be told. */
  readonly notices: readonly Notice[];
}

/** A version of which nobody has looked yet what the pipelines at its commit read. */
interface OpenVersion {
  readonly model: ModelName;
  readonly version: LineVersion;
  readonly commit: string;
  /** Whether a stage or an alias points to it. */
  readonly isPlaced: boolean;
}

type Origins = Map<LineVersion, readonly Dependency[]>;
type FilesByCommit = ReadonlyMap<string, readonly NamedFile[]>;

/**
 * Completes an index by what the pipelines at the commit of each version read, where nobody looked before: versions that
 * stand somewhere first. With `fetches` their commits are brought where the clone does not hold them.
 */
export async function readOrigins(
  surroundings: Surroundings,
  index: LineIndex,
  { fetches }: { readonly fetches: boolean },
): Promise<CompletedIndex> {
  const open = openVersions(index);
  if (open.length === 0) return { index, grew: false, notices: [] };
  const files = await findLocks(surroundings, open, fetches);
  const found: Origins = new Map();
  const piped: OpenVersion[] = [];
  for (const each of open) {
    const named = files.get(each.commit);
    if (named?.some(({ path }) => path.endsWith('dvc.lock')) === true) piped.push(each);
    else if (named !== undefined) found.set(each.version, []);
  }
  const notices = piped.length === 0 ? [] : await readPiped(surroundings, { piped, files, found });
  const unheld = open.filter(({ commit }) => !files.has(commit));
  return {
    index: found.size === 0 ? index : withOrigins(index, found),
    grew: found.size > 0,
    notices: [...notices, ...unheldNotice(unheld)],
  };
}

function openVersions(index: LineIndex): readonly OpenVersion[] {
  const [placed, others]: [OpenVersion[], OpenVersion[]] = [[], []];
  for (const [model, { line }] of index) {
    const standing = new Set([...Object.values(line.stages), ...Object.values(line.aliases)]);
    for (const version of line.versions) {
      const { commit, origins } = version;
      if (origins !== null || commit === null) continue;
      const isPlaced = standing.has(version.version) && placesOf(line, version.version).length > 0;
      (isPlaced ? placed : others).push({ model, version, commit, isPlaced });
    }
  }
  return [...placed, ...others];
}

async function findLocks(
  { repository }: Surroundings,
  open: readonly OpenVersion[],
  fetches: boolean,
): Promise<FilesByCommit> {
  const found = await repository.filesNamed([...new Set(open.map(({ commit }) => commit))], pipelineNames);
  if (!fetches) return found;
  const absent = open.flatMap(({ commit, isPlaced }) => (isPlaced && !found.has(commit) ? [commit] : []));
  const brought: string[] = [];
  for (const commit of [...new Set(absent)].slice(0, maxFetched))
    if (await repository.fetchCommit(commit)) brought.push(commit);
  return brought.length === 0 ? found : new Map([...found, ...(await repository.filesNamed(brought, pipelineNames))]);
}

async function readPiped(
  surroundings: Surroundings,
  {
    piped,
    files,
    found,
  }: { readonly piped: readonly OpenVersion[]; readonly files: FilesByCommit; readonly found: Origins },
): Promise<readonly Notice[]> {
  if (piped.length > versionsAtOnce) surroundings.progress(`Reading the pipelines of ${piped.length} versions`);
  const artifacts = await artifactPathsOf(surroundings, piped);
  const reader = openPipelineReader(surroundings.repository, maxLockBytes);
  const ordered = inOrderOf(piped, files);
  for (let at = 0; at < ordered.length; at += versionsAtOnce) {
    const group = ordered.slice(at, at + versionsAtOnce);
    const sets = [...new Set(group.flatMap(({ commit }) => [files.get(commit) ?? []]))];
    const read = await reader.read(sets);
    for (const { version, commit } of group) {
      const set = files.get(commit);
      const pipelines = set === undefined ? undefined : read.get(set);
      const { dependencies } = version;
      if (pipelines !== undefined)
        found.set(version, pipelineOrigins({ pipelines, artifacts: artifacts.get(version) ?? [], dependencies }));
    }
    if (read.size < sets.length) break;
  }
  return [...reader.notices(), ...beyondNotice(piped.filter(({ version }) => !found.has(version)))];
}

/** Versions that stand somewhere first, then as their commits follow each other: those share most of their locks. */
function inOrderOf(piped: readonly OpenVersion[], files: FilesByCommit): readonly OpenVersion[] {
  const order = new Map([...files.keys()].map((commit, place) => [commit, place]));
  const placeOf = ({ commit }: OpenVersion) => order.get(commit) ?? 0;
  return piped.toSorted(
    (left, right) => Number(right.isPlaced) - Number(left.isPlaced) || placeOf(left) - placeOf(right),
  );
}

async function artifactPathsOf(
  { ledger }: Surroundings,
  piped: readonly OpenVersion[],
): Promise<ReadonlyMap<LineVersion, readonly string[]>> {
  const byModel = new Map<ModelName, OpenVersion[]>();
  for (const each of piped) {
    const known = byModel.get(each.model);
    if (known === undefined) byModel.set(each.model, [each]);
    else known.push(each);
  }
  const models = [...byModel.keys()];
  const paths = new Map<LineVersion, readonly string[]>();
  for (let at = 0; at < models.length; at += cataloguesAtOnce) {
    for (const [model, { versions }] of await ledger.catalogues(models.slice(at, at + cataloguesAtOnce))) {
      const registered = new Map(versions.map((version) => [version.version, version]));
      for (const { version } of byModel.get(model) ?? []) {
        const entry = registered.get(version.version);
        const files = entry === undefined ? [] : await artifactsOf(ledger, entry);
        paths.set(
          version,
          files.map(({ path }) => path),
        );
      }
    }
  }
  return paths;
}

function withOrigins(index: LineIndex, found: Origins): LineIndex {
  const complete = (line: ModelLine): ModelLine => ({
    ...line,
    versions: line.versions.map((version) => {
      const origins = found.get(version);
      return origins === undefined ? version : { ...version, origins };
    }),
  });
  return new Map([...index].map(([model, { hash, line }]) => [model, { hash, line: complete(line) }]));
}

function unheldNotice(unheld: readonly OpenVersion[]): readonly Notice[] {
  if (unheld.length === 0) return [];
  const placed = unheld.filter(({ isPlaced }) => isPlaced).length;
  const text = `The clone does not hold the commits of ${unheld.length} versions, of which ${placed} stand somewhere: what their pipelines (dvc.lock) read is not known here. A clone with all of its history tells it ("git fetch --unshallow", or fetch-depth: 0).`;
  return [{ level: placed > 0 ? 'warning' : 'notice', text }];
}

function beyondNotice(left: readonly OpenVersion[]): readonly Notice[] {
  if (left.length === 0) return [];
  const text = `The pipelines of ${left.length} versions are not read yet, because a question reads ${maxLockBytes} bytes of locks: the next one goes on from there.`;
  return [{ level: 'warning', text }];
}
