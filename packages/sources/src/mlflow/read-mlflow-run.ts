import { loggedModelPath, loggedModelsOf, parseMlflowRun } from '@weighbridge/formats';
import type { JsonValue } from '@weighbridge/core';
import type { RunReading } from '@weighbridge/ports';
import { askJson, askText, type Service } from '../http/ask-json.js';

/** Models of one run that are looked at. */
const maxModels = 3;

/**
 * A run of an MLflow tracking server, with the parameters and metrics of the models that it logged, and the requirements
 * of one where the server itself serves its artifacts: they tell the framework, which a run does not.
 */
export async function readMlflowRun(service: Service, run: string): Promise<RunReading> {
  const answer = await askJson(service, { path: `/api/2.0/mlflow/runs/get?run_id=${encodeURIComponent(run)}` });
  if (answer.kind === 'refused') return refused(service, run, answer);
  const models = await readModels(service, loggedModelsOf(answer.json).slice(0, maxModels));
  const requirements = await readRequirements(service, models);
  const facts = parseMlflowRun(answer.json, { source: `mlflow:${run}`, requirements, models });
  if (facts !== null) return { kind: 'run', run: facts };
  return unknown(
    'MLflow answered something that is no run',
    'Look whether MLFLOW_TRACKING_URI is the tracking server.',
  );
}

/** What the server tells of models; those that it does not tell are left out. */
async function readModels(service: Service, ids: readonly string[]): Promise<readonly JsonValue[]> {
  const models: JsonValue[] = [];
  for (const id of ids) {
    const answer = await askJson(service, { path: `/api/2.0/mlflow/logged-models/${id}` });
    if (answer.kind === 'answer') models.push(answer.json);
  }
  return models;
}

async function readRequirements(service: Service, models: readonly JsonValue[]): Promise<string | null> {
  for (const model of models) {
    const path = loggedModelPath(model);
    if (path === null) continue;
    const file = `/api/2.0/mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}/requirements.txt`;
    const text = await askText(service, { path: file });
    if (text.kind === 'text') return text.text;
  }
  return null;
}

function refused(
  { authorization }: Service,
  run: string,
  { status, because }: { readonly status: number | null; readonly because: string },
): RunReading {
  if (status === 404) return unknown(`MLflow has no run ${run}`, 'Correct training.run, or MLFLOW_TRACKING_URI.');
  if (status === 401 || status === 403) {
    const whom = authorization === null ? 'to nobody in particular' : 'to this account';
    return unknown(
      `MLflow does not show the run ${run} ${whom}`,
      'Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.',
    );
  }
  return unknown(`of MLflow: ${because}`, 'Run it again when the tracking server answers.');
}

function unknown(because: string, remedy: string): RunReading {
  return { kind: 'unknown', because, remedy };
}
