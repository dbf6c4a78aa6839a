import { formatCount } from '../format-count.js';
import { baseOf, readJson } from './hugging-face.js';
import { isInside, type LaidOutModel, type LayoutFacts, modelNameFrom } from './layout.js';

/** `base-model/<name>/<version>/…`, and `adapters/<name>-vN/…` or `adapters/<name>/<version>/…`. */
const basePattern = /^((?:.*\/)?base[-_]?models?)\/([^/]+)\/(v?\d[\w.-]*)\//i;
const adapterPattern = /^((?:.*\/)?adapters?)\/(?:([^/]+?)[-_]v(\d[\w.-]*)|([^/]+)\/(v?\d[\w.-]*))\//i;

interface VersionedFolder {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly kind: 'model' | 'adapter';
}

/**
 * Trees in which every version is a folder: one model for all versions of a name. The manifest names the newest folder;
 * the next version is the change that names the next one. The base of an adapter is the base model of the same tree
 * when it has that name, else the one that its own file names.
 */
export async function versionedModels(facts: LayoutFacts): Promise<readonly LaidOutModel[]> {
  const groups = new Map<string, VersionedFolder[]>();
  for (const { path } of facts.recognised) {
    const found = versionedFolderOf(path);
    if (found === null) continue;
    const key = `${found.kind} ${found.name}`;
    groups.set(key, [...(groups.get(key) ?? []), found]);
  }
  const bases = new Set([...groups.values()].flat().flatMap(({ kind, name }) => (kind === 'model' ? [name] : [])));
  const models: LaidOutModel[] = [];
  for (const folders of groups.values()) {
    const newest = folders.toSorted(byVersion).at(-1);
    if (newest !== undefined) models.push(await modelOf(facts, { newest, folders, bases }));
  }
  return models;
}

async function modelOf(
  facts: LayoutFacts,
  {
    newest,
    folders,
    bases,
  }: {
    readonly newest: VersionedFolder;
    readonly folders: readonly VersionedFolder[];
    readonly bases: ReadonlySet<string>;
  },
): Promise<LaidOutModel> {
  const versions = new Set(folders.map(({ version }) => version)).size;
  const base = newest.kind === 'adapter' ? await baseFor(facts, newest, bases) : null;
  return {
    layout: `${newest.kind === 'adapter' ? 'adapter' : 'base model'} in ${newest.folder}, the newest of ${formatCount(versions, 'version')}`,
    facts: {
      name: modelNameFrom(newest.name),
      kind: newest.kind,
      artifacts: [`/${newest.folder}`],
      ...(base === null ? {} : { base }),
    },
    covers: (path) => folders.some(({ folder }) => isInside(folder, path)),
  };
}

async function baseFor(facts: LayoutFacts, { folder }: VersionedFolder, bases: ReadonlySet<string>) {
  const config = await readJson(facts, `${folder}/adapter_config.json`);
  const written = config?.['base_model_name_or_path'];
  const parts = typeof written === 'string' ? written.split('/') : [];
  const own = parts.find((part) => bases.has(part));
  if (own !== undefined) return { model: `registry:${modelNameFrom(own)}@*`, revision: null };
  return config === null ? null : baseOf(config);
}

function versionedFolderOf(path: string): VersionedFolder | null {
  const base = basePattern.exec(path);
  if (base !== null) {
    const [, root = '', name = '', version = ''] = base;
    return { kind: 'model', name, version, folder: `${root}/${name}/${version}` };
  }
  const adapter = adapterPattern.exec(path);
  if (adapter === null) return null;
  const name = adapter[2] ?? adapter[4] ?? '';
  return { kind: 'adapter', name, version: adapter[3] ?? adapter[5] ?? '', folder: adapter[0].slice(0, -1) };
}

/** `v10` after `v9`, `1.10` after `1.9`. */
function byVersion(left: VersionedFolder, right: VersionedFolder): number {
  const [mine, theirs] = [numbersOf(left.version), numbersOf(right.version)];
  for (let place = 0; place < Math.max(mine.length, theirs.length); place++) {
    const difference = (mine[place] ?? 0) - (theirs[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.folder < right.folder ? -1 : 1;
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
