import type { DvcLockFile, DvcLockStage } from '@weighbridge/formats';
import { readPath } from '@weighbridge/manifest';
import type { Pipeline } from './recorded-version.js';

/** Longer ones are no paths of a repository; of them no folders are looked for. */
const maxPathLength = 1024;

/** A file that a stage reads or makes. */
export interface PlacedFile {
  /** Repository path, or the address of something outside. */
  readonly at: string;
  readonly hash: string | null;
}

/** A stage with its files by where they are. */
export interface PlacedStage {
  readonly stage: DvcLockStage;
  /** Of its lock. */
  readonly path: string;
  readonly deps: readonly PlacedFile[];
  readonly outs: readonly PlacedFile[];
}

/** An output, and the stage that makes it. */
export interface MadeFile {
  readonly maker: PlacedStage;
  readonly out: PlacedFile;
}

/** The stages of pipelines by what they make. Each look costs as much as its path is deep, however many outputs there are. */
export interface PlacedPipelines {
  /** What makes a path: the first stage in order of which an output is that path or a folder above it; null for none. */
  makerOf(at: string): MadeFile | null;
  /**
   * Stages, in order, of which an output is a path, a folder above it or something in it. Outputs that are in `looked`
   * are passed over, and those that are met are put there: whoever follows stages meets each output once.
   */
  meeting(at: string, looked: Set<string>): readonly PlacedStage[];
}

/** Asked for each model of a repository. */
const known = new WeakMap<readonly Pipeline[], PlacedPipelines>();

/** Indexes pipelines once for each list of them. */
export function placePipelines(pipelines: readonly Pipeline[]): PlacedPipelines {
  const before = known.get(pipelines);
  if (before !== undefined) return before;
  const placed = indexOutputs(pipelines.flatMap(({ path, stages }) => stages.map((stage) => placeStage(stage, path))));
  known.set(pipelines, placed);
  return placed;
}

function indexOutputs(stages: readonly PlacedStage[]): PlacedPipelines {
  const makers = new Map<string, number[]>();
  const first = new Map<string, MadeFile & { readonly order: number }>();
  let order = 0;
  for (const [place, maker] of stages.entries()) {
    for (const out of maker.outs) {
      if (!first.has(out.at)) first.set(out.at, { maker, out, order });
      order++;
      const places = makers.get(out.at);
      if (places === undefined) makers.set(out.at, [place]);
      else if (places.at(-1) !== place) places.push(place);
    }
  }
  const paths = [...makers.keys()].sort();
  return {
    makerOf: (at) => {
      const found = withFoldersAbove(at).flatMap((path) => first.get(path) ?? []);
      return found.reduce<(typeof found)[number] | null>(
        (best, each) => (best !== null && best.order < each.order ? best : each),
        null,
      );
    },
    meeting: (at, looked) => {
      const met = new Set<number>();
      const meet = (path: string) => {
        if (looked.has(path)) return;
        for (const place of makers.get(path) ?? []) met.add(place);
        if (makers.has(path)) looked.add(path);
      };
      withFoldersAbove(at).forEach(meet);
      const inside = `${at}/`;
      for (let place = firstFrom(paths, inside); paths[place]?.startsWith(inside) === true; place++)
        meet(paths[place] as string);
      return [...met].sort((left, right) => left - right).map((place) => stages[place] as PlacedStage);
    },
  };
}

/** Where in a sorted list the first text is that does not come before another. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A path and the folders that it lies in, the nearest first. */
export function withFoldersAbove(path: string): readonly string[] {
  const all = [path];
  if (path.length > maxPathLength) return all;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) all.push(path.slice(0, end));
  return all;
}

function placeStage(stage: DvcLockStage, path: string): PlacedStage {
  const place = (file: DvcLockFile): PlacedFile => ({ at: placed(file.path, path), hash: file.hash });
  return { stage, path, deps: stage.deps.map(place), outs: stage.outs.map(place) };
}

function placed(written: string, lockPath: string): string {
  const read = readPath(lockPath, written);
  return isAddress(written) || !read.ok ? written : read.path;
}

/** Whether a file of a lock is outside of the repository, such as `s3://…`. */
export function isAddress(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text);
}
