import { type ErrorDetail, weighbridgeError } from '@weighbridge/core';
import { parseReference } from '@weighbridge/manifest';
import type { GovernedModel } from './governance.js';
import { partsOf } from './part-order.js';

/** What models name as base or part of this registry though it has no manifest among all of them, each with its place. */
export function findAbsentParts(models: readonly GovernedModel[], all = models): readonly ErrorDetail[] {
  const names = new Set<string>(all.map(({ manifest }) => manifest.name));
  return models.flatMap((model) =>
    partsOf(model)
      .filter((part) => !names.has(part))
      .map((part) => absentPart(model, part)),
  );
}

function absentPart({ manifest, manifestPath, locate }: GovernedModel, part: string): ErrorDetail {
  const { message, remedy } = weighbridgeError('flow/part-missing', { manifest: manifestPath, part });
  const at = manifest.uses.findIndex(({ model }) => model === part);
  const base = manifest.base === null ? null : parseReference(manifest.base.model);
  const isBase = at < 0 && base?.scheme === 'registry' && base.name === part;
  const place = (isBase ? null : locate(['uses', at, 'model'])) ?? locate([isBase ? 'base' : 'uses']);
  const { line, column } = place ?? { line: 1, column: 1 };
  return { file: manifestPath, line, column, message, ...(remedy === undefined ? {} : { remedy }) };
}
