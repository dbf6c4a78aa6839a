import { formatReference } from '@weighbridge/manifest';
import type { RunReading, TrackedRuns } from '@weighbridge/ports';
import type { Service } from './http/ask-json.js';
import { platformFetch, type ProxySetting } from './http/platform-fetch.js';
import { basicAuthorization, serviceAddress, setting } from './http/service-address.js';
import { readMlflowRun } from './mlflow/read-mlflow-run.js';
import { readWandbRun } from './wandb/read-wandb-run.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whom to ask, and as whom. */
export interface TrackedRunOptions {
  /** Tells where services are and with which credentials they are asked; docs/capture.md has the names. */
  readonly environment: Environment;
  readonly proxy?: ProxySetting;
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

const wandbAddress = 'https://api.wandb.ai';

/** The tracking services that the environment names. Nothing is asked before the first run. */
export function openTrackedRuns(options: TrackedRunOptions): TrackedRuns {
  const { environment } = options;
  const means = { fetch: options.fetch ?? platformFetch(options.proxy ?? {}), sleep: options.sleep ?? sleep };
  const known = new Map<string, Promise<RunReading>>();
  const ask = (reference: Parameters<TrackedRuns['read']>[0]): Promise<RunReading> => {
    if (reference.scheme === 'wandb') {
      const service = wandbService(environment, means);
      if (service === null) return Promise.resolve(nowhere('WANDB_BASE_URL is no address of a server'));
      const { entity, project, artifact: run } = reference;
      return readWandbRun(service, { entity, project, run });
    }
    const service = mlflowService(environment, means);
    if (service !== null) return readMlflowRun(service, reference.run);
    return Promise.resolve(nowhere('MLFLOW_TRACKING_URI names no tracking server'));
  };
  return {
    read: (reference) => {
      const text = formatReference(reference);
      const asked = known.get(text) ?? ask(reference);
      known.set(text, asked);
      return asked;
    },
  };
}

function nowhere(because: string): RunReading {
  return { kind: 'unknown', because, remedy: 'Set it to the address, such as https://mlflow.acme.example.' };
}

type Means = Pick<Service, 'fetch' | 'sleep'>;

function mlflowService(environment: Environment, means: Means): Service | null {
  const baseUrl = serviceAddress(environment['MLFLOW_TRACKING_URI']);
  if (baseUrl === null) return null;
  const token = setting(environment, 'MLFLOW_TRACKING_TOKEN');
  const user = setting(environment, 'MLFLOW_TRACKING_USERNAME');
  const basic = user === null ? null : basicAuthorization(user, setting(environment, 'MLFLOW_TRACKING_PASSWORD') ?? '');
  return { ...means, baseUrl, authorization: token === null ? basic : `Bearer ${token}` };
}

/** Null for an address that cannot be read: the key is for that server, and must not go to the public one instead. */
function wandbService(environment: Environment, means: Means): Service | null {
  const baseUrl = serviceAddress(setting(environment, 'WANDB_BASE_URL') ?? wandbAddress);
  if (baseUrl === null) return null;
  const key = setting(environment, 'WANDB_API_KEY');
  return { ...means, baseUrl, authorization: key === null ? null : basicAuthorization('api', key) };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
