import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Place } from '@weighbridge/stores';
import { freePort, type StartedServer, startServer } from './start-server.js';

/** Keys of the root user of every server that is started here. */
export const rootKeys = { accessKeyId: 'root-of-tests', secretAccessKey: 'a-secret-of-tests' };

/** A server that was started for a test. */
export interface S3Server {
  readonly endpoint: string;
  /** A new empty bucket. */
  makeBucket(): Promise<Required<Pick<S3Place, 'bucket' | 'endpoint' | 'region'>>>;
  stop(): Promise<void>;
}

/** A server whose disk a test can spoil. */
export interface S3ServerOnDisk extends S3Server {
  /** The file that holds the bytes of an object; what is kept about them lies beside. */
  pathOf(bucket: string, key: string): string;
}

/** versitygw on a folder of its own, with signatures, checksums and conditions checked. */
export async function startVersityGateway(): Promise<S3ServerOnDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'versitygw-'));
  for (const part of ['objects', 'versions']) mkdirSync(join(folder, part));
  const port = await freePort();
  const { accessKeyId, secretAccessKey } = rootKeys;
  const command = ['--access', accessKeyId, '--secret', secretAccessKey, '--port', `127.0.0.1:${port}`, '--quiet'];
  const storage = ['posix', '--versioning-dir', join(folder, 'versions'), join(folder, 'objects')];
  // A folder among the objects is a bucket.
  const make = async (name: string) => mkdirSync(join(folder, 'objects', name));
  const server = await startServer('versitygw', [...command, ...storage], { port, folder, ready: '/' });
  return { ...withBuckets(server, make), pathOf: (bucket, key) => join(folder, 'objects', bucket, ...key.split('/')) };
}

/** moto, which keeps everything in memory and believes every signature. */
export async function startMoto(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'moto-'));
  const port = await freePort();
  const make = async (name: string) => {
    const response = await fetch(`http://127.0.0.1:${port}/${name}`, { method: 'PUT' });
    if (response.status !== 200) throw new Error(`moto made no bucket: ${response.status}`);
  };
  const command = ['-H', '127.0.0.1', '-p', String(port)];
  return withBuckets(await startServer('moto_server', command, { port, folder, ready: '/moto-api/' }), make);
}

function withBuckets({ endpoint, stop }: StartedServer, make: (name: string) => Promise<void>): S3Server {
  let made = 0;
  const makeBucket = async () => {
    const bucket = `models-${++made}`;
    await make(bucket);
    return { bucket, endpoint, region: 'us-east-1' };
  };
  return { endpoint, makeBucket, stop };
}

/** An error as S3 writes it. */
export function errorDocument(status: number, code: string): { readonly status: number; readonly body: string } {
  return { status, body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>It says so.</Message></Error>` };
}
