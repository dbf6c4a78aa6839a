import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AzurePlace, openAzureBucket } from '@weighbridge/stores';
import { signWithKey } from '../../packages/stores/src/azure/shared-key.js';
import { freePort, type StartedServer, startServer } from './start-server.js';

/** The account of every Azurite that is started here. */
export const account = 'acmemodels';
/** Its key, as base64. */
export const accountKey = createHash('sha512').update('a-key-of-tests').digest('base64');
/** The environment of who has the key. */
export const keyEnvironment = { AZURE_STORAGE_KEY: accountKey };

/** An Azurite that was started for a test. */
export interface Azurite extends StartedServer {
  /** A new empty container, asked for at an address in front of the server where there is one. */
  makeContainer(at?: string): Promise<Required<Pick<AzurePlace, 'account' | 'container' | 'endpoint'>>>;
}

/** Azurite, which keeps everything in memory and checks keys, signatures, checksums and conditions. */
export async function startAzurite(
  more: readonly string[] = [],
  { scheme = 'http' }: { readonly scheme?: 'http' | 'https' } = {},
): Promise<Azurite> {
  const folder = mkdtempSync(join(tmpdir(), 'azurite-'));
  const port = await freePort();
  const quiet = ['--silent', '--inMemoryPersistence', '--disableTelemetry'];
  const command = [...quiet, '--blobHost', '127.0.0.1', '--blobPort', String(port), ...more];
  const env = { AZURITE_ACCOUNTS: `${account}:${accountKey}` };
  const { endpoint, stop } = await startServer('azurite-blob', command, { port, folder, ready: '/', env, scheme });
  let made = 0;
  return {
    endpoint,
    stop,
    async makeContainer(at = endpoint) {
      const container = `models-${++made}`;
      await makeContainer(new URL(`${at}/${account}/${container}?restype=container`));
      return { account, container, endpoint: `${at}/${account}` };
    },
  };
}

async function makeContainer(url: URL): Promise<void> {
  const headers = { 'x-ms-version': '2021-12-02', 'x-ms-date': new Date().toUTCString() };
  const key = Buffer.from(accountKey, 'base64');
  const authorization = signWithKey({ method: 'PUT', url, headers, bodyBytes: 0 }, { account, key });
  const response = await fetch(url, { method: 'PUT', headers: { ...headers, authorization } });
  if (response.status !== 201) throw new Error(`Azurite made no container: ${response.status}`);
}

/** A bucket of who has the key. */
export function openWithKey(place: AzurePlace) {
  return openAzureBucket({ ...place, environment: keyEnvironment });
}

/** An error as the Blob service writes it. */
export function errorDocument(status: number, code: string): { readonly status: number; readonly body: string } {
  const content = `<Error><Code>${code}</Code><Message>It says so.</Message></Error>`;
  return { status, body: `\uFEFF<?xml version="1.0" encoding="utf-8"?>${content}` };
}
