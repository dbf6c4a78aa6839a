import { parseModelName, parseVersion } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { nodeSha256 } from '@weighbridge/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelOfRef } from '../dependencies.js';
import { buildLineage, versionNodeId } from '../graph/build-graph.js';
import type { LineageNode } from '../graph/graph.js';
import { neighbourhoodOf } from '../graph/neighbourhood.js';
import type { Pipeline, RecordedVersion } from '../graph/recorded-version.js';
import { pipelineOrigins } from '../graph/stages-behind.js';
import { findHolders } from './find-holders.js';
import { formatLineIndex, parseLineIndex } from './line-index.js';
import type { LineVersion, ModelLine } from './model-line.js';
import { readSubject } from './subject.js';

const paths = ['raw', 'raw/a.csv', 'raw/b.csv', 'clean', 'clean/part', 'clean/part/c.csv', 'train.py', 'm/out'];
const addresses = ['s3://acme/raw.csv', 'https://data.example/rates.csv', 'hdfs://host/x', 'gs://acme/y'];
const hashes = ['a', 'b', 'c'].flatMap((sign) => [
  `md5:${sign.repeat(32)}`,
  `md5:${sign.repeat(32)}.dir`,
  `etag:${sign}-1`,
  `sha256:${sign.repeat(64)}`,
]);
const file = (at: readonly string[]) =>
  fc
    .record({ path: fc.constantFrom(...at), hash: fc.option(fc.constantFrom(...hashes)) })
    .map(({ path, hash }) => ({ path, written: path, hash, sizeBytes: null, kept: null }));
const stage = fc.record({
  name: fc.constantFrom('fetch', 'prepare', 'split', 'train'),
  commands: fc.constant(['make']),
  deps: fc.array(file([...paths, ...addresses]), { maxLength: 4 }),
  outs: fc.array(file(paths), { maxLength: 3 }),
  params: fc.constant({}),
});
const stages = fc.uniqueArray(stage, { maxLength: 4, selector: ({ name }) => name });
const pipelines: fc.Arbitrary<readonly Pipeline[]> = fc.uniqueArray(
  fc.record({ path: fc.constantFrom('dvc.lock', 'p/dvc.lock'), stages }),
  { maxLength: 2, selector: ({ path }) => path },
);
const pins = [null, `sha256:${'d'.repeat(64)}`, `dvc-md5:${'a'.repeat(32)}`];
const named = fc.oneof(
  fc.record({
    ref: fc.constantFrom(...paths.flatMap((path) => [`/${path}`, `dvc:/${path}`])),
    pin: fc.constantFrom(...pins),
  }),
  fc.constant({ ref: 's3://acme/raw.csv', pin: 's3://acme/raw.csv?versionId=7' }),
);
const dependency: fc.Arbitrary<Dependency> = fc.oneof(
  fc
    .tuple(named, fc.constantFrom('train', 'validation', 'eval'))
    .map(([at, role]): Dependency => ({ kind: 'data', role, ...at, range: null })),
  fc.constant({ kind: 'base' as const, role: null, ref: 'hf://acme/llama', pin: 'abc', range: null }),
);
interface Drawn extends Pick<RecordedVersion, 'pipelines' | 'artifacts'> {
  readonly own: readonly Dependency[];
  /** Places of those that it is made of. */
  readonly bases: readonly number[];
}
const version: fc.Arbitrary<Drawn> = fc.record({
  pipelines,
  artifacts: fc.array(fc.constantFrom('m/out/model.bin', 'p/m/out', 'm/other'), { maxLength: 2 }),
  own: fc.array(dependency, { maxLength: 4 }),
  bases: fc.array(fc.nat({ max: 2 }), { maxLength: 2 }),
});

const nameOf = (at: number) => parseModelName(`model-${at}`);
const only = parseVersion('1.0.0');

/** Each may be made of those before it. */
function recordAll(drawn: readonly Drawn[]): readonly RecordedVersion[] {
  return drawn.map(({ own, bases, ...rest }, at): RecordedVersion => {
    const before = [...new Set(bases)].filter((base) => base < at);
    const parts = before.map(
      (base): Dependency => ({ kind: 'part', role: null, ref: `registry:${nameOf(base)}`, pin: only, range: '^1' }),
    );
    return {
      model: nameOf(at),
      kind: 'model',
      version: only,
      commit: String(at).repeat(40),
      time: '2026-05-01T12:00:00Z',
      tag: null,
      codeFiles: 0,
      environment: { image: null, lock: null, framework: null },
      training: {},
      placements: [],
      dependencies: [...own, ...parts],
      ...rest,
    };
  });
}

/** A version and all that it was made of, as its graph is drawn. */
function withBases(recorded: readonly RecordedVersion[], model: string): readonly RecordedVersion[] {
  const found = recorded.filter((each) => each.model === model);
  const bases = found.flatMap(({ dependencies }) => dependencies.map(({ ref }) => modelOfRef(ref)));
  return [...found, ...bases.flatMap((base) => (base === null ? [] : withBases(recorded, base)))];
}

function lineOf(recorded: RecordedVersion): ModelLine {
  const { model, dependencies, commit } = recorded;
  const identity = `sha256:${model}`;
  const origins = pipelineOrigins(recorded);
  const made: LineVersion = { version: only, identity, dependencies, artifacts: [], retired: false, commit, origins };
  return { model, versions: [made], stages: {}, aliases: {}, declared: null };
}

/** How a node can be asked about. */
function questionsOf({ kind, name, version: pin, detail }: LineageNode): readonly string[] {
  if (kind === 'model') return [`${name}@${pin}`];
  if (kind === 'base') return [name, `${name}@${pin}`];
  const texts = [name, pin, detail['pin'] ?? null];
  return ['raw-data', 'processed-data', 'features', 'evaluation-data'].includes(kind)
    ? texts.filter((text) => text !== null)
    : [];
}

test('whatever a version came from by its graph, a question about that names the version', () => {
  fc.assert(
    fc.property(fc.array(version, { minLength: 1, maxLength: 3 }), (drawn) => {
      const recorded = recordAll(drawn);
      const index = new Map(recorded.map((each) => [each.model, { hash: '', line: lineOf(each) }]));
      const kept = parseLineIndex(formatLineIndex(index, nodeSha256), nodeSha256);
      const lines = new Map([...kept].map(([model, { line }]) => [model, line]));
      for (const { model } of recorded) {
        const start = versionNodeId(model, only);
        const { nodes } = neighbourhoodOf(buildLineage(withBases(recorded, model)), {
          start,
          direction: 'up',
          depth: null,
        });
        for (const text of nodes.filter(({ id }) => id !== start).flatMap(questionsOf)) {
          const read = readSubject(text, lines);
          if (!read.ok) throw new Error(`${text}: ${read.reason}`);
          const held = findHolders(lines, [read.subject]).get(model) ?? [];
          expect([text, held.map((each) => each.version)]).toEqual([text, [only]]);
        }
      }
    }),
    { seed: 26, numRuns: 300 },
  );
});
