import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type DirectConnection, openDirectConnection } from './direct-connection.js';
import type { ExchangeBounds, Exchanged, Question } from './exchanged.js';

/** A server that answers so often, one after the other, what only the usual client reads, is left to that one. */
const maxUnusual = 3;

/** Reads large answers of one server straight into the memory of whoever asks. */
export interface DirectClient {
  /** Null: the usual client is to be asked, from the beginning. */
  ask(question: Question, bounds: ExchangeBounds): Promise<Exchanged | null>;
}

/**
 * A client for GET over connections of its own, which are kept. Node's own client allocates and hands on 64 KiB at a
 * time, which costs as much processor as all the rest of a transfer; this one knows only answers that say how long they
 * are, and leaves every other to it.
 */
export function openDirectClient(): DirectClient {
  const kept = new Map<string, DirectConnection[]>();
  let unusual = 0;

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
      if (unusual >= maxUnusual || question.method !== 'GET' || question.body.length > 0) return null;
      const { url } = question;
      const head = formatRequestHead(question);
      const idle = kept.get(url.origin) ?? [];
      kept.set(url.origin, idle);
      const connection = connectionTo(url, idle);
      const exchanged = await connection.ask(head, bounds);
      if (connection.isUsable()) idle.push(connection);
      else connection.close();
      unusual = exchanged.kind === 'unusual' ? unusual + 1 : 0;
      return exchanged.kind === 'unusual' ? null : exchanged;
    },
  };
}

/** @throws TypeError for what is no name or no value of a field, as Node's own client does */
function formatRequestHead({ method, url, headers }: Question): string {
  const fields = { host: url.host, connection: 'keep-alive', ...headers };
  const lines = Object.entries(fields).map(([name, value]) => {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return `${name}: ${value}\r\n`;
  });
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
