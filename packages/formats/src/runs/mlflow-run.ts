import type { JsonValue } from '@weighbridge/core';
import { isJsonObject } from '../documents/strict-json.js';
import { commitOf, keptMembers, membersOf, membersOfPairs, textOf, timeOfMs } from './members.js';
import { durationOfSeconds, frameworkOfPackages, type RunDataset, type RunFacts, runFacts } from './run-facts.js';

/** What is known of a run besides its own answer. */
export interface MlflowBesides {
  readonly source: string;
  /** `requirements.txt` of a model that the run logged, which tells the framework; null for none. */
  readonly requirements: string | null;
  /** The models that it logged, as `GET /api/2.0/mlflow/logged-models/{id}` answers each. */
  readonly models: readonly JsonValue[];
}

/**
 * A run as `GET /api/2.0/mlflow/runs/get` answers it (MLflow REST API). Metrics are the last value of each, which is
 * what MLflow keeps of a run. Null for what is no such answer.
 * A model that the run logged (MLflow 3) has parameters and metrics of its own: those that the run does not have under the
 * same name are taken too, of the first model that has them.
 */
export function parseMlflowRun(answer: JsonValue, { source, requirements, models }: MlflowBesides): RunFacts | null {
  const run = membersOf(membersOf(answer)['run']);
  const told = membersOf(run['info']);
  if (textOf(told['run_id']) === null) return null;
  const found = membersOf(run['data']);
  const tags = membersOfPairs(found['tags']);
  return runFacts(source, {
    ...(requirements === null ? {} : (frameworkOfPackages(requirements) ?? {})),
    duration: durationBetween(told['start_time'], told['end_time']),
    startedAt: timeOfMs(told['start_time']),
    finishedAt: timeOfMs(told['end_time']),
    status: textOf(told['status']),
    commit: commitOf(tags['mlflow.source.git.commit']),
    command: textOf(tags['mlflow.source.name']),
    params: joined(found['params'], models, 'params'),
    metrics: joined(found['metrics'], models, 'metrics'),
    tags: keptMembers(Object.entries(tags).filter(([key]) => !isOwnTag(key))),
    datasets: datasetsOf(membersOf(run['inputs'])['dataset_inputs']),
    models: loggedModelsOf(answer),
  });
}

/** The pairs of the run, and of its models those whose names are not there yet. */
function joined(
  own: JsonValue | undefined,
  models: readonly JsonValue[],
  name: 'params' | 'metrics',
): ReturnType<typeof membersOfPairs> {
  const lists = models.map((model) => membersOf(membersOf(membersOf(model)['model'])['data'])[name]);
  const members = new Map<string, JsonValue>();
  for (const list of [own, ...lists]) {
    for (const [key, value] of Object.entries(membersOfPairs(list))) {
      if (!members.has(key)) members.set(key, value);
    }
  }
  return keptMembers(members);
}

/** Ids of the LoggedModels that a run wrote, in the order of the answer. */
export function loggedModelsOf(answer: JsonValue): readonly string[] {
  const outputs = membersOf(membersOf(membersOf(answer)['run'])['outputs'])['model_outputs'];
  return (Array.isArray(outputs) ? outputs : []).flatMap((each: JsonValue) => {
    const id = isJsonObject(each) ? textOf(each['model_id']) : null;
    return id !== null && /^m-[0-9a-f]{1,64}$/.test(id) ? [id] : [];
  });
}

/** The path of a LoggedModel's artifacts on the server's own artifact service; null where they lie elsewhere. */
export function loggedModelPath(answer: JsonValue): string | null {
  const told = membersOf(membersOf(membersOf(answer)['model'])['info']);
  const uri = textOf(told['artifact_uri']);
  const path = uri === null ? undefined : /^mlflow-artifacts:\/(?:\/[^/]*\/)?([\w./-]+)$/.exec(uri)?.[1];
  return path === undefined || path.split('/').includes('..') ? null : path.replaceAll(/^\/+|\/+$/g, '');
}

/** MLflow's own bookkeeping, and who ran it on which machine: no part of what others need to know. */
function isOwnTag(key: string): boolean {
  return key.startsWith('mlflow.');
}

function durationBetween(start: JsonValue | undefined, end: JsonValue | undefined): string | null {
  const [from, to] = [timeOfMs(start), timeOfMs(end)];
  return from === null || to === null ? null : durationOfSeconds((Date.parse(to) - Date.parse(from)) / 1000);
}

function datasetsOf(inputs: JsonValue | undefined): readonly RunDataset[] {
  return (Array.isArray(inputs) ? inputs : []).flatMap((each: JsonValue): RunDataset[] => {
    const input = membersOf(each);
    const dataset = membersOf(input['dataset']);
    const name = textOf(dataset['name']);
    if (name === null) return [];
    const role = textOf(membersOfPairs(input['tags'])['mlflow.data.context']);
    return [{ name, role, digest: textOf(dataset['digest']), source: sourceOf(dataset['source']) }];
  });
}

/** MLflow writes a source as JSON in text: `{"uri": …}`, `{"path": …}`. What carries credentials is left out. */
function sourceOf(value: JsonValue | undefined): string | null {
  const text = textOf(value);
  if (text === null) return null;
  const address = /"(?:uri|url|path)"\s*:\s*"([^"\\]{1,2000})"/.exec(text)?.[1] ?? text;
  return /[?&](?:X-Amz-|X-Goog-|sig=|token=|Signature=)|\/\/[^/@\s]*:[^/@\s]*@/i.test(address) ? null : address;
}
