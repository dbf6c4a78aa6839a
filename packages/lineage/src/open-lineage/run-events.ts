import type { Sha256 } from '@weighbridge/core';
import type { LineageEdge, LineageGraph, LineageNode } from '../graph/graph.js';
import { indexSteps, neighbourhoodOf } from '../graph/neighbourhood.js';
import { datasetNameOf } from './dataset-name.js';
import { runIdOf } from './run-id.js';

/** Who says it, and how runs are named. */
export interface OpenLineageOptions {
  /** Address of the repository: the namespace of its jobs, files and models. */
  readonly repository: string;
  /** Address of the program that makes the events. */
  readonly producer: string;
  readonly sha256: Sha256;
}

/** A part of an event that a schema of its own describes. */
export type OpenLineageFacet = Readonly<Record<string, unknown>> & {
  readonly _producer: string;
  readonly _schemaURL: string;
};

/** A data set that a run read or made. */
export interface OpenLineageDataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Readonly<Record<string, OpenLineageFacet>>;
}

/** One RunEvent of OpenLineage 2-0-2. */
export interface OpenLineageRunEvent {
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly eventType: 'START' | 'COMPLETE';
  readonly run: { readonly runId: string; readonly facets: Readonly<Record<string, OpenLineageFacet>> };
  readonly job: {
    readonly namespace: string;
    readonly name: string;
    readonly facets: Readonly<Record<string, OpenLineageFacet>>;
  };
  readonly inputs: readonly OpenLineageDataset[];
  readonly outputs: readonly OpenLineageDataset[];
}

const specification = 'https://openlineage.io/spec';

interface Job {
  readonly name: string;
  readonly kind: 'TRAINING' | 'PROCESSING' | 'EVALUATION';
  readonly node: LineageNode;
  readonly time: string;
  readonly inputs: readonly LineageNode[];
  readonly outputs: readonly LineageNode[];
}

/**
 * The jobs of a graph as events: for each, that it started and that it ended. When it started is not on record, so that
 * both have the time at which the version was registered. The same graph gives the same events, ids of runs included.
 * @see https://openlineage.io/spec/2-0-2/OpenLineage.json
 */
export function runEventsOf(graph: LineageGraph, options: OpenLineageOptions): readonly OpenLineageRunEvent[] {
  return jobsOf(graph).flatMap((job) => [eventOf(job, 'START', options), eventOf(job, 'COMPLETE', options)]);
}

function eventOf(job: Job, eventType: 'START' | 'COMPLETE', options: OpenLineageOptions): OpenLineageRunEvent {
  const { repository, producer, sha256 } = options;
  const ended = eventType === 'COMPLETE';
  const dataset = (node: LineageNode) => datasetOf(node, options);
  return {
    eventTime: job.time,
    producer,
    schemaURL: `${specification}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    eventType,
    run: {
      runId: runIdOf(sha256, { name: `${repository}\n${job.kind}\n${job.node.id}`, time: job.time }),
      facets: {},
    },
    job: { namespace: repository, name: job.name, facets: jobFacets(job, options) },
    inputs: job.inputs.map(dataset),
    outputs: ended ? job.outputs.map(dataset) : [],
  };
}

function jobFacets(
  { kind, node }: Job,
  { repository, producer }: OpenLineageOptions,
): Readonly<Record<string, OpenLineageFacet>> {
  const jobType = {
    ...facet('2-0-4', 'JobTypeJobFacet', producer),
    processingType: 'BATCH',
    integration: 'WEIGHBRIDGE',
    jobType: kind,
  };
  const commit = node.version;
  const isWeb = /^https?:\/\//.test(repository);
  const sourceCodeLocation =
    kind === 'EVALUATION' || commit === null || !isWeb
      ? {}
      : {
          sourceCodeLocation: {
            ...facet('1-1-0', 'SourceCodeLocationJobFacet', producer),
            type: 'git',
            url: `${repository}/tree/${commit}`,
            repoUrl: repository,
            version: commit,
          },
        };
  const { command } = node.detail;
  const documentation =
    command === undefined
      ? {}
      : { documentation: { ...facet('1-1-0', 'DocumentationJobFacet', producer), description: command } };
  return { jobType, ...sourceCodeLocation, ...documentation };
}

function datasetOf(node: LineageNode, { repository, producer }: OpenLineageOptions): OpenLineageDataset {
  const version =
    node.version === null
      ? {}
      : { version: { ...facet('1-0-1', 'DatasetVersionDatasetFacet', producer), datasetVersion: node.version } };
  const isModel = node.kind === 'model' || node.kind === 'base';
  const datasetType = isModel
    ? { datasetType: { ...facet('1-0-1', 'DatasetTypeDatasetFacet', producer), datasetType: 'MODEL' } }
    : {};
  return { ...datasetNameOf(node, repository), facets: { ...version, ...datasetType } };
}

function facet(version: string, name: string, producer: string): OpenLineageFacet {
  return { _producer: producer, _schemaURL: `${specification}/facets/${version}/${name}.json#/$defs/${name}` };
}

/** Training and processing are nodes; a measurement is what evaluation data and a version have between them. */
function jobsOf(graph: LineageGraph): readonly Job[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const steps = indexSteps(graph);
  const at = (edges: readonly LineageEdge[], end: 'from' | 'to') =>
    edges.map((edge) => nodes.get(edge[end])).filter((node) => node !== undefined);
  return graph.nodes.flatMap((node): Job[] => {
    if (node.kind === 'training' || node.kind === 'processing') {
      const outputs = at(steps.from(node.id, 'down'), 'to');
      // What a system is put together from goes into it in the job that makes it.
      const parts = outputs.flatMap(({ id }) => steps.from(id, 'up').filter(({ relation }) => relation === 'part'));
      const read = steps.from(node.id, 'up').filter(({ relation }) => relation === 'input' || relation === 'base');
      const kind = node.kind === 'training' ? 'TRAINING' : 'PROCESSING';
      const inputs = at([...read, ...parts], 'from');
      return [{ name: jobName(node), kind, node, time: timeOf(graph, node), inputs, outputs }];
    }
    const measured = steps.from(node.id, 'up').filter(({ relation }) => relation === 'evaluates');
    if (node.kind !== 'model' || measured.length === 0) return [];
    const inputs = [node, ...at(measured, 'from')];
    return [
      { name: `evaluation/${node.name}`, kind: 'EVALUATION', node, time: timeOf(graph, node), inputs, outputs: [] },
    ];
  });
}

function jobName({ id, detail, name }: LineageNode): string {
  const bare = id.replace(/@[^@]*$/, '');
  return detail['pipeline'] === undefined
    ? bare.replace(':', '/')
    : `${detail['pipeline']}/${name.replace(/^stage /, '')}`;
}

/** When the first version that a job led to was registered. */
function timeOf(graph: LineageGraph, node: LineageNode): string {
  const { nodes } = neighbourhoodOf(graph, { start: node.id, direction: 'down', depth: null });
  const times = nodes.flatMap(({ detail }) => detail['registered'] ?? detail['judged'] ?? []);
  return times.sort()[0] ?? '1970-01-01T00:00:00Z';
}
