import { goesDirectly, openAgents, type ProxySetting } from '../http/agents.js';
import { senderOf, type SenderOptions } from '../http/ask.js';
import { isPrivate } from '../http/private-channel.js';
import { s3Address, type S3Address, type S3Place } from './s3-address.js';
import type { Environment, S3CredentialSource } from './s3-credentials.js';
import { regionNamed } from './s3-refusal.js';
import { askS3, type S3Answer, type S3Request, type S3Sender } from './s3-requests.js';
import { openS3Session, type S3Session } from './s3-session.js';

/** Where servers are asked that have no regions; of AWS, any region gives the shape of an address. */
const usualRegion = 'us-east-1';

/** A bucket of S3 or of a server that speaks its language, and how it is asked. */
export interface S3BucketOptions extends S3Place, SenderOptions {
  /** Profile of the AWS configuration. Default: AWS_PROFILE, then the default one. */
  readonly profile?: string;
  /**
   * False for servers that know no `If-None-Match` and `If-Match`: then a look comes before each write, and two
   * processes that write the same key at once can overwrite each other. Default: true.
   */
  readonly conditionalWrites?: boolean;
  /**
   * Whether a reference named the bucket: then it is asked in the region where the service says that it is, and messages
   * send nobody to the settings of the store. Default: false.
   */
  readonly isForeign?: boolean;
  readonly proxy?: ProxySetting;
  /** Whose keys and region are taken where nothing else is given. Default: the SDK looks, in that of the process. */
  readonly environment?: Environment;
  /** Default: the chain of the AWS SDK, which asks environment, profile, web identity, container and instance. */
  readonly credentials?: S3CredentialSource;
  readonly now?: () => Date;
}

/** A request without what the client knows: where, and how messages call it. */
export type S3Asked = Omit<S3Request, 'operation' | 'url'> & {
  readonly action: string;
  readonly permission: string;
  readonly query?: Readonly<Record<string, string>>;
};

/** What asks one bucket. Nothing is loaded before it is first asked. */
export interface S3Client {
  readonly address: S3Address;
  readonly session: () => Promise<S3Session>;
  /** @throws as askS3 */
  readonly askObject: (key: string, asked: S3Asked) => Promise<S3Answer>;
  /** `prefix` is what messages show. @throws as askS3 */
  readonly askBucket: (
    prefix: string,
    asked: S3Asked & { readonly query: Readonly<Record<string, string>> },
  ) => Promise<S3Answer>;
  /** Whether any answer has shown that the bucket is there: a HEAD cannot tell a missing bucket from a missing object. */
  readonly bucketSeen: () => boolean;
  /** Whether nobody on the way to the service could change what is sent. */
  readonly isPrivate: boolean;
}

/** @throws store/misconfigured for an endpoint that is no address */
export function openS3Client(options: S3BucketOptions): S3Client {
  const { bucket, isForeign = false } = options;
  const address = s3Address(options);
  let region = options.region ?? null;
  let opening: Promise<S3Sender> | null = null;
  let bucketSeen = false;

  /** What failed is tried again by the next call: credentials can come. */
  async function open(): Promise<S3Sender> {
    try {
      return await (opening ??= openSender({ ...options, ...(region === null ? {} : { region }) }, address));
    } catch (cause) {
      opening = null;
      throw cause;
    }
  }

  /** A bucket of somebody else that is in another region is asked there, once. */
  async function asking(requestOf: (sender: S3Sender) => S3Request): Promise<S3Answer> {
    const sender = await open();
    const named: string[] = [];
    try {
      return await askS3(sender, requestOf(sender), (refusal) => named.push(...regionNamed(refusal)));
    } catch (cause) {
      const [other] = named;
      if (!isForeign || other === undefined || other === sender.session.region) throw cause;
      // Somebody else may have found it out meanwhile.
      if (region !== other) {
        region = other;
        opening = null;
      }
    }
    const there = await open();
    return askS3(there, requestOf(there));
  }

  async function seen(requestOf: (sender: S3Sender) => S3Request): Promise<S3Answer> {
    const answer = await asking(requestOf);
    bucketSeen ||= answer.status < 300;
    return answer;
  }

  return {
    address,
    session: async () => (await open()).session,
    async askObject(key, asked) {
      const { action, permission, query } = asked;
      const resource = `${bucket}/${address.prefix}*`;
      const operation = { action, permission, path: `${address.shown}/${key}`, bucket, resource, isForeign };
      return seen(({ session }) => {
        const url = address.objectUrl(session.region, key);
        if (query !== undefined) addQuery(url, query);
        return { ...asked, operation, url };
      });
    },
    async askBucket(prefix, asked) {
      const { action, permission, query } = asked;
      const path = `${address.shown}/${prefix}`;
      const operation = { action, permission, path, bucket, resource: bucket, isForeign };
      return seen(({ session }) => {
        const url = address.bucketUrl(session.region);
        addQuery(url, query);
        return { ...asked, operation, url };
      });
    },
    bucketSeen: () => bucketSeen,
    isPrivate: isPrivateWay(address.bucketUrl(options.region ?? usualRegion), options.proxy ?? {}),
  };
}

function addQuery(url: URL, query: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
}

/** A proxy of plain http sees and can change what goes through it; one of https cannot. */
function isPrivateWay(url: URL, { http, none = '' }: ProxySetting): boolean {
  return isPrivate(url) && (url.protocol === 'https:' || http === undefined || goesDirectly(url, none));
}

async function openSender(options: S3BucketOptions, address: S3Address): Promise<S3Sender> {
  const { isForeign = false } = options;
  const agents = await openAgents(address.bucketUrl(options.region ?? usualRegion), options.proxy ?? {});
  const session = await openS3Session({
    address: address.shown,
    region: options.region ?? null,
    // Where a bucket of somebody else is, the service says wherever it is asked.
    fallbackRegion: options.endpoint === undefined && !isForeign ? null : usualRegion,
    isForeign,
    profile: options.profile ?? null,
    credentials: options.credentials ?? null,
    environment: options.environment ?? {},
    agents,
    now: options.now ?? (() => new Date()),
  });
  return { ...senderOf(options, agents), session };
}
