import type { JsonObject, JsonValue } from '@weighbridge/core';
import { isJsonObject, parseWandbAnswer, wandbFileAddress } from '@weighbridge/formats';
import type { RunReading } from '@weighbridge/ports';
import { askJson, type Service } from '../http/ask-json.js';

/**
 * What is asked of a run: fields that W&B's own client asks, and where the file is that its client reads for what it
 * knows of the machine. test/peers holds them against that client.
 */
export const wandbRunQuery = `query Run($entity: String!, $project: String!, $run: String!) {
  project(name: $project, entityName: $entity) {
    run(name: $run) {
      name displayName state config summaryMetrics createdAt heartbeatAt commit tags
      files(names: ["wandb-metadata.json"], first: 1) { edges { node { directUrl } } }
    }
  }
}`;

/** A run by the public GraphQL API of Weights & Biases. */
export async function readWandbRun(
  service: Service,
  place: { readonly entity: string; readonly project: string; readonly run: string },
): Promise<RunReading> {
  const shown = `${place.entity}/${place.project}/${place.run}`;
  const answer = await askJson(service, { path: '/graphql', body: { query: wandbRunQuery, variables: { ...place } } });
  const howTo = 'Set WANDB_API_KEY to a key that may read it, and WANDB_BASE_URL where W&B runs on a server of yours.';
  if (answer.kind === 'refused') {
    const denied = answer.status === 401 || answer.status === 403;
    if (denied) return { kind: 'unknown', because: `Weights & Biases does not show ${shown}`, remedy: howTo };
    return { kind: 'unknown', because: `of Weights & Biases: ${answer.because}`, remedy: 'Run it again.' };
  }
  const metadata = await readMetadata(service, answer.json);
  const run = parseWandbAnswer(answer.json, { source: `wandb:${shown}`, metadata });
  if (run !== null) return { kind: 'run', run };
  const failed = isJsonObject(answer.json) && answer.json['errors'] !== undefined;
  const because = failed
    ? 'Weights & Biases did not understand the question'
    : `Weights & Biases shows no run ${shown} to this key`;
  return { kind: 'unknown', because, remedy: `Correct training.run. ${howTo}` };
}

/** `wandb-metadata.json` of the run; empty where there is none. Its address carries its own signature: no key goes there. */
async function readMetadata(service: Service, answer: JsonValue): Promise<JsonObject> {
  const address = wandbFileAddress(answer);
  if (address === null || !URL.canParse(address)) return {};
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return {};
  const place = { ...service, baseUrl: url.origin, authorization: null };
  const read = await askJson(place, { path: `${url.pathname}${url.search}` });
  return read.kind === 'answer' && isJsonObject(read.json) ? read.json : {};
}
