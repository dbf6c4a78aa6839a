import type { JsonObject } from '@weighbridge/core';
import { dataReference, property } from './bom-components.js';
import { licenseChoice } from './bom-license.js';
import { hubId, type ModelFacts, modelFacts } from './model-facts.js';
import type { VersionRecord } from './version-record.js';

const maxMetrics = 1_000;

/** The reference that other parts of the bill name the model by. */
export function modelReference({ model, version }: Pick<VersionRecord, 'model' | 'version'>): string {
  return `model:${model}@${version}`;
}

/** The model itself: what it is, what it came from, what was measured of it. */
export function modelComponent(record: VersionRecord): JsonObject {
  const { model, version, snapshot, digests, artifacts } = record;
  const facts = modelFacts(snapshot);
  const { description } = snapshot.documentation;
  const only = artifacts.length === 1 ? artifacts[0] : undefined;
  const pedigree = pedigreeOf(record);
  const references = externalReferences(record);
  return {
    type: 'machine-learning-model',
    'bom-ref': modelReference(record),
    name: model,
    version,
    ...(description === null ? {} : { description }),
    ...(only === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: only.sha256 }] }),
    ...(facts.license === null ? {} : { licenses: [licenseChoice(facts.license)] }),
    ...(Object.keys(pedigree).length === 0 ? {} : { pedigree }),
    ...(references.length === 0 ? {} : { externalReferences: references }),
    modelCard: modelCard(record, facts),
    properties: [
      ...property('kind', snapshot.kind),
      ...property('tag', record.tag),
      ...property('bump', record.bump),
      ...property('identity', digests.identity),
      ...property('evidence', digests.evidence),
      ...property('record', digests.record),
    ],
  };
}

/** Base and previous version are what it came from; the commit is where. */
function pedigreeOf({ model, previous, snapshot, commit }: VersionRecord): JsonObject {
  const ancestors = [
    ...baseAncestor(snapshot.base),
    ...(previous === null
      ? []
      : [
          {
            type: 'machine-learning-model',
            'bom-ref': modelReference({ model, version: previous.version }),
            name: model,
            version: previous.version,
            properties: property('identity', previous.identity),
          },
        ]),
  ];
  return {
    ...(ancestors.length === 0 ? {} : { ancestors }),
    ...(commit === null ? {} : { commits: [{ uid: commit }] }),
  };
}

function baseAncestor(base: VersionRecord['snapshot']['base']): readonly JsonObject[] {
  if (base === null) return [];
  const id = hubId(base.model, 'model');
  const version = base.version ?? base.revision;
  const purl = id === null ? {} : { purl: hubPurl(id, base.revision) };
  return [
    {
      type: 'machine-learning-model',
      'bom-ref': `base:${base.model}`,
      name: id ?? base.model,
      ...(version === null ? {} : { version }),
      ...purl,
      properties: [...property('reference', base.model), ...property('content', base.content)],
    },
  ];
}

/** `pkg:huggingface/<owner>/<name>@<revision>` (package-url, type huggingface: the revision is in lower case). */
export function hubPurl(id: string, revision: string | null): string {
  const name = id.split('/').map(encodeURIComponent).join('/');
  return `pkg:huggingface/${name}${revision === null ? '' : `@${encodeURIComponent(revision.toLowerCase())}`}`;
}

function externalReferences({ repository, run }: VersionRecord): readonly JsonObject[] {
  const references = [
    { type: 'vcs', url: repository },
    { type: 'build-meta', url: run },
  ];
  return references.flatMap(({ type, url }) => (url !== null && isAddress(url) ? [{ type, url }] : []));
}

/** The schema wants an IRI; what is none is left out. */
function isAddress(url: string): boolean {
  return /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./~%-]*)?$/.test(url);
}

/** CycloneDX model card: parameters and quantitative analysis; values are text in this format. */
function modelCard({ snapshot, evidence }: VersionRecord, facts: ModelFacts): JsonObject {
  const datasets = snapshot.data.map(({ name }) => ({ ref: dataReference(name) }));
  const metrics = Object.entries(evidence).flatMap(([id, { document }]) =>
    document.values.map(({ key, value, slice }) => ({
      type: `${id}.${key}`,
      value,
      ...(slice === null ? {} : { slice: nameSlice(slice) }),
    })),
  );
  const parameters = {
    ...(facts.task === null ? {} : { task: facts.task }),
    ...(facts.family === null ? {} : { architectureFamily: facts.family }),
    ...(facts.architecture === null ? {} : { modelArchitecture: facts.architecture }),
    ...(datasets.length === 0 ? {} : { datasets }),
  };
  return {
    ...(Object.keys(parameters).length === 0 ? {} : { modelParameters: parameters }),
    ...(metrics.length === 0 ? {} : { quantitativeAnalysis: { performanceMetrics: metrics.slice(0, maxMetrics) } }),
  };
}

function nameSlice(slice: Readonly<Record<string, string>>): string {
  return Object.entries(slice)
    .map(([column, value]) => `${column}=${value}`)
    .join(', ');
}
