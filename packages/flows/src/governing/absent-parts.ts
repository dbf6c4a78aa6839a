import { parseReference } from '@weighbridge/manifest';
import type { Notice } from '../surroundings.js';
import type { GovernedModel } from './governance.js';
import { partsOf } from './part-order.js';

/**
 * What models name as base or part of this registry though it has no manifest among all of them, each with its place.
 * No fault: what was registered of it can be built on for as long as anybody likes.
 */
export function findAbsentParts(models: readonly GovernedModel[], all = models): readonly Notice[] {
  const names = new Set<string>(all.map(({ manifest }) => manifest.name));
  return models.flatMap((model) =>
    partsOf(model)
      .filter((part) => !names.has(part))
      .map((part) => absentPart(model, part)),
  );
}

function absentPart({ manifest, manifestPath, locate }: GovernedModel, part: string): Notice {
  const at = manifest.uses.findIndex(({ model }) => model === part);
  const base = manifest.base === null ? null : parseReference(manifest.base.model);
  const isBase = at < 0 && base?.scheme === 'registry' && base.name === part;
  const place = (isBase ? null : locate(['uses', at, 'model'])) ?? locate([isBase ? 'base' : 'uses']);
  const text = `${manifest.name} is built on ${part}, of which there is no manifest here: its registered versions stay, and no new one will come. Bring the manifest back, correct the name, or build on something else.`;
  return { level: 'warning', text, file: manifestPath, line: place?.line ?? 1 };
}
