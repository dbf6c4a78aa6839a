import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type DirectConnection, openDirectConnection } from './direct-connection.js';
import type { ExchangeBounds, Exchanged, Question } from './exchanged.js';

/** A server that answers so often, one after the other, what only the usual client reads, is left to that one. */
const maxUnusual = 3;

/** Asks one server, from the memory of whoever asks and into it. */
export interface DirectClient {
  /** Null: the usual client is to be asked, from the beginning; nothing that changes anything has been sent then. */
  ask(question: Question, bounds: ExchangeBounds): Promise<Exchanged | null>;
}

/**
 * A client for GET without a body and PUT with one, over connections of its own, which are kept. Node's own client
 * allocates and hands on 64 KiB at a time, which costs as much processor as all the rest of a large answer, and for a
 * small request does several times the work; this one knows only answers that say how long they are, or are short and in chunks,
 * and leaves every other to it. A PUT whose answer it could not read may have been carried out: it is `broken`, so that whoever tries again
 * knows that, and from then on the usual client is asked.
 */
export function openDirectClient(): DirectClient {
  const kept = new Map<string, DirectConnection[]>();
  let unusual = 0;
  let putsUsually = false;

  /** The connection used last is the one least likely to have been closed meanwhile. */
  function connectionTo(url: URL, idle: DirectConnection[]): DirectConnection {
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (last.isUsable()) return last;
      last.close();
    }
    return openDirectConnection(url);
  }

  return {
    async ask(question, bounds) {
      const { method, url, body } = question;
      const isKnown = body.length > 0 ? method === 'PUT' && !putsUsually : method === 'GET';
      if (unusual >= maxUnusual || !isKnown) return null;
      const head = formatRequestHead(question);
      const idle = kept.get(url.origin) ?? [];
      kept.set(url.origin, idle);
      const connection = connectionTo(url, idle);
      const exchanged = await connection.ask([head, ...body], bounds);
      if (connection.isUsable()) idle.push(connection);
      else connection.close();
      unusual = exchanged.kind === 'unusual' ? unusual + 1 : 0;
      if (exchanged.kind !== 'unusual') return exchanged;
      if (method === 'GET') return null;
      putsUsually = true;
      return { kind: 'broken', reason: 'an unusual answer' };
    },
  };
}

/** @throws TypeError for what is no name or no value of a field, as Node's own client does */
function formatRequestHead({ method, url, headers, body }: Question): Buffer {
  let head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n`;
  if (headers['host'] === undefined) head += `host: ${url.host}\r\n`;
  if (headers['connection'] === undefined) head += 'connection: keep-alive\r\n';
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    head += `${name}: ${value}\r\n`;
  }
  if (body.length > 0) head += `content-length: ${body.reduce((sum, piece) => sum + piece.length, 0)}\r\n`;
  return Buffer.from(`${head}\r\n`, 'latin1');
}
