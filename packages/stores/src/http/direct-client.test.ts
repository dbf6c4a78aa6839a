import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openDirectClient } from './direct-client.js';
import type { ExchangeBounds } from './exchanged.js';

const bounds: ExchangeBounds = { idleMs: 2000, totalMs: 5000, maxAnswerBytes: 1_000_000 };

interface Place {
  readonly url: URL;
  readonly heads: readonly string[];
  readonly sockets: readonly Socket[];
}

const servers: { readonly server: Server; readonly sockets: readonly Socket[] }[] = [];

afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
});

/** A server that sends what it is told for each request, the number of which it gets. */
async function serve(answer: (socket: Socket, number: number) => void): Promise<Place> {
  const heads: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (!text.endsWith('\r\n\r\n')) return;
      heads.push(text);
      text = '';
      answer(socket, heads.length);
    });
  });
  servers.push({ server, sockets });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  return { url: new URL(`http://127.0.0.1:${port}/a%20b?c=d`), heads, sockets };
}

const answerOf = (body: Buffer | string, status = '206 Partial Content', more = '') =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n${more}\r\n`),
    Buffer.from(body as string),
  ]);
const questionTo = ({ url }: Place) => ({ method: 'GET', url, headers: { range: 'bytes=0-9' }, body: [] });
const bodyOf = (seed: number, sizeBytes: number) => Buffer.alloc(sizeBytes, `some bytes ${seed} `);

test('bodies come into the memory of who asks, one after the other over one connection', async () => {
  const place = await serve((socket, number) => socket.write(answerOf(bodyOf(number, 300_000))));
  const client = openDirectClient();
  for (const number of [1, 2, 3]) {
    const into = new Uint8Array(new SharedArrayBuffer(300_000));
    const answer = await client.ask(questionTo(place), { ...bounds, into });
    expect(answer).toMatchObject({ kind: 'answer', status: 206, headers: { 'content-length': '300000' } });
    expect(answer?.kind === 'answer' && answer.bytes.buffer === into.buffer).toBe(true);
    expect(Buffer.compare(into, bodyOf(number, 300_000))).toBe(0);
  }
  expect(place.sockets).toHaveLength(1);
  const host = place.url.host;
  expect(place.heads[0]).toBe(
    `GET /a%20b?c=d HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\nrange: bytes=0-9\r\n\r\n`,
  );
});

test('several at once have a connection each, which are used again', async () => {
  const place = await serve((socket) => socket.write(answerOf(bodyOf(1, 100_000))));
  const client = openDirectClient();
  for (const _round of [1, 2]) {
    const asking = Array.from({ length: 4 }, () =>
      client.ask(questionTo(place), { ...bounds, into: new Uint8Array(100_000) }),
    );
    for (const answer of await Promise.all(asking)) expect(answer?.kind).toBe('answer');
  }
  expect(place.sockets).toHaveLength(4);
});

test('an answer that comes byte by byte is the same', async () => {
  const body = Buffer.from('\r\n\r\nHTTP/1.1 200 OK\r\n\r\n');
  const drip = async (socket: Socket) => {
    for (const byte of answerOf(body)) {
      socket.write(Uint8Array.of(byte));
      await new Promise((go) => setImmediate(go));
    }
  };
  const place = await serve((socket) => void drip(socket));
  const answer = await openDirectClient().ask(questionTo(place), { ...bounds, into: new Uint8Array(body.length) });
  expect(answer?.kind === 'answer' && Buffer.compare(answer.bytes, body)).toBe(0);
});

test.each(['404 Not Found', '503 Slow Down', '301 Moved Permanently', '200 OK'])(
  'bytes that are not as many, or of a refusal, touch nothing: %s',
  async (status) => {
    const place = await serve((socket) => socket.write(answerOf('<Code>No</Code>', status)));
    const into = new Uint8Array(status === '200 OK' ? 14 : 15);
    const answer = await openDirectClient().ask(questionTo(place), { ...bounds, into });
    expect(answer).toMatchObject({ kind: 'answer', status: Number(status.slice(0, 3)) });
    expect(answer?.kind === 'answer' && Buffer.from(answer.bytes).toString()).toBe('<Code>No</Code>');
    expect(into.every((byte) => byte === 0)).toBe(true);
  },
);

test.each([
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'],
  ['a head without end', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(20_000)}`],
  ['another protocol', '\u0000\u0001\u0002\r\n\r\n'],
])('is left to the usual client: %s', async (_what, text) => {
  const place = await serve((socket) => socket.write(text));
  const client = openDirectClient();
  const question = questionTo(place);
  for (const _time of [1, 2, 3, 4]) expect(await client.ask(question, bounds)).toBeNull();
  // A server that does it always is not asked in vain for ever.
  expect(place.heads).toHaveLength(3);
  await expect.poll(() => place.sockets.every((socket) => socket.readableEnded || socket.destroyed)).toBe(true);
});

