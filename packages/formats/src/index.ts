export * from './byte-source.js';
export { sourceFile } from './byte-window.js';
export { compareCodePoints } from './code-points.js';
export * from './documents/index.js';
export { type DvcConfig, type DvcRemote, parseDvcConfig } from './dvc/dvc-config.js';
export { type DvcMember, type DvcOutput, outputsOfStages, parseDvcFolder, parseDvcOutputs } from './dvc/dvc-outputs.js';
export { type DvcEntry, dvcEntryOf, isDvcFolder, parseDvcFile } from './dvc/dvc-file.js';
export {
  type DvcLockFile,
  type DvcLockOutput,
  type DvcLockStage,
  isPlacedElsewhere,
  maxDvcLockBytes,
  parseDvcLock,
} from './dvc/dvc-lock.js';
export {
  type DvcPlot,
  type DvcReports,
  type DvcStageReports,
  isDvcPath,
  parseDvcReports,
} from './dvc/dvc-reports.js';
export { type DvcValueKind, firstDvcValues, joinDvcValues, parseDvcValues } from './dvc/dvc-values.js';
export { type DvcWrittenOutput, type DvcWrittenStage, parseDvcStages, writtenStageOf } from './dvc/dvc-yaml.js';
export type { DvcKeptObject } from './dvc/kept-object.js';
export * from './gguf/index.js';
export * from './header.js';
export * from './metrics/exact-decimal.js';
export * from './metrics/example-scores.js';
export * from './metrics/find-metric.js';
export * from './metrics/metric-document.js';
export { metricLimits } from './metrics/metric-node.js';
export {
  exampleLimits,
  parseExampleFiles,
  parseExampleScores,
} from './metrics/parse-example-scores.js';
export { parseMetricDocument } from './metrics/parse-metric-document.js';
export * from './metrics/significant-change.js';
export { looksLikeOnnx } from './onnx/index.js';
export { pickleCompression } from './pickle/index.js';
export { type ImportEffect, markImport } from './pickle/marked-imports.js';
export { magicBytes, readHeader, unopenedFormat } from './read-header.js';
export * from './runs/index.js';
export * from './safetensors/index.js';
export { type ArchiveReading, digestBesideTensors, digestMembers, restOfArchive } from './torch/archive-digests.js';
export type { InflateStream } from './torch/entry-content.js';
export { withinBudget } from './torch/inflation-budget.js';
export {
  locateEntry,
  looksLikeZip,
  readZipDirectory,
  type ZipDirectory,
  type ZipEntry,
} from './torch/zip-directory.js';
export { digestTensors, type TensorDigestOptions, type TensorRange, tensorRangesIn } from './tensor-digests.js';
export { maxCountedCharacters, openTokenizer, type TokenCounter } from './templates/count-tokens.js';
export { type PromptFacts, readPromptDocument } from './templates/prompt-document.js';
export type { PromptLanguage } from './templates/template-variables.js';
