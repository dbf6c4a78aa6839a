import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GcsCredentials } from '@weighbridge/stores';
import { freePort, startServer } from './start-server.js';

/** An emulator of Cloud Storage that was started for a test. */
export interface GcsServer {
  readonly endpoint: string;
  /** A new empty bucket. */
  makeBucket(): Promise<{ readonly bucket: string; readonly endpoint: string }>;
  stop(): Promise<void>;
}

/**
 * fake-gcs-server, which keeps everything in memory, checks checksums and the conditions of writes, and lets everybody
 * in. It knows no condition of a removal: startGenerationGuard does.
 */
export async function startFakeGcs(): Promise<GcsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'fake-gcs-'));
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const command = ['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-backend', 'memory'];
  const names = ['-public-host', host, '-external-url', `http://${host}`];
  const { endpoint, stop } = await startServer('fake-gcs-server', [...command, ...names], {
    port,
    folder,
    ready: '/_internal/healthcheck',
  });
  let made = 0;
  const makeBucket = async () => {
    const bucket = `models-${++made}`;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ name: bucket });
    const response = await fetch(`${endpoint}/storage/v1/b`, { method: 'POST', headers, body });
    if (response.status !== 200) throw new Error(`fake-gcs-server made no bucket: ${response.status}`);
    return { bucket, endpoint };
  };
  return { endpoint, makeBucket, stop };
}

/**
 * What fake-gcs-server leaves out, before it: a removal under `ifGenerationMatch` of another generation is refused
 * (https://cloud.google.com/storage/docs/request-preconditions). Everything else goes through, under the name that the server knows itself by.
 */
export async function startGenerationGuard(endpoint: string): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const guard = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', endpoint);
      const wanted = request.method === 'DELETE' ? url.searchParams.get('ifGenerationMatch') : null;
      const current = wanted === null ? null : await generationAt(new URL(url.pathname, endpoint));
      if (current !== wanted && current !== 'missing') {
        const { status, body } = errorDocument(412, 'conditionNotMet');
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
        return;
      }
      const passed = forward(
        url,
        { method: request.method, headers: { ...request.headers, host: url.host } },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      request.pipe(passed);
    })();
  });
  guard.listen(0, '127.0.0.1');
  await once(guard, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(guard.address() as AddressInfo).port}`,
    async stop() {
      guard.close();
      guard.closeAllConnections();
    },
  };
}

async function generationAt(url: URL): Promise<string> {
  const response = await fetch(url);
  if (response.status === 404) return 'missing';
  return ((await response.json()) as { readonly generation: string }).generation;
}

/** A service account with a key of its own. */
export function makeServiceAccount(email = 'ci@tests.iam.gserviceaccount.com'): GcsCredentials {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    headers: async () => ({ authorization: 'Bearer token-of-tests' }),
    signer: async () => ({ email, sign: async (text) => sign('RSA-SHA256', Buffer.from(text), privateKey) }),
  };
}

/** An error as the JSON API writes it (https://cloud.google.com/storage/docs/json_api/v1/status-codes). */
export function errorDocument(status: number, reason: string): { readonly status: number; readonly body: string } {
  const message = 'It says so.';
  const errors = [{ domain: 'global', reason, message }];
  return { status, body: JSON.stringify({ error: { code: status, message, errors } }) };
}
