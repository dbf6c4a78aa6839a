import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import type { ExampleScore, ExampleScores } from './example-scores.js';
import { type MetricNode, mapAt, textAt } from './metric-node.js';
import { metricText } from './metric-draft.js';
import { duplicateError, limitError, scanJson } from './scan-json.js';

/** Bounds on one file of examples, and on the scores of all files of one metric document, which the ledger keeps. */
export const exampleLimits = {
  sizeBytes: 256 * 1024 * 1024,
  examples: 200_000,
  metrics: 50,
  recordedScores: 100_000,
} as const;

/**
 * The scores of several files that belong to one metric document, such as one for each task.
 * @throws as parseExampleScores; formats/metrics-duplicate also where two files score one metric
 */
export function parseExampleFiles(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): ExampleScores {
  const merged = new Map<string, readonly ExampleScore[]>();
  let recorded = 0;
  for (const file of files) {
    for (const [key, scores] of Object.entries(parseExampleScores(file))) {
      if (merged.has(key)) throw duplicateError(file.name, key);
      recorded += scores.length;
      if (recorded > exampleLimits.recordedScores)
        throw limitError(file.name, 'scores of examples', exampleLimits.recordedScores);
      merged.set(key, scores);
    }
  }
  return Object.fromEntries([...merged].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * Reads per-example scores, one JSON object a line: `samples_<task>_<time>.jsonl` of lm-evaluation-harness (`doc_id`,
 * `doc_hash`, `filter`, `metrics`, one member for each metric; keys become `<task>.<metric>,<filter>`), or plain lines
 * `{"id": "…", "scores": {"accuracy": 1}, "slice": {"language": "en"}}`, whose keys are the names of the scores.
 * @throws formats/metrics-encoding, formats/metrics-syntax, formats/metrics-duplicate, formats/metrics-limit,
 * formats/metrics-none
 */
export function parseExampleScores(file: { readonly name: string; readonly bytes: Uint8Array }): ExampleScores {
  const found = new Map<string, Map<string, ExampleScore>>();
  const task = /(?:^|\/)samples_(.+?)(?:_\d{4}-\d{2}-\d{2}T[^/]*)?\.jsonl$/.exec(file.name)?.[1] ?? null;
  let count = 0;
  for (const line of decodeLines(file)) {
    if (line.trim() === '') continue;
    count += 1;
    if (count > exampleLimits.examples) throw limitError(file.name, 'examples', exampleLimits.examples);
    addExample(file.name, scanJson(file.name, line), task, found);
  }
  if (found.size === 0) throw weighbridgeError('formats/metrics-none', { name: file.name });
  const sorted = [...found].map(
    ([key, scores]) => [key, [...scores.values()].sort((a, b) => (a.id < b.id ? -1 : 1))] as const,
  );
  return Object.fromEntries(sorted.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function decodeLines(file: { readonly name: string; readonly bytes: Uint8Array }): readonly string[] {
  if (file.bytes.length > exampleLimits.sizeBytes) throw limitError(file.name, 'bytes', exampleLimits.sizeBytes);
  try {
    return parseUtf8(file.bytes).split('\n');
  } catch (cause) {
    throw weighbridgeError('formats/metrics-encoding', { name: file.name }, { cause });
  }
}

function addExample(
  name: string,
  line: MetricNode,
  task: string | null,
  found: Map<string, Map<string, ExampleScore>>,
): void {
  const document = textAt(line, 'doc_id');
  const hash = textAt(line, 'doc_hash');
  const id = textAt(line, 'id') ?? (document === null ? null : hash === null ? document : `${document}:${hash}`);
  if (id === null) return;
  const scores = mapAt(line, 'scores');
  const named = scores !== null ? [...scores.entries] : harnessScores(line, task);
  const columns = [...(mapAt(line, 'slice')?.entries ?? [])].flatMap(([column, node]) => {
    const value = node.kind === 'list' || node.kind === 'map' ? null : node.text;
    return value === null ? [] : [[column, value] as const];
  });
  for (const [key, node] of named) {
    const score = metricText(node);
    if (score === null) continue;
    const examples = found.get(key) ?? new Map<string, ExampleScore>();
    if (examples.has(id)) throw duplicateError(name, `${key} of example ${id}`);
    if (!found.has(key) && found.size >= exampleLimits.metrics)
      throw limitError(name, 'metrics', exampleLimits.metrics);
    found.set(key, examples.set(id, { id, score, slice: columns.length === 0 ? null : Object.fromEntries(columns) }));
  }
}

function harnessScores(line: MetricNode, task: string | null): (readonly [string, MetricNode])[] {
  if (line.kind !== 'map') return [];
  const filter = textAt(line, 'filter');
  const listed = line.entries.get('metrics');
  const names =
    listed?.kind === 'list' ? listed.items.flatMap((item) => (item.kind === 'word' ? [item.text] : [])) : [];
  return names.flatMap((metric) => {
    const node = line.entries.get(metric);
    const key = `${task === null ? '' : `${task}.`}${metric}${filter === null ? '' : `,${filter}`}`;
    return node === undefined ? [] : [[key, node] as const];
  });
}