test('what is no GET is left to the usual client', async () => {
  const place = await serve((socket) => socket.write(answerOf('')));
  expect(await openDirectClient().ask({ ...questionTo(place), method: 'HEAD' }, bounds)).toBeNull();
  expect(await openDirectClient().ask({ ...questionTo(place), body: [Uint8Array.of(1)] }, bounds)).toBeNull();
  expect(place.heads).toHaveLength(0);
});

test.each([
  ['the answer broke off', (socket: Socket) => socket.end(answerOf(bodyOf(1, 1000)).subarray(0, 500))],
  ['the answer broke off', (socket: Socket) => socket.end('HTTP/1.1 200')],
  ['ECONNRESET', (socket: Socket) => socket.end()],
  ['ECONNRESET', (socket: Socket) => socket.resetAndDestroy()],
  ['more bytes than were announced', (socket: Socket) => socket.write(Buffer.concat([answerOf('abc'), answerOf('d')]))],
  ['an answer of more than 1000000 bytes', (socket: Socket) => socket.write(answerOf(bodyOf(1, 1_000_001)))],
])('is broken: %s', async (reason, answer) => {
  const place = await serve(answer);
  expect(await openDirectClient().ask(questionTo(place), bounds)).toEqual({ kind: 'broken', reason });
});

test('what stands still, or takes too long, is broken and reads nothing afterwards', async () => {
  let late = () => {};
  const place = await serve((socket) => {
    socket.write(answerOf(bodyOf(1, 1000)).subarray(0, 500));
    late = () => socket.write(bodyOf(1, 1000));
  });
  for (const bound of [{ idleMs: 100 }, { totalMs: 100 }]) {
    const into = new Uint8Array(1000);
    const answer = await openDirectClient().ask(questionTo(place), { ...bounds, into, ...bound });
    expect(answer).toMatchObject({ kind: 'broken', reason: expect.stringMatching(/0\.1 s$/) });
    into.fill(0);
    late();
    await new Promise((go) => setTimeout(go, 50));
    expect(into.every((byte) => byte === 0)).toBe(true);
  }
});

test.each([
  ['that is to be closed', (socket: Socket) => socket.write(answerOf('abc', '200 OK', 'Connection: close\r\n'))],
  [
    'that is kept for a moment only',
    (socket: Socket) => socket.write(answerOf('abc', '200 OK', 'Keep-Alive: timeout=1\r\n')),
  ],
  ['that the server closes', (socket: Socket) => socket.end(answerOf('abc'))],
  [
    'on which more came than was asked for',
    (socket: Socket) => {
      socket.write(answerOf('abc'));
      setTimeout(() => socket.write(answerOf('stray')), 10);
    },
  ],
])('a connection is not used again %s', async (_what, answer) => {
  const place = await serve(answer);
  const client = openDirectClient();
  for (const _time of [1, 2]) {
    const answered = await client.ask(questionTo(place), bounds);
    expect(answered?.kind === 'answer' && Buffer.from(answered.bytes).toString()).toBe('abc');
    await new Promise((go) => setTimeout(go, 50));
  }
  expect(place.sockets).toHaveLength(2);
});

test('a field that would begin another one is refused', async () => {
  const place = await serve((socket) => socket.write(answerOf('')));
  const question = { ...questionTo(place), headers: { range: 'a\r\nx: y' } };
  await expect(openDirectClient().ask(question, bounds)).rejects.toThrow(TypeError);
  expect(place.heads).toHaveLength(0);
});

test('nobody there is told by the name of the error', async () => {
  const place = await serve(() => {});
  for (const { server } of servers.splice(0)) server.close();
  expect(await openDirectClient().ask(questionTo(place), bounds)).toEqual({ kind: 'broken', reason: 'ECONNREFUSED' });
});
