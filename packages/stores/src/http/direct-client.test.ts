import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
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

test.each(['200 OK', '206 Partial Content'])('a body of %s comes into that memory', async (status) => {
  const place = await serve((socket) => socket.write(answerOf('abc', status)));
  const into = new Uint8Array(3);
  const answer = await openDirectClient().ask(questionTo(place), { ...bounds, into });
  expect(answer?.kind === 'answer' && answer.bytes).toBe(into);
  expect(Buffer.from(into).toString()).toBe('abc');
});

test.each([
  ['a body as large as is taken', answerOf(bodyOf(1, 1_000_000)), bounds, 1_000_000],
  ['a head of nearly 16 KiB', answerOf('abc', '200 OK', `X: ${'a'.repeat(16_000)}\r\n`), bounds, 3],
  [
    'chunks of a document that may have 64 KiB',
    Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'),
    { ...bounds, maxAnswerBytes: 65_536 },
    1,
  ],
])('is read: %s', async (_what, bytes, bound, sizeBytes) => {
  const place = await serve((socket) => socket.write(bytes));
  const answer = await openDirectClient().ask(questionTo(place), bound);
  expect(answer?.kind === 'answer' && answer.bytes.length).toBe(sizeBytes);
});

test.each([['idleMs'], ['totalMs']])('%s of one answer says nothing of the connection after it', async (bound) => {
  const place = await serve((socket) => socket.write(answerOf('abc')));
  const client = openDirectClient();
  for (const _time of [1, 2]) {
    expect(await client.ask(questionTo(place), { ...bounds, [bound]: 400 })).toMatchObject({ kind: 'answer' });
    await new Promise((go) => setTimeout(go, 600));
  }
  expect(place.sockets).toHaveLength(1);
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
  ['a large answer in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'],
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

test('is left to the usual client only after unusual answers that follow each other', async () => {
  const place = await serve((socket, number) =>
    socket.write(number % 3 === 0 ? answerOf('abc') : '\u0000\u0001\u0002\r\n\r\n'),
  );
  const client = openDirectClient();
  const kinds: (string | undefined)[] = [];
  for (const _time of [1, 2, 3, 4, 5, 6]) kinds.push((await client.ask(questionTo(place), bounds))?.kind);
  expect(kinds).toEqual([undefined, undefined, 'answer', undefined, undefined, 'answer']);
  expect(place.heads).toHaveLength(6);
});

test.each(['HEAD', 'DELETE', 'PUT'])('is left to the usual client: %s without a body', async (method) => {
  const place = await serve((socket) => socket.write(answerOf('')));
  expect(await openDirectClient().ask({ ...questionTo(place), method }, bounds)).toBeNull();
  expect(place.heads).toHaveLength(0);
});

test.each(['GET', 'POST'])('is left to the usual client: %s with a body', async (method) => {
  const place = await serve((socket) => socket.write(answerOf('')));
  const question = { ...questionTo(place), method, body: [Uint8Array.of(1)] };
  expect(await openDirectClient().ask(question, bounds)).toBeNull();
  expect(place.heads).toHaveLength(0);
});

describe('PUT', () => {
  interface Received {
    readonly head: string;
    readonly body: Buffer;
  }

  /** A server that is told of each request when all of it has come, and of its head before. */
  async function receive(
    whole: (socket: Socket, number: number) => void,
    early: (socket: Socket) => void = () => {},
  ): Promise<{ readonly url: URL; readonly received: readonly Received[]; readonly sockets: readonly Socket[] }> {
    const received: Received[] = [];
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      let bytes = Buffer.alloc(0);
      socket.on('error', () => {});
      socket.on('data', (more: Buffer) => {
        const isBegun = bytes.includes('\r\n\r\n');
        bytes = Buffer.concat([bytes, more]);
        const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n') + 4).toString('latin1');
        if (!isBegun && head !== '') early(socket);
        const body = bytes.subarray(head.length);
        if (head === '' || body.length < Number(/content-length: (\d+)/.exec(head)?.[1])) return;
        received.push({ head, body });
        bytes = Buffer.alloc(0);
        whole(socket, received.length);
      });
    });
    servers.push({ server, sockets });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { readonly port: number };
    return { url: new URL(`http://127.0.0.1:${port}/a?b`), received, sockets };
  }

  const put = (url: URL, body: readonly Uint8Array[]) => ({
    method: 'PUT',
    url,
    headers: { 'if-none-match': '*' },
    body,
  });

  test('sends its pieces from where they lie, one request after the other over one connection', async () => {
    const place = await receive((socket, number) => socket.write(answerOf(`${number}`, '200 OK', 'ETag: "a"\r\n')));
    const client = openDirectClient();
    const memory = new Uint8Array(new SharedArrayBuffer(3_000_000)).fill(7);
    for (const number of [1, 2]) {
      const answer = await client.ask(put(place.url, [memory.subarray(0, 10), memory.subarray(10)]), bounds);
      expect(answer).toMatchObject({ kind: 'answer', status: 200, headers: { etag: '"a"' } });
      expect(answer?.kind === 'answer' && Buffer.from(answer.bytes).toString()).toBe(`${number}`);
    }
    expect(place.sockets).toHaveLength(1);
    const head = `PUT /a?b HTTP/1.1\r\nhost: ${place.url.host}\r\nconnection: keep-alive\r\nif-none-match: *\r\ncontent-length: 3000000\r\n\r\n`;
    expect(place.received.map((each) => each.head)).toEqual([head, head]);
    expect(place.received.every(({ body }) => body.equals(memory))).toBe(true);
  });

  test('an empty body', async () => {
    const place = await receive((socket) => socket.write(answerOf('', '200 OK')));
    const client = openDirectClient();
    for (const _time of [1, 2])
      expect(await client.ask(put(place.url, [new Uint8Array(0)]), bounds)).toMatchObject({ status: 200 });
    expect(place.received.map(({ body }) => body.length)).toEqual([0, 0]);
    expect(place.sockets).toHaveLength(1);
  });

  test('a refusal that comes before all was sent is the answer, and no more is sent', async () => {
    const place = await receive(
      () => {},
      (socket) => {
        socket.pause();
        socket.write(answerOf('<Code>AccessDenied</Code>', '403 Forbidden'));
      },
    );
    const client = openDirectClient();
    for (const _time of [1, 2]) {
      const answer = await client.ask(put(place.url, [Buffer.alloc(50_000_000)]), bounds);
      expect(answer).toMatchObject({ kind: 'answer', status: 403 });
    }
    // A connection with half a request on it is not used again.
    expect(place.sockets).toHaveLength(2);
    for (const socket of place.sockets) socket.resume();
    await expect.poll(() => place.sockets.every(({ closed }) => closed)).toBe(true);
    expect(place.received).toHaveLength(0);
  });

  const chunked = (text: string) => Buffer.from(`HTTP/1.1 412 No\r\nTransfer-Encoding: chunked\r\n\r\n${text}`);
  const small = { ...bounds, maxAnswerBytes: 20_000 };

  test('a short answer may come in chunks, byte by byte', async () => {
    const drip = async (socket: Socket) => {
      for (const byte of chunked('2\r\n<C\r\n3\r\node\r\n0\r\n\r\n')) {
        socket.write(Uint8Array.of(byte));
        await new Promise((go) => setImmediate(go));
      }
    };
    const place = await receive((socket) => void drip(socket));
    const client = openDirectClient();
    for (const _time of [1, 2]) {
      const answer = await client.ask(put(place.url, [Uint8Array.of(1)]), small);
      expect(answer).toMatchObject({ kind: 'answer', status: 412 });
      expect(answer?.kind === 'answer' && Buffer.from(answer.bytes).toString()).toBe('<Code');
    }
    expect(place.sockets).toHaveLength(1);
  });

  test.each([
    ['the answer broke off', (socket: Socket) => socket.end(chunked('2\r\n<C\r\n'))],
    ['more bytes than were announced', (socket: Socket) => socket.write(chunked('1\r\na\r\n0\r\n\r\nHTTP/1.1'))],
    [
      'an answer of more than 20000 bytes',
      (socket: Socket) => socket.write(chunked(`4e21\r\n${'a'.repeat(20_001)}\r\n0\r\n\r\n`)),
    ],
    [
      'an answer of more than 20000 bytes',
      (socket: Socket) => socket.write(chunked(`fffffff\r\n${'a'.repeat(200_000)}`)),
    ],
  ])('is broken in chunks: %s', async (reason, answer) => {
    const place = await receive(answer);
    const question = put(place.url, [Uint8Array.of(1)]);
    expect(await openDirectClient().ask(question, small)).toEqual({ kind: 'broken', reason });
  });

  test('an answer that it cannot read is none, and whoever tries again asks the usual client', async () => {
    const place = await receive((socket) =>
      socket.write('HTTP/1.1 412 No\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\na\r\n0\r\n\r\n'),
    );
    const client = openDirectClient();
    const question = put(place.url, [Uint8Array.of(1)]);
    expect(await client.ask(question, small)).toEqual({ kind: 'broken', reason: 'an unusual answer' });
    expect(await client.ask(question, small)).toBeNull();
    expect(place.received).toHaveLength(1);
  });

  test.each([
    ['ECONNRESET', {}, (socket: Socket) => socket.resetAndDestroy()],
    ['nothing moved for 0.1 s', { idleMs: 100 }, (socket: Socket) => socket.pause()],
    ['not done after 0.1 s', { totalMs: 100 }, (socket: Socket) => socket.pause()],
  ])('is broken while it is sent: %s', async (reason, bound, early) => {
    const place = await receive(() => {}, early);
    const answer = await openDirectClient().ask(put(place.url, [Buffer.alloc(50_000_000)]), { ...bounds, ...bound });
    // A system may tell a reset by the write or by the read.
    expect(answer).toEqual({
      kind: 'broken',
      reason: expect.stringMatching(reason === 'ECONNRESET' ? /ECONNRESET|EPIPE/ : reason),
    });
  });
});

test.each([
  ['the answer broke off', (socket: Socket) => socket.end(answerOf(bodyOf(1, 1000)).subarray(0, 500))],
  ['the answer broke off', (socket: Socket) => socket.end('HTTP/1.1 200')],
  ['the answer broke off', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n')],
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
