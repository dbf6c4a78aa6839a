import { folderOf, isInside, type LaidOutModel, type LayoutFacts, modelNameFrom } from './layout.js';

/** Names of folders that MLflow itself gives: they say nothing of the model. */
const vague = /^(?:artifacts?|data|models?|mlflow-model|m-[0-9a-f]{32}|[0-9a-f]{32})$/i;

/** Folders with an `MLmodel` file, as `mlflow.*.save_model` writes them. */
export function mlflowModels({ listed, workTree }: LayoutFacts): readonly LaidOutModel[] {
  const files = listed.filter((path) => /(?:^|\/)MLmodel$/.test(path));
  return files.map((path) => {
    const folder = folderOf(path);
    const telling = folder
      .split('/')
      .reverse()
      .find((part) => part !== '' && !vague.test(part));
    const name = modelNameFrom(telling ?? workTree.root.split(/[\\/]/).at(-1) ?? '');
    const artifacts = [folder === '' ? '/**' : `/${folder}`];
    const facts = { name, artifacts: folder === '' ? ownFiles(listed) : artifacts, interface: `/${path}` };
    return { layout: `MLflow model in ${folder || 'the root'}`, facts, covers: (each) => isInside(folder, each) };
  });
}

/** In the root of a repository there is more than the model. */
function ownFiles(listed: readonly string[]): readonly string[] {
  const known =
    /^(?:MLmodel|conda\.yaml|python_env\.yaml|requirements\.txt|input_example\.json|model\..*|.*\.pkl|.*\.skops)$/;
  return listed.filter((path) => known.test(path)).map((path) => `/${path}`);
}
