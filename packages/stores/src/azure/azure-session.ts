import { weighbridgeError } from '@weighbridge/core';
import type { AzureCredentials } from './azure-credentials.js';
import { openTokenCache } from './entra/access-token.js';
import { isPrivate } from '../http/private-channel.js';
import { isTrusted } from './blob-hosts.js';
import { serviceVersion } from './shared-access.js';
import { signWithKey, type Unsigned } from './shared-key.js';

/** What says who asks. */
export interface AzureSession {
  readonly credentials: AzureCredentials;
  /** The address with the signature in it, where that is what says who asks; else as it is. */
  locate(url: URL): URL;
  /** The headers of the request with those that say who asks. @throws store/denied, store/unreachable without a token */
  sign(request: Unsigned): Promise<Readonly<Record<string, string>>>;
  /** The time of the service, as far as it is known. */
  now(): Date;
  /** Takes over the time of the service; false when it said none that differs. */
  correctClock(date: string | undefined): boolean;
  /** Forgets the token that these headers had, where there are any, so that the next request has a new one. */
  refresh(refused: Readonly<Record<string, string>>): void;
}

/** Whose credentials, and where. */
export interface AzureSessionOptions {
  readonly account: string;
  readonly shown: string;
  readonly blobEndpoint: URL;
  /** Whether a reference named the account, and not the settings of the store. */
  readonly isForeign: boolean;
  readonly now: () => Date;
}

/** The service takes a quarter of an hour; a clock this close is never what it complains about. */
const minOffsetMs = 60_000;

/** @throws store/misconfigured where what says who asks could be read on the way */
export function openAzureSession(credentials: AzureCredentials, options: AzureSessionOptions): AzureSession {
  const { account, blobEndpoint, now } = options;
  if (credentials.kind !== 'key' && !isPrivate(blobEndpoint)) throw readable(options);
  if (credentials.kind !== 'key' && !isTrusted(blobEndpoint)) throw foreign(options);
  const tokens = credentials.kind === 'token' ? openTokenCache(credentials.source, now) : null;
  let offsetMs = 0;
  const theirNow = () => new Date(now().getTime() + offsetMs);
  return {
    credentials,
    locate(url) {
      const located = new URL(url);
      if (credentials.kind !== 'sas') return located;
      for (const [name, value] of credentials.parameters) located.searchParams.append(name, value);
      return located;
    },
    async sign(request) {
      const dated = { ...request.headers, 'x-ms-version': serviceVersion, 'x-ms-date': theirNow().toUTCString() };
      if (tokens !== null) return { ...dated, authorization: `Bearer ${await tokens.current()}` };
      if (credentials.kind !== 'key') return dated;
      return {
        ...dated,
        authorization: signWithKey({ ...request, headers: dated }, { account, key: credentials.key }),
      };
    },
    now: theirNow,
    correctClock(date) {
      const theirMs = Date.parse(date ?? '');
      const corrected = theirMs - now().getTime();
      if (Number.isNaN(corrected) || Math.abs(corrected - offsetMs) < minOffsetMs) return false;
      offsetMs = corrected;
      return true;
    },
    refresh: ({ authorization = '' }) => tokens?.drop(authorization.replace(/^Bearer /, '')),
  };
}

function foreign({ shown, blobEndpoint: { hostname }, isForeign }: AzureSessionOptions): Error {
  return weighbridgeError('store/misconfigured', {
    action: 'open',
    path: shown,
    reason: `a token or a signature would be sent to ${hostname}, which is none of Azure's hosts`,
    remedy: `Correct ${endpointSetting(isForeign)}, or sign in with the key of the account, which is never sent.`,
  });
}

function readable({ shown, isForeign }: AzureSessionOptions): Error {
  return weighbridgeError('store/misconfigured', {
    action: 'open',
    path: shown,
    reason: 'a token or a signature would be sent without encryption',
    remedy: `Write an https address as ${endpointSetting(isForeign)}.`,
  });
}

/** Where somebody wrote the endpoint. */
function endpointSetting(isForeign: boolean): string {
  return isForeign ? 'BlobEndpoint in AZURE_STORAGE_CONNECTION_STRING' : 'store.endpoint in weighbridge.yaml';
}
