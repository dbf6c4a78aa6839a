import { type Manifest, parseReference } from '@weighbridge/manifest';

/** Whatever has a manifest. */
interface Made {
  readonly manifest: Pick<Manifest, 'name' | 'uses' | 'base'>;
}

/** The models of this registry that a manifest is built on, each once: its parts, and its base where that is one. */
export function partsOf({ manifest }: Made): readonly string[] {
  const names = manifest.uses.map(({ model }): string => model);
  const base = manifest.base === null ? null : parseReference(manifest.base.model);
  return [...new Set(base?.scheme === 'registry' ? [...names, base.name] : names)];
}

/** The models in an order in which each comes after those that it is built on; else as they were. */
export function partsFirst<Model extends Made>(models: readonly Model[]): Model[] {
  const byName = new Map<string, Model>(models.map((model) => [model.manifest.name, model]));
  const ordered = new Set<Model>();
  const visit = (model: Model): void => {
    if (ordered.has(model)) return;
    byName.delete(model.manifest.name);
    for (const name of partsOf(model)) {
      const part = byName.get(name);
      if (part !== undefined) visit(part);
    }
    ordered.add(model);
  };
  for (const model of models) visit(model);
  return [...ordered];
}

/** One circle among the models, as the names along it with the first repeated; null when there is none. */
export function findCycle(models: readonly Made[]): readonly string[] | null {
  const byName = new Map<string, Made>(models.map((model) => [model.manifest.name, model]));
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] | null => {
    const start = path.indexOf(name);
    if (start !== -1) return [...path.slice(start), name];
    const model = byName.get(name);
    if (model === undefined || finished.has(name)) return null;
    for (const part of partsOf(model)) {
      const found = visit(part, [...path, name]);
      if (found !== null) return found;
    }
    finished.add(name);
    return null;
  };
  for (const { manifest } of models) {
    const found = visit(manifest.name, []);
    if (found !== null) return found;
  }
  return null;
}
