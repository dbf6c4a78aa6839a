import type { JsonObject, ModelName } from '@weighbridge/core';
import { checkManifest } from './checks/check-manifest.js';
import type { DataRole, Manifest, ModelKind } from './manifest.js';
import { type FileKind, parseFile } from './parse-file.js';
import type { Parsed } from './source/fault.js';
import type { Place } from './source/place.js';
import type { SourceFile } from './source/source-file.js';

/**
 * Reads a `model.yaml`. `source.path` is its path in the repository: the paths that it holds are relative to that file's
 * folder, and those that leave the repository are faults. Never throws for any content.
 */
export function parseManifest(source: SourceFile): Parsed<Manifest> {
  return parseFile(source, manifestKind);
}

const manifestKind: FileKind<Manifest> = { schema: 'model', whenEmpty: null, check: checkManifest, read: readManifest };

/** The manifest of a document that has no faults, with defaults filled in. */
function readManifest(root: Place): Manifest {
  const training = root.at('training');
  return {
    name: (root.at('name').text() ?? '') as ModelName,
    kind: (root.at('kind').text() ?? 'model') as ModelKind,
    description: root.at('description').text(),
    owners: root.at('owners').texts(),
    impact: root.at('impact').text() === 'high' ? 'high' : 'low',
    base: readBase(root.at('base')),
    data: root.at('data').items().map(readDataSet),
    artifacts: root.at('artifacts').texts(),
    config: root.at('config').texts(),
    code: root.at('code').texts(),
    prompts: root.at('prompts').texts(),
    retrieval: root.at('retrieval').text(),
    interface: root.at('interface').text(),
    metrics: root
      .at('metrics')
      .items()
      .map((item) => ({
        id: item.at('id').text() ?? '',
        path: item.at('path').text() ?? '',
        examples: item.at('examples').texts(),
        attestation: item.at('attestation').text(),
        run: item.at('run').text(),
        artifact: item.at('artifact').text(),
      })),
    training: {
      framework: training.at('framework').text(),
      framework_version: training.at('framework_version').text(),
      hardware: training.at('hardware').text(),
      duration: training.at('duration').text(),
      run: training.at('run').text(),
    },
    environment: {
      image: root.at('environment').at('image').text(),
      lock: root.at('environment').at('lock').text(),
    },
    uses: root
      .at('uses')
      .items()
      .map((item) => ({
        model: (item.at('model').text() ?? '') as ModelName,
        version: item.at('version').text() ?? '',
      })),
    store: root.at('store').text() === 'reference' ? 'reference' : 'copy',
    bump: root.at('bump').text() as Manifest['bump'],
    metadata: (root.at('metadata').value ?? {}) as JsonObject,
  };
}

function readBase(base: Place): Manifest['base'] {
  const model = base.at('model').text();
  return model === null ? null : { model, revision: base.at('revision').text() };
}

function readDataSet(item: Place): Manifest['data'][number] {
  return {
    name: item.at('name').text() ?? '',
    role: (item.at('role').text() ?? 'train') as DataRole,
    ref: item.at('ref').text() ?? '',
  };
}
