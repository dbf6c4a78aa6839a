import type { Service } from './ask-json.js';
import { platformFetch, type ProxySetting } from './platform-fetch.js';
import { basicAuthorization, serviceAddress, setting } from './service-address.js';

type Environment = Readonly<Record<string, string | undefined>>;

const hubAddress = 'https://huggingface.co';

/** Why the Hub is not asked, worded as in Pinning. */
export const noHub = {
  because: 'HF_ENDPOINT is no address of a server',
  remedy: 'Write HF_ENDPOINT like https://hub.acme.example, without a user or a query.',
};

/** Why lakeFS is not asked, worded as in Pinning. */
export const noLakefs = {
  because: 'nothing says where lakeFS is',
  remedy: 'Set LAKECTL_SERVER_ENDPOINT_URL, or write the commit id as the ref.',
};

/** How services are asked. */
export type Means = Pick<Service, 'fetch' | 'sleep'>;

/** The Hugging Face Hub; null for an address that cannot be read: the token is for that server, and must not go to the public one instead. */
export function hubService(environment: Environment, means: Means): Service | null {
  const token = setting(environment, 'HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN');
  const baseUrl = serviceAddress(setting(environment, 'HF_ENDPOINT') ?? hubAddress);
  if (baseUrl === null) return null;
  return { ...means, baseUrl, authorization: token === null ? null : `Bearer ${token}` };
}

/** lakeFS by lakectl's own variables, null where none says where it is; the address may have the path of the API at its end, as lakectl takes it. */
export function lakefsService(environment: Environment, means: Means): Service | null {
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

/** The usual means where none are given. */
export function meansOf(options: {
  readonly proxy?: ProxySetting;
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}): Means {
  return { fetch: options.fetch ?? platformFetch(options.proxy ?? {}), sleep: options.sleep ?? sleep };
}
