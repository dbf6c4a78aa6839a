import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openDirectClient } from '../../packages/stores/src/http/direct-client.js';
import { makeCertificate } from '../../packages/testkit/src/sigstore/certificate.js';

const body = Buffer.alloc(1_000_000, 'bytes of a model ');
const bounds = { idleMs: 5000, totalMs: 10_000, maxAnswerBytes: body.length };
let server: Server;
let asked = 0;

beforeAll(async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [from, to] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000)) as [Date, Date];
  const issuer = { name: 'localhost', key: privateKey, publicKey };
  const der = makeCertificate({ subject: 'localhost', issuer, publicKey, from, to });
  const cert = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
  server = createServer({ cert, key: privateKey.export({ format: 'pem', type: 'pkcs8' }) }, (_request, response) => {
    asked += 1;
    response.writeHead(206, { 'content-length': String(body.length) }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const question = () => ({
  method: 'GET',
  url: new URL(`https://localhost:${(server.address() as AddressInfo).port}/object`),
  headers: {},
  body: [],
});

test('a server whose certificate nobody vouches for is not asked', async () => {
  const answer = await openDirectClient().ask(question(), bounds);
  // It signs itself, and is one for signing code.
  expect(answer).toMatchObject({ kind: 'broken', reason: expect.stringMatching(/^(DEPTH_ZERO_\w+|INVALID_PURPOSE)$/) });
  expect(asked).toBe(0);
});

test('bodies come through TLS into the memory of who asks, over one connection', async () => {
  // What the environment allows to Node's own client holds here, too.
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  let connections = 0;
  server.on('secureConnection', () => connections++);
  const client = openDirectClient();
  for (const _time of [1, 2]) {
    const into = new Uint8Array(new SharedArrayBuffer(body.length));
    expect(await client.ask(question(), { ...bounds, into })).toMatchObject({ kind: 'answer', status: 206 });
    expect(Buffer.compare(into, body)).toBe(0);
  }
  expect(connections).toBe(1);
});
