import { expect, test } from 'vitest';
import { endOfHead, parseAnswerHead } from './answer-head.js';

const head = (...lines: readonly string[]) => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');

test('a head tells status, fields, how much follows and how long the connection is kept', () => {
  const bytes = head(
    'HTTP/1.1 206 Partial Content',
    'Content-Length: 12',
    'ETag:\t"abc" ',
    'X-Empty:',
    'X-Twice: a',
    'x-twice: b',
    'Connection: keep-alive',
    'Keep-Alive: timeout=5, max=100',
  );
  expect(endOfHead(Buffer.concat([bytes, Buffer.from('\r\n\r\n')]))).toBe(bytes.length);
  expect(endOfHead(bytes.subarray(0, -1))).toBeNull();
  expect(parseAnswerHead(bytes)).toEqual({
    status: 206,
    lengthBytes: 12,
    keptMs: 4000,
    headers: {
      'content-length': '12',
      etag: '"abc"',
      'x-empty': '',
      'x-twice': 'a, b',
      connection: 'keep-alive',
      'keep-alive': 'timeout=5, max=100',
    },
  });
});

test('chunks say how long they are by themselves', () =>
  expect(parseAnswerHead(head('HTTP/1.1 200 OK', 'Transfer-Encoding: Chunked'))).toMatchObject({
    status: 200,
    lengthBytes: null,
  }));

test.each([
  [['Connection: close'], 0],
  [['Connection: upgrade,Close'], 0],
  [['Keep-Alive: timeout=1'], 0],
  [['Keep-Alive: max=3'], null],
  [[], null],
])('%j: kept for %s ms', (lines, keptMs) => {
  expect(parseAnswerHead(head('HTTP/1.1 200 OK', 'Content-Length: 0', ...lines))?.keptMs).toBe(keptMs);
});

test('a field named like a property of every object is a field', () => {
  const bytes = head('HTTP/1.1 200 OK', 'Content-Length: 1', 'constructor: a', 'toString: b');
  expect(parseAnswerHead(bytes)?.headers).toMatchObject({ constructor: 'a', tostring: 'b' });
});

const sized = 'Content-Length: 1';

test.each([
  ['an interim answer', ['HTTP/1.1 100 Continue', sized]],
  ['HTTP/1.0', ['HTTP/1.0 200 OK', sized]],
  ['HTTP/2', ['HTTP/2 200', sized]],
  ['no space behind the status', ['HTTP/1.1 200', sized]],
  ['a status of two digits', ['HTTP/1.1 20 OK', sized]],
  ['two spaces', ['HTTP/1.1  200 OK', sized]],
  ['something before', [' HTTP/1.1 200 OK', sized]],
  ['no length', ['HTTP/1.1 200 OK', 'ETag: a']],
  ['another encoding', ['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip, chunked']],
  ['chunks and a length', ['HTTP/1.1 200 OK', sized, 'Transfer-Encoding: chunked']],
  ['two lengths', ['HTTP/1.1 200 OK', sized, 'Content-Length: 2']],
  ['the same length twice', ['HTTP/1.1 200 OK', sized, sized]],
  ['a list of lengths', ['HTTP/1.1 200 OK', 'Content-Length: 1, 1']],
  ['a signed length', ['HTTP/1.1 200 OK', 'Content-Length: +1']],
  ['a hexadecimal length', ['HTTP/1.1 200 OK', 'Content-Length: 0x1']],
  ['an empty length', ['HTTP/1.1 200 OK', 'Content-Length:']],
  ['a length beyond all bounds', ['HTTP/1.1 200 OK', `Content-Length: ${'9'.repeat(16)}`]],
  ['a space before the colon', ['HTTP/1.1 200 OK', 'Content-Length : 1']],
  ['a folded line', ['HTTP/1.1 200 OK', sized, 'ETag: a', ' b']],
  ['a name of nothing', ['HTTP/1.1 200 OK', sized, ': a']],
  ['no colon', ['HTTP/1.1 200 OK', sized, 'ETag']],
  ['a bare line feed', ['HTTP/1.1 200 OK', sized, 'ETag: a\nX: b']],
  ['a bare carriage return', ['HTTP/1.1 200 OK', sized, 'ETag: a\rX: b']],
  ['a zero byte', ['HTTP/1.1 200 OK', sized, 'ETag: \0']],
  ['an empty line in front', ['', 'HTTP/1.1 200 OK', sized]],
  ['no content', ['HTTP/1.1 204 No Content', sized]],
  ['not modified', ['HTTP/1.1 304 Not Modified', sized]],
])('is left to the usual client: %s', (_what, lines) => {
  expect(parseAnswerHead(head(...lines))).toBeNull();
});
