export { bareRef, versionOf } from './bare-ref.js';
export {
  declaredDependencies,
  dependenciesOf,
  modelOfRef,
  type OriginFacets,
  type PartialPlace,
  type PlacedManifest,
  registryRef,
} from './dependencies.js';
export { buildLineage, versionNodeId } from './graph/build-graph.js';
export {
  type LineageEdge,
  type LineageGraph,
  type LineageNode,
  type LineageNodeKind,
  lineageNodeKinds,
  type LineageRelation,
  lineageRelations,
} from './graph/graph.js';
export {
  indexSteps,
  type LineageDirection,
  lineageDirections,
  type Neighbourhood,
  neighbourhoodOf,
  otherEnd,
  type Steps,
} from './graph/neighbourhood.js';
export { withFoldersAbove } from './graph/placed-pipelines.js';
export { pipelineOrigins, type PipelinedVersion } from './graph/stages-behind.js';
export type { Pipeline, Placement, RecordedVersion } from './graph/recorded-version.js';
export { type PipelinePlace, pipelineInputs } from './pipeline-inputs.js';
export { isToldByRun, roleOf, toldData } from './told-data.js';
export { bumpOfDependency, type DependencyBump, type Upstream } from './impact/bump-of-dependency.js';
export { findHolders, type HoldingVersion } from './impact/find-holders.js';
export { findImpact, type ImpactQuestion, type ImpactRow } from './impact/find-impact.js';
export { formatLineIndex, type IndexedLine, parseLineIndex } from './impact/line-index.js';
export { lineOfCatalogue, type LineVersion, type ModelLine, newestOf, placesOf } from './impact/model-line.js';
export {
  dependsOn,
  formatSubject,
  type ImpactSubject,
  readSubject,
  repositoryPath,
  type SubjectReading,
} from './impact/subject.js';
export {
  type OpenLineageDataset,
  type OpenLineageFacet,
  type OpenLineageOptions,
  type OpenLineageRunEvent,
  runEventsOf,
} from './open-lineage/run-events.js';
export { formatCommand, formatReproductionScript, type ScriptPlace } from './reproduce/format-script.js';
export { planReproduction, type ReproductionFacts } from './reproduce/plan-reproduction.js';
export type {
  MissingPart,
  RecordedMetric,
  Reproduction,
  ReproductionCommand,
  ReproductionPart,
  ReproductionStep,
} from './reproduce/reproduction.js';
