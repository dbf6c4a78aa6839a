import { type JsonObject, type JsonValue, WeighbridgeError } from '@weighbridge/core';
import { parseStrictJson } from '../documents/strict-json.js';
import { commitOf, keptMembers, membersOf, textOf } from './members.js';
import { durationOfSeconds, frameworkOfPackages, type RunFacts, runFacts } from './run-facts.js';

/** What the local files of a W&B run hold, each as JSON; what there is none of is empty. */
export interface WandbRunFiles {
  /** `config.yaml`: `{key: {value}}`, or the plain values. */
  readonly config: JsonObject;
  /** `wandb-summary.json`. */
  readonly summary: JsonObject;
  /** `wandb-metadata.json`. */
  readonly metadata: JsonObject;
  /** `requirements.txt`. */
  readonly requirements: string | null;
}

/** A run by the files of its local folder (https://docs.wandb.ai, the `files` folder of a run). */
export function parseWandbFiles(source: string, files: WandbRunFiles): RunFacts {
  const { config, summary, metadata, requirements } = files;
  const settings = Object.entries(config)
    .filter(([key]) => !isOwnKey(key))
    .map(([key, value]) => [key, configValue(value)] as const);
  return runFacts(source, {
    ...(requirements === null ? {} : (frameworkOfPackages(requirements) ?? {})),
    hardware: hardwareOf(metadata),
    duration: runtimeOf(summary),
    startedAt: textOf(metadata['startedAt']),
    commit: commitOf(membersOf(metadata['git'])['commit']),
    command: commandOf(metadata),
    python: textOf(metadata['python']),
    params: keptMembers(settings),
    metrics: metricsOf(summary),
  });
}

/**
 * A run as the public GraphQL API answers `project { run { … } }`. Configuration and summary are JSON in text there.
 * Null for what is no such answer, or a run that is not there.
 * @param metadata `wandb-metadata.json` of the run, which tells of the machine; empty for none
 */
export function parseWandbAnswer(
  answer: JsonValue,
  { source, metadata }: { readonly source: string; readonly metadata: JsonObject },
): RunFacts | null {
  const run = runOf(answer);
  if (textOf(run['name']) === null) return null;
  const summary = jsonInText(run['summaryMetrics']);
  const config = Object.entries(jsonInText(run['config'])).filter(([key]) => !isOwnKey(key));
  const tags = Array.isArray(run['tags']) ? run['tags'].filter((tag) => typeof tag === 'string') : [];
  return runFacts(source, {
    hardware: hardwareOf(metadata),
    duration: runtimeOf(summary),
    startedAt: textOf(run['createdAt']),
    status: textOf(run['state']),
    commit: commitOf(run['commit']),
    command: textOf(metadata['program']),
    python: textOf(metadata['python']),
    params: keptMembers(config.map(([key, value]) => [key, configValue(value)] as const)),
    metrics: metricsOf(summary),
    tags: keptMembers(tags.map((tag) => [tag, true] as const)),
  });
}

/** Where the only file that was asked for can be fetched without credentials; null where the run has none. */
export function wandbFileAddress(answer: JsonValue): string | null {
  const edges = membersOf(runOf(answer)['files'])['edges'];
  const node = membersOf(membersOf(Array.isArray(edges) ? edges[0] : undefined)['node']);
  return textOf(node['directUrl']);
}

function runOf(answer: JsonValue): JsonObject {
  return membersOf(membersOf(membersOf(membersOf(answer)['data'])['project'])['run']);
}

/** `_wandb`, `_step` and the like are W&B's own. */
function isOwnKey(key: string): boolean {
  return key.startsWith('_') || key === 'wandb_version';
}

function configValue(value: JsonValue): JsonValue {
  const members = membersOf(value);
  return Object.hasOwn(members, 'value') ? (members['value'] ?? null) : value;
}

function metricsOf(summary: JsonObject): JsonObject {
  return keptMembers(
    Object.entries(summary).filter(
      ([key, value]) => !isOwnKey(key) && (typeof value === 'number' || typeof value === 'string'),
    ),
  );
}

function runtimeOf(summary: JsonObject): string | null {
  const runtime = membersOf(summary['_wandb'])['runtime'] ?? summary['_runtime'];
  return typeof runtime === 'number' ? durationOfSeconds(runtime) : null;
}

/** `8x NVIDIA H100` where it had GPUs, else how many processors. */
function hardwareOf(metadata: JsonObject): string | null {
  const [gpu, gpus, cpus] = [textOf(metadata['gpu']), metadata['gpu_count'], metadata['cpu_count']];
  if (gpu !== null) return typeof gpus === 'number' && gpus > 0 ? `${gpus}x ${gpu}` : gpu;
  return typeof cpus === 'number' && cpus > 0 ? `${cpus} CPU cores` : null;
}

function commandOf(metadata: JsonObject): string | null {
  const program = textOf(metadata['program']);
  if (program === null) return null;
  const words = Array.isArray(metadata['args']) ? metadata['args'].filter((word) => typeof word === 'string') : [];
  return [program, ...(words as readonly string[])].join(' ');
}

function jsonInText(value: JsonValue | undefined): JsonObject {
  const text = textOf(value);
  if (text === null) return {};
  try {
    return membersOf(parseStrictJson(text, { nonFinite: 'keep-as-text' }));
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode !== 70) return {};
    throw error;
  }
}
