import { createHash } from 'node:crypto';
import { weighbridgeError } from '@weighbridge/core';
import type { Agents } from '../http/agents.js';
import { type Environment, keysInEnvironment, type S3Credentials, type S3CredentialSource } from './s3-credentials.js';
import { noCredentials } from './s3-refusal.js';
import { openRequestSigner } from './sign-request.js';

/** What signs requests. */
export interface S3Session {
  readonly region: string;
  /** The headers of the request, with those that sign it. @throws store/denied without credentials */
  sign(request: Unsigned, body: SignedBody): Promise<Readonly<Record<string, string>>>;
  /** An address that needs no credentials. @throws store/denied without credentials */
  presign(url: URL, expiresInSeconds: number): Promise<string>;
  /** Takes over the time of the service; false when it said none that differs. */
  correctClock(date: string | undefined): boolean;
  /** Looks for new credentials. */
  refresh(): Promise<void>;
}

/** What a signature says of a body: its digest of 32 bytes, that there is none, or nothing. */
export type SignedBody = Uint8Array | 'empty' | 'unsigned';

/** A request before it is signed. */
export interface Unsigned {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whose credentials, and where. */
export interface S3SessionOptions {
  readonly address: string;
  readonly region: string | null;
  readonly fallbackRegion: string | null;
  readonly profile: string | null;
  /** Whether a reference named the bucket, and not the settings of the store. */
  readonly isForeign: boolean;
  /** Null: the chain of the SDK. */
  readonly credentials: S3CredentialSource | null;
  readonly environment: Environment;
  readonly agents: Agents;
  readonly now: () => Date;
}

const emptySha256 = createHash('sha256').digest('hex');
const unsignedBody = 'UNSIGNED-PAYLOAD';

/** Clocks this close are never what a service complains about. */
const minOffsetMs = 1000;

/**
 * Takes the keys of the environment, else loads the SDK's chain of credentials (profile and SSO, web identity, container,
 * instance), and its way of finding the region where none is given. Nothing of it is loaded before the first request, and
 * its signer before the first presigned address.
 * @throws store/misconfigured without a region
 */
export async function openS3Session(options: S3SessionOptions): Promise<S3Session> {
  const region = options.region ?? (await findRegion(options));
  const source = options.credentials ?? (await credentialChain(options));
  const find = async (forceRefresh: boolean): Promise<S3Credentials> => {
    try {
      return await source({ forceRefresh });
    } catch (cause) {
      throw noCredentials(options, cause);
    }
  };
  const signRequest = openRequestSigner();
  let offsetMs = 0;
  const signingDate = () => new Date(options.now().getTime() + offsetMs);
  return {
    region,
    async sign({ method, url, headers }, body) {
      const keys = await find(false);
      const hashed = { ...headers, host: url.host, 'x-amz-content-sha256': contentOf(body) };
      return signRequest({ method, url, headers: hashed }, { ...keys, region }, signingDate());
    },
    async presign(url, expiresInSeconds) {
      const signer = await openPresigner(region, () => find(false));
      // Nobody knows the bytes yet that an address will give.
      const headers = { host: url.host, 'x-amz-content-sha256': unsignedBody };
      const { query = {} } = await signer.presign(requestOf('GET', url, headers), {
        expiresIn: expiresInSeconds,
        signingDate: signingDate(),
      });
      const presigned = new URL(url);
      for (const [name, value] of Object.entries(query)) presigned.searchParams.set(name, String(value));
      return presigned.href;
    },
    correctClock(date) {
      const theirMs = Date.parse(date ?? '');
      const corrected = theirMs - options.now().getTime();
      if (Number.isNaN(corrected) || Math.abs(corrected - offsetMs) < minOffsetMs) return false;
      offsetMs = corrected;
      return true;
    },
    refresh: async () => {
      await find(true);
    },
  };
}

function contentOf(body: SignedBody): string {
  if (body === 'unsigned') return unsignedBody;
  return body === 'empty' ? emptySha256 : Buffer.from(body).toString('hex');
}

async function openPresigner(region: string, credentials: () => Promise<S3Credentials>) {
  const [{ SignatureV4 }, { Hash }] = await Promise.all([import('@smithy/signature-v4'), import('@smithy/core/serde')]);
  class Sha256 extends Hash {
    constructor(secret?: ConstructorParameters<typeof Hash>[1]) {
      super('sha256', secret);
    }
  }
  return new SignatureV4({ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false });
}

function requestOf(method: string, url: URL, headers: Record<string, string>) {
  const query = Object.fromEntries(url.searchParams);
  return { method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, query, headers };
}

async function findRegion({ address, profile, environment, fallbackRegion }: S3SessionOptions): Promise<string> {
  // Where the SDK looks first, too.
  const { AWS_REGION: named = '' } = environment;
  if (named !== '') return named;
  const { loadConfig, NODE_REGION_CONFIG_OPTIONS } = await import('@smithy/core/config');
  // The SDK's own default is an error, which could not say what to write where.
  const selectors = { ...NODE_REGION_CONFIG_OPTIONS, default: () => fallbackRegion ?? '' };
  const region = await loadConfig(selectors, profile === null ? {} : { profile })();
  if (region !== '') return region;
  throw weighbridgeError('store/misconfigured', {
    action: 'open',
    path: address,
    reason: 'nothing says in which region it is',
    remedy: 'Write store.region in weighbridge.yaml, or set AWS_REGION.',
  });
}

async function credentialChain({ profile, environment, agents }: S3SessionOptions): Promise<S3CredentialSource> {
  const keys = profile === null ? keysInEnvironment(environment) : null;
  if (keys !== null) return async () => keys;
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  // The requests that exchange a token for a role go through the same proxy.
  const requestHandler = { httpAgent: agents.http, httpsAgent: agents.https };
  return defaultProvider({ ...(profile === null ? {} : { profile }), clientConfig: { requestHandler } });
}
