import { formatReference, isImmutableReference, type Reference } from '@weighbridge/manifest';
import type { DataReferences, DescribeObject, Pinning } from '@weighbridge/ports';
import type { Service } from './http/ask-json.js';
import { platformFetch, type ProxySetting } from './http/platform-fetch.js';
import { basicAuthorization, serviceAddress, setting } from './http/service-address.js';
import { pinHub } from './hub/pin-hub.js';
import { pinLakefs } from './lakefs/pin-lakefs.js';
import { pinObject } from './objects/pin-object.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whom to ask, and as whom. */
export interface SourceOptions {
  /** Tells where services are and with which credentials they are asked; docs/data.md has the names. */
  readonly environment: Environment;
  readonly proxy?: ProxySetting;
  /** How object stores are asked, by scheme; what is absent is not asked. */
  readonly objects?: Readonly<Partial<Record<'s3' | 'gs' | 'az', DescribeObject>>>;
  /** Default: the platform's, through the proxy. */
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

const hubAddress = 'https://huggingface.co';

/** The services that keep data, as the environment names them. Nothing is asked before the first reference. */
export function openDataReferences(options: SourceOptions): DataReferences {
  const known = new Map<string, Promise<Pinning>>();
  const means = { fetch: options.fetch ?? platformFetch(options.proxy ?? {}), sleep: options.sleep ?? sleep };
  const ask = (reference: Reference): Promise<Pinning> => {
    if (isImmutableReference(reference)) return Promise.resolve({ pinned: formatReference(reference) });
    switch (reference.scheme) {
      case 'hf': {
        const service = hubService(options.environment, means);
        if (service !== null) return pinHub(service, reference);
        return Promise.resolve({
          pinned: null,
          because: 'HF_ENDPOINT is no address of a server',
          remedy: 'Write HF_ENDPOINT like https://hub.acme.example, without a user or a query.',
        });
      }
      case 'lakefs': {
        const service = lakefsService(options.environment, means);
        if (service !== null) return pinLakefs(service, reference);
        return Promise.resolve({
          pinned: null,
          because: 'nothing says where lakeFS is',
          remedy: 'Set LAKECTL_SERVER_ENDPOINT_URL, or write the commit id as the ref.',
        });
      }
      case 's3':
      case 'gs':
      case 'az':
        return pinObject(options.objects?.[reference.scheme], reference);
      case 'path':
      case 'dvc':
      case 'registry':
      case 'vendor':
      case 'mlflow':
      case 'wandb':
      case 'sha256':
        return Promise.resolve({
          pinned: null,
          because: 'what it names may change without a trace',
          remedy: 'Name an immutable revision, object version or digest.',
        });
    }
  };
  return {
    pin: (reference) => {
      const text = formatReference(reference);
      const asked = known.get(text) ?? ask(reference);
      known.set(text, asked);
      return asked;
    },
  };
}

type Means = Pick<Service, 'fetch' | 'sleep'>;

/** Null for an address that cannot be read: the token is for that server, and must not go to the public one instead. */
function hubService(environment: Environment, means: Means): Service | null {
  const token = setting(environment, 'HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN');
  const baseUrl = serviceAddress(setting(environment, 'HF_ENDPOINT') ?? hubAddress);
  if (baseUrl === null) return null;
  return { ...means, baseUrl, authorization: token === null ? null : `Bearer ${token}` };
}

/** lakectl's own variables; the address may have the path of the API at its end, as lakectl takes it. */
function lakefsService(environment: Environment, means: Means): Service | null {
  const address = serviceAddress(
    setting(environment, 'LAKECTL_SERVER_ENDPOINT_URL', 'LAKEFS_ENDPOINT') ?? undefined,
  )?.replace(/\/api\/v1$/, '');
  if (address === undefined) return null;
  const key = setting(environment, 'LAKECTL_CREDENTIALS_ACCESS_KEY_ID', 'LAKEFS_ACCESS_KEY_ID');
  const secret = setting(environment, 'LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY', 'LAKEFS_SECRET_ACCESS_KEY');
  const authorization = key === null || secret === null ? null : basicAuthorization(key, secret);
  return { ...means, baseUrl: address, authorization };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
