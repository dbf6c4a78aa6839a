import { openAgents, type ProxySetting } from '../http/agents.js';
import { type Answer, ask, type Asked, type Sender, senderOf, type SenderOptions } from '../http/ask.js';
import { gcsAddress, type GcsAddress, type GcsPlace } from './gcs-address.js';
import { findGcsCredentials, type GcsCredentials } from './gcs-credentials.js';
import {
  type GcsOperation,
  isRefused,
  missingBucket,
  nameOf,
  noCredentials,
  readRefusal,
  refusedError,
  remedyOf,
} from './gcs-refusal.js';

/** A bucket of Google Cloud Storage, and how it is asked. */
export interface GcsBucketOptions extends GcsPlace, SenderOptions {
  /** Whether a reference named the bucket: then messages send nobody to the settings of the store. Default: false. */
  readonly isForeign?: boolean;
  readonly proxy?: ProxySetting;
  /**
   * Default: Application Default Credentials, for hosts of Google over TLS alone; every other endpoint is taken for an
   * emulator, which is told nothing. Credentials that are given here are sent to any endpoint.
   */
  readonly credentials?: GcsCredentials;
  readonly now?: () => Date;
}

/** A request without what the client knows: where, and how messages call it. */
export type GcsAsked = Omit<Asked, 'url'> & {
  readonly action: string;
  readonly permission: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What asks one bucket. Nothing is loaded before it is first asked. */
export interface GcsClient {
  readonly address: GcsAddress;
  /** Null where nobody need say who asks. @throws store/denied without credentials */
  readonly credentials: () => Promise<GcsCredentials | null>;
  /** What is known of an object. @throws store/denied, store/misconfigured, store/io, store/unreachable */
  readonly askObject: (key: string, asked: GcsAsked) => Promise<Answer>;
  /** The bytes of an object. @throws as askObject */
  readonly askBytes: (key: string, asked: GcsAsked) => Promise<Answer>;
  /** A new object. @throws as askObject */
  readonly upload: (key: string, asked: GcsAsked) => Promise<Answer>;
  /** An object with another class. @throws as askObject */
  readonly rewrite: (key: string, asked: GcsAsked) => Promise<Answer>;
  /** The objects of the bucket; `prefix` is what messages show. @throws as askObject */
  readonly askBucket: (prefix: string, asked: GcsAsked) => Promise<Answer>;
}

interface Opened {
  readonly sender: Sender;
  readonly credentials: GcsCredentials | null;
}

/** @throws store/misconfigured for an endpoint that is no address */
export function openGcsClient(options: GcsBucketOptions): GcsClient {
  const address = gcsAddress(options);
  const signedIn = options.credentials !== undefined || address.isTrusted;
  let opening: Promise<Opened> | null = null;
  let bucketSeen = false;

  /** What failed is tried again by the next call: credentials can come. */
  async function open(): Promise<Opened> {
    try {
      return await (opening ??= openSender(options, address));
    } catch (cause) {
      opening = null;
      throw cause;
    }
  }

  async function send(url: URL, name: string, { action, permission, query = {}, headers = {}, ...asked }: GcsAsked) {
    const { sender, credentials } = await open();
    for (const [parameter, value] of Object.entries(query)) url.searchParams.set(parameter, value);
    const operation: GcsOperation = {
      action,
      permission,
      path: `${address.shown}/${name}`,
      bucket: options.bucket,
      signedIn,
      isForeign: options.isForeign ?? false,
    };
    const answer = await ask(
      sender,
      { ...asked, url },
      {
        operation,
        sign: async () => ({ ...headers, ...(await signIn(credentials, address.shown)) }),
        read: readRefusal,
        deniesBucket: isRefused,
        remedyOf,
        nameOf,
        errorOf: (refusal) => refusedError(operation, refusal),
        // Tokens are good for an hour by the clock of the service, and say no time of ours.
        correctClock: () => false,
        refresh: async () => {
          await signIn(credentials, address.shown, { forceRefresh: true });
        },
      },
    );
    bucketSeen ||= answer.status < 300;
    return { answer, operation };
  }

  async function sendAbout(url: URL, key: string, asked: GcsAsked): Promise<Answer> {
    const { answer, operation } = await send(url, key, asked);
    // The answer is the same for a missing bucket, but for a sentence: a listing has no other reason for it.
    if (answer.status === 404 && !bucketSeen) await lookForBucket(askBucket, key, operation);
    return answer;
  }

  const askBucket = async (prefix: string, asked: GcsAsked) => (await send(address.listUrl(), prefix, asked)).answer;

  return {
    address,
    credentials: async () => (await open()).credentials,
    askBucket,
    upload: async (key, asked) => (await send(address.uploadUrl(), key, asked)).answer,
    rewrite: async (key, asked) => sendAbout(address.rewriteUrl(key), key, asked),
    askObject: async (key, asked) => sendAbout(address.objectUrl(key), key, asked),
    askBytes: async (key, asked) => sendAbout(address.mediaUrl(key), key, asked),
  };
}

async function lookForBucket(askBucket: GcsClient['askBucket'], key: string, operation: GcsOperation): Promise<void> {
  const { action } = operation;
  const listing = { action, permission: 'storage.objects.list', method: 'GET', maxAnswerBytes: 65_536 } as const;
  const query = { maxResults: '1', fields: 'kind' };
  const { status } = await askBucket(key, { ...listing, query, outcomes: [200, 404] });
  if (status === 404) throw missingBucket(operation);
}

async function openSender(options: GcsBucketOptions, address: GcsAddress): Promise<Opened> {
  const proxy = options.proxy ?? {};
  const sender = senderOf(options, await openAgents(address.origin, proxy));
  if (options.credentials !== undefined) return { sender, credentials: options.credentials };
  if (!address.isTrusted) return { sender, credentials: null };
  const universeDomain = options.universeDomain ?? null;
  return { sender, credentials: await findGcsCredentials({ proxy, universeDomain, timeoutMs: sender.idleMs }) };
}

async function signIn(
  credentials: GcsCredentials | null,
  shown: string,
  options: { readonly forceRefresh?: boolean } = {},
): Promise<Readonly<Record<string, string>>> {
  if (credentials === null) return {};
  try {
    return await credentials.headers(options);
  } catch (cause) {
    throw noCredentials(shown, cause);
  }
}
