import { isModelName } from '@weighbridge/core';
import type { WorkTree } from '@weighbridge/ports';
import { isLoggedByRun, type RecognisedFile } from '../artifacts/recognise.js';
import { dvcModels } from './dvc-project.js';
import { huggingFaceModels } from './hugging-face.js';
import type { LaidOutModel, LayoutFacts } from './layout.js';
import { mlflowModels } from './mlflow-folder.js';
import { versionedModels } from './versioned-folders.js';

/**
 * Models by the layouts that teams have. What a person declared comes first (DVC, GTO), then what a program wrote
 * (MLflow), then what folders say; a file belongs to the first that claims it.
 */
export async function recogniseLayouts(
  workTree: WorkTree,
  recognised: readonly RecognisedFile[],
): Promise<readonly LaidOutModel[]> {
  const listed = (await workTree.list('', { ignored: true })).filter((path) => !isLoggedByRun(path));
  const facts: LayoutFacts = { workTree, listed, recognised };
  const found: LaidOutModel[] = [];
  for (const recogniser of [dvcModels, mlflowModels, versionedModels, huggingFaceModels]) {
    for (const model of await recogniser(facts)) {
      const isTaken = found.some(
        (other) => model.facts.artifacts?.every((path) => other.covers(path.slice(1))) ?? false,
      );
      if (!isTaken && isModelName(model.facts.name)) found.push(model);
    }
  }
  return found;
}
