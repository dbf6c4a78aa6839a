import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import { type MetricNode, mapAt, textAt } from './metric-node.js';
import { metricText } from './metric-draft.js';
import { duplicateError, limitError, scanJson } from './scan-json.js';

/** One example's score under one metric. */
export interface ExampleScore {
  /** The same example has the same id in every evaluation: `doc_id`, and `doc_hash` where it is known. */
  readonly id: string;
  /** Exact decimal text, or the word that stood there. */
  readonly score: string;
  readonly slice: Readonly<Record<string, string>> | null;
}

/** Scores by metric key, each list sorted by id. */
export type ExampleScores = Readonly<Record<string, readonly ExampleScore[]>>;

/** Bounds on a file of examples. */
export const exampleLimits = { sizeBytes: 256 * 1024 * 1024, examples: 200_000, metrics: 50 } as const;

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
