import { isDigest, isVersionRange } from '@weighbridge/core';
import { artifactSchemes, isArtifactScheme } from '../reference/artifact-reference.js';
import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { showText, showValue } from '../source/quoting.js';
import { checkDistinct, checkModelName, checkPath, checkReference } from './place-checks.js';

/** What a schema cannot say of a manifest: names, paths, references, ranges, and what must differ. */
export function* checkManifest(root: Place): Generator<Fault> {
  yield* checkModelName(root.at('name'));
  yield* checkBase(root.at('base'));
  yield* checkLists(root);
  for (const key of ['retrieval', 'interface']) yield* checkPath(root.at(key));
  yield* checkPath(root.at('environment').at('lock'));
  yield* checkRun(root.at('training').at('run'));
  yield* checkUses(root);
}

function* checkLists(root: Place): Generator<Fault> {
  const data = root.at('data').items();
  yield* checkDistinct(data.map((item) => item.at('name')));
  for (const item of data) yield* checkReference(item.at('ref'));
  for (const item of root.at('artifacts').items()) yield* checkArtifact(item);
  for (const key of ['config', 'code', 'prompts']) for (const item of root.at(key).items()) yield* checkPath(item);
  const metrics = root.at('metrics').items();
  yield* checkDistinct(metrics.map((item) => item.at('id')));
  for (const item of metrics) {
    for (const key of ['path', 'attestation']) yield* checkPath(item.at(key));
    for (const pattern of item.at('examples').items()) yield* checkPath(pattern);
  }
}

/** Files have to be behind it: a vendor shows none, and a run can gain some. */
function* checkArtifact(place: Place): Generator<Fault> {
  const reference = yield* checkReference(place);
  if (reference === null || isArtifactScheme(reference.scheme)) return;
  const references = artifactSchemes.slice(1).map((scheme) => `${scheme}://`);
  yield place.fault('manifest/artifact-reference', {
    found: showValue(place.text()),
    reason: `${reference.scheme}: is for data, bases and runs, and not for artifacts`,
    references: references.join(', '),
  });
}

function* checkBase(base: Place): Generator<Fault> {
  const place = base.at('model');
  const reference = yield* checkReference(place);
  if (reference === null) return;
  if (reference.scheme === 'path' && !/^\.{0,2}\//.test(reference.path)) {
    const reason = 'a model of a hub starts with hf://, one of this registry with registry:, and a path with ./ or /';
    yield place.fault('manifest/reference', { found: showValue(reference.path), reason });
  }
  const revision = base.at('revision').text();
  if (reference.scheme === 'hf' && reference.revision !== null && revision !== null) {
    const fields = { first: showText(reference.revision), second: showText(revision) };
    yield base.at('revision').fault('manifest/base-revision', fields);
  }
}

function* checkRun(place: Place): Generator<Fault> {
  const reference = yield* checkReference(place);
  if (reference === null || reference.scheme === 'mlflow' || reference.scheme === 'wandb') return;
  if (reference.scheme === 'path' && /(?:^|\/)(?:offline-)?run-[A-Za-z0-9_-]+\/?$/.test(reference.path)) return;
  const reason = 'a run is mlflow:run, wandb:entity/project/run or the folder of an offline W&B run';
  yield place.fault('manifest/reference', { found: showValue(place.text()), reason });
}

function* checkUses(root: Place): Generator<Fault> {
  const uses = root.at('uses').items();
  yield* checkDistinct(uses.map((item) => item.at('model')));
  for (const item of uses) {
    const model = item.at('model').text();
    yield* checkModelName(item.at('model'));
    if (model !== null && model === root.at('name').text()) {
      yield item.at('model').fault('manifest/self-use', { found: showValue(model) });
    }
    yield* checkRange(item.at('version'));
  }
}

function* checkRange(place: Place): Generator<Fault> {
  const range = place.text();
  if (range === null || isDigest(range)) return;
  const legal = range.trim() !== '' && range.length <= 256 && isVersionRange(range);
  if (!legal) yield place.fault('manifest/version-range', { found: showValue(range) });
}
