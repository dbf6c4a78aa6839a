import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import type { MetricDocument } from './metric-document.js';
import { startDraft } from './metric-draft.js';
import { type MetricNode, metricLimits } from './metric-node.js';
import { benchmarkArray } from './readers/benchmark-array.js';
import { classificationReport } from './readers/classification-report.js';
import { evidentlyReport } from './readers/evidently.js';
import { evalResults, modelIndex } from './readers/hugging-face.js';
import { inTotoStatement } from './readers/in-toto.js';
import { lmEval } from './readers/lm-eval.js';
import { k6Summary, vllmBenchmark } from './readers/load-test.js';
import type { MetricReader } from './readers/metric-reader.js';
import { mlflowRun } from './readers/mlflow.js';
import { plainDocument } from './readers/plain.js';
import { isMetricHistory, isMetricTable, readMetricHistory, readMetricTable } from './readers/tables.js';
import { tfmaResults, tfmaValidation } from './readers/tfma.js';
import { limitError, scanJson } from './scan-json.js';
import { isToml, scanToml } from './scan-toml.js';
import { scanYaml } from './scan-yaml.js';

/** In order of how telling their marks are; `plain` takes every map that is left. */
const readers: readonly MetricReader[] = [
  inTotoStatement,
  lmEval,
  modelIndex,
  mlflowRun,
  tfmaValidation,
  tfmaResults,
  evidentlyReport,
  k6Summary,
  vllmBenchmark,
  classificationReport,
  evalResults,
  benchmarkArray,
  plainDocument,
];

/** A metric document as it was read. */
export interface MetricDocumentFile {
  /** What a fault calls it. */
  readonly name: string;
  /** As whoever names the document writes it, which may say what is measured; the name when absent. */
  readonly path?: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads metrics of any supported format, which is recognised by content: lm-eval results, MLflow runs and metric
 * files, DVC metrics and other nested JSON, YAML or TOML, scikit-learn classification reports, Hugging Face model cards and
 * `.eval_results`, github-action-benchmark arrays, in-toto test results, TFMA results and validations, Evidently reports, k6
 * and vLLM reports, CSV. Numbers stay the text they were; `NaN` and its like are kept as words.
 * @throws formats/metrics-encoding, formats/metrics-syntax, formats/metrics-duplicate, formats/metrics-limit,
 * formats/metrics-none
 */
export function parseMetricDocument(file: MetricDocumentFile): MetricDocument {
  const text = decode(file);
  const draft = startDraft(file.name);
  if (isMetricTable(text)) return draft.finish('csv', readMetricTable(text, draft));
  if (isMetricHistory(text))
    return draft.finish('mlflow-history', readMetricHistory(text, draft, file.path ?? file.name));
  const root = scanDocument(file.name, text);
  const reader = readers.find((candidate) => candidate.recognises(root));
  if (reader === undefined) throw weighbridgeError('formats/metrics-none', { name: file.name });
  const context = reader.read(root, draft);
  return draft.finish(reader.format, context);
}

function decode(file: MetricDocumentFile): string {
  if (file.bytes.length > metricLimits.sizeBytes) throw limitError(file.name, 'bytes', metricLimits.sizeBytes);
  try {
    return parseUtf8(file.bytes);
  } catch (cause) {
    throw weighbridgeError('formats/metrics-encoding', { name: file.name }, { cause });
  }
}

function scanDocument(name: string, text: string): MetricNode {
  if (isToml(text)) return scanToml(name, text);
  const first = /\S/.exec(text.slice(0, 10_000))?.[0];
  if (first === '{' || first === '[') return scanJson(name, text);
  return scanYaml(name, frontMatter(text) ?? text);
}

/** The YAML between the `---` lines at the top of a Markdown file; null when there is no second such line. */
function frontMatter(text: string): string | null {
  const opening = /^---[ \t]*\r?\n/.exec(text)?.[0];
  if (opening === undefined) return null;
  const closing = /\r?\n---[ \t]*(?:\r?\n|$)/.exec(text.slice(opening.length));
  return closing === null ? null : text.slice(opening.length, opening.length + closing.index);
}
