import { isIP, connect as connectPlain, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { type AnswerHead, endOfHead, parseAnswerHead } from './answer-head.js';
import { type ExchangeBounds, type Exchanged, reasonOf, seconds } from './exchanged.js';

/** As much as Node's own client takes. */
const maxHeadBytes = 16 * 1024;

/** An answer, the reason why there is none, or that it is one which only the usual client can read. */
export type DirectlyExchanged = Exchanged | { readonly kind: 'unusual' };

/** One connection to a server, for one request at a time. */
export interface DirectConnection {
  /** Sends the head of a request without a body and reads its answer. The connection must be usable. */
  ask(head: string, bounds: ExchangeBounds): Promise<DirectlyExchanged>;
  /** Whether another request may be sent over it. */
  isUsable(): boolean;
  close(): void;
}

/** An exchange that goes on. */
interface Exchanging {
  readonly bounds: ExchangeBounds;
  readonly settle: (exchanged: DirectlyExchanged) => void;
  head: AnswerHead | null;
  /** Where the bytes go that come next, and how many have. */
  target: Buffer | Uint8Array;
  filled: number;
}

/**
 * Connects to a server. Bytes go from the system to where they are wanted: the socket reads into the memory that the
 * state of the exchange names, which is that of the head until the head is whole, then exactly the room that the body
 * has left. More than was announced is never read as anything: it ends the connection.
 */
export function openDirectConnection(url: URL): DirectConnection {
  const headRoom = Buffer.allocUnsafeSlow(maxHeadBytes);
  let exchanging: Exchanging | null = null;
  let usableUntilMs = Number.POSITIVE_INFINITY;

  const room = () => (exchanging === null ? headRoom : exchanging.target.subarray(exchanging.filled));
  const socket = connect(url, { buffer: room, callback: (lengthBytes) => take(lengthBytes) });
  socket.on('timeout', () => broken(`nothing moved for ${seconds(exchanging?.bounds.idleMs ?? 0)}`));
  socket.on('error', (cause) => broken(brokenOff() ?? reasonOf(cause)));
  socket.on('end', () => broken(brokenOff() ?? 'ECONNRESET'));
  socket.on('close', () => broken(brokenOff() ?? 'ECONNRESET'));

  function brokenOff(): string | null {
    return exchanging !== null && (exchanging.head !== null || exchanging.filled > 0) ? 'the answer broke off' : null;
  }

  function broken(reason: string): void {
    end({ kind: 'broken', reason });
  }

  /** Nothing is read any more from here on, so that nothing touches memory that belongs to somebody else by then. */
  function end(exchanged: DirectlyExchanged): void {
    usableUntilMs = 0;
    socket.destroy();
    exchanging?.settle(exchanged);
  }

  function take(lengthBytes: number): boolean {
    if (exchanging === null) {
      end({ kind: 'broken', reason: 'bytes that nobody asked for' });
      return false;
    }
    exchanging.filled += lengthBytes;
    if (exchanging.head === null) takeHead(exchanging);
    else finishIfWhole(exchanging, exchanging.head);
    return usableUntilMs > 0;
  }

  function takeHead(now: Exchanging): void {
    const headBytes = endOfHead(headRoom.subarray(0, now.filled));
    if (headBytes === null) {
      if (now.filled === maxHeadBytes) end({ kind: 'unusual' });
      return;
    }
    const head = parseAnswerHead(headRoom.subarray(0, headBytes));
    if (head === null) return end({ kind: 'unusual' });
    begin(now, head, headRoom.subarray(headBytes, now.filled));
  }

  function begin(now: Exchanging, head: AnswerHead, early: Buffer): void {
    const { maxAnswerBytes: maxBytes, into } = now.bounds;
    if (head.lengthBytes > maxBytes) return broken(`an answer of more than ${maxBytes} bytes`);
    if (early.length > head.lengthBytes) return broken('more bytes than were announced');
    const isGood = head.status === 200 || head.status === 206;
    now.head = head;
    now.target = isGood && into?.length === head.lengthBytes ? into : Buffer.allocUnsafeSlow(head.lengthBytes);
    now.target.set(early);
    now.filled = early.length;
    finishIfWhole(now, head);
  }

  function finishIfWhole(now: Exchanging, { status, headers, lengthBytes, keptMs }: AnswerHead): void {
    if (now.filled < lengthBytes) return;
    if (keptMs !== null) usableUntilMs = performance.now() + keptMs;
    now.settle({ kind: 'answer', status, headers, bytes: now.target });
  }

  return {
    close: () => socket.destroy(),
    isUsable: () => exchanging === null && !socket.destroyed && performance.now() < usableUntilMs,
    ask: (head, bounds) =>
      new Promise((resolve) => {
        const deadline = setTimeout(() => broken(`not done after ${seconds(bounds.totalMs)}`), bounds.totalMs);
        const settle = (exchanged: DirectlyExchanged) => {
          exchanging = null;
          clearTimeout(deadline);
          socket.setTimeout(0);
          // Idle connections do not keep the process alive.
          socket.unref();
          resolve(exchanged);
        };
        exchanging = { bounds, settle, head: null, target: headRoom, filled: 0 };
        socket.ref();
        socket.setTimeout(bounds.idleMs);
        socket.write(head, 'latin1');
      }),
  };
}

/** TLS with what Node's own client asks for: the certificates of the system and of NODE_EXTRA_CA_CERTS, and HTTP/1.1. */
function connect(url: URL, onread: NonNullable<TcpNetConnectOpts['onread']>): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const place = { host, port, noDelay: true, keepAlive: true, onread };
  if (!isSecure) return connectPlain(place);
  return connectSecurely({ ...place, ALPNProtocols: ['http/1.1'], ...(isIP(host) === 0 ? { servername: host } : {}) });
}
