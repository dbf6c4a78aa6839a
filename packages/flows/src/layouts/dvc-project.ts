import { parseUtf8, WeighbridgeError } from '@weighbridge/core';
import type { JsonObject, JsonValue } from '@weighbridge/core';
import { type DvcLockStage, isJsonObject, parseStrictYaml } from '@weighbridge/formats';
import type { Manifest } from '@weighbridge/manifest';
import { placeOfDvc } from '../data/dvc-place.js';
import { readDvcLock } from '../data/read-dvc-lock.js';
import { filesOfWorkTree } from '../reading/files.js';
import { maxFileBytes } from '../governing/governance.js';
import { readUpTo } from '../reading/read-up-to.js';
import { folderOf, isInside, type LaidOutModel, type LayoutFacts, modelNameFrom } from './layout.js';

/**
 * Models that `artifacts:` of a dvc.yaml declares, or the artifacts.yaml of early GTO: what the Studio registry shows.
 * The stage that puts one out tells its data, and the metrics of the project are its metrics.
 */
export async function dvcModels(facts: LayoutFacts): Promise<readonly LaidOutModel[]> {
  const found: LaidOutModel[] = [];
  for (const path of facts.listed.filter((each) => /(?:^|\/)(?:dvc|artifacts)\.yaml$/.test(each))) {
    const document = await readYaml(facts, path);
    const declared = path.endsWith('dvc.yaml') ? membersOf(document['artifacts']) : document;
    const stages = path.endsWith('dvc.yaml') ? await stagesBeside(facts, folderOf(path)) : [];
    for (const [id, value] of Object.entries(declared)) {
      const artifact = membersOf(value);
      const written = artifact['path'];
      if (typeof written !== 'string' || (artifact['type'] ?? 'model') !== 'model') continue;
      const folder = folderOf(path);
      const target = folder === '' ? written : `${folder}/${written}`;
      found.push({
        layout: `artifact ${id} of ${path}`,
        facts: {
          name: modelNameFrom(id.split('/').at(-1) ?? id),
          description: textOf(artifact['desc'] ?? artifact['description']),
          artifacts: [`/${target}`],
          data: dataOf(stages, { folder, written }),
          metrics: metricsOf(document, folder),
        },
        covers: (each) => isInside(target, each),
      });
    }
  }
  return found;
}

/** What the stage reads that DVC tracks, be it by a file of its own or as what another stage puts out. */
function dataOf(
  stages: readonly DvcLockStage[],
  { folder, written }: { readonly folder: string; readonly written: string },
): Manifest['data'] {
  const stage = stages.find(({ outs }) => outs.some(({ path }) => isInside(path, written)));
  const tracked = (stage?.deps ?? []).filter(
    ({ path, hash }) => hash?.endsWith('.dir') === true || isPutOut(stages, path),
  );
  const names = new Set<string>();
  return tracked.flatMap(({ path }): Manifest['data'][number][] => {
    const name = modelNameFrom(
      path
        .split('/')
        .at(-1)
        ?.replace(/\.[^.]+$/, '') ?? path,
    );
    if (names.has(name)) return [];
    names.add(name);
    return [{ name, role: 'train', ref: `dvc:/${folder === '' ? path : `${folder}/${path}`}` }];
  });
}

function isPutOut(stages: readonly DvcLockStage[], path: string): boolean {
  return stages.some(({ outs }) => outs.some((out) => out.path === path));
}

function metricsOf(document: JsonObject, folder: string): Manifest['metrics'] {
  const file = folder === '' ? 'dvc.yaml' : `${folder}/dvc.yaml`;
  const stages = Object.values(membersOf(document['stages'])).map(membersOf);
  const paths = [document, ...stages].flatMap(({ metrics, wdir }) =>
    pathsIn(metrics).flatMap((path) => placeOfDvc(file, path, textOf(wdir) ?? '') ?? []),
  );
  return [...new Set(paths)].slice(0, 20).map((path, place) => ({
    id: place === 0 ? 'eval' : `eval-${place + 1}`,
    path: `/${path}`,
    examples: [],
    attestation: null,
    run: null,
    artifact: null,
  }));
}

/** Of a list of paths, in which each may be the key of its settings. */
function pathsIn(list: JsonValue | undefined): readonly string[] {
  return (Array.isArray(list) ? list : []).flatMap((each: JsonValue) => {
    if (typeof each === 'string') return [each];
    return isJsonObject(each) ? Object.keys(each) : [];
  });
}

/** A search passes over a lock that is broken. */
async function stagesBeside({ workTree }: LayoutFacts, folder: string): Promise<readonly DvcLockStage[]> {
  const path = folder === '' ? 'dvc.lock' : `${folder}/dvc.lock`;
  const reading = await readDvcLock(filesOfWorkTree(workTree), path);
  return reading.kind === 'stages' ? reading.stages : [];
}

async function readYaml({ workTree }: LayoutFacts, path: string): Promise<JsonObject> {
  const bytes = await readUpTo(workTree, path, maxFileBytes);
  return bytes === null || bytes instanceof WeighbridgeError
    ? {}
    : tolerating(() => membersOf(parseStrictYaml(parseUtf8(bytes), path)), {});
}

/** A search passes over what is broken; the program that it belongs to tells of it. */
function tolerating<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70)) return otherwise;
    throw error;
  }
}

function membersOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
