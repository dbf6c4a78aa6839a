import { isIP, connect as connectPlain, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { type AnswerHead, endOfHead, parseAnswerHead } from './answer-head.js';
import { joinChunks } from './chunked-body.js';
import { type ExchangeBounds, type Exchanged, reasonOf, seconds } from './exchanged.js';

/** As much as Node's own client takes. */
const maxHeadBytes = 16 * 1024;

/** Documents and refusals; a larger answer without a length is left to the usual client. */
const maxChunkedBytes = 64 * 1024;

/** An answer, the reason why there is none, or that it is one which only the usual client can read. */
export type DirectlyExchanged = Exchanged | { readonly kind: 'unusual' };

/** One connection to a server, for one request at a time. */
export interface DirectConnection {
  /**
   * Sends a request, its head first, from where its pieces lie, and reads its answer. The connection must be usable. A
   * server may answer before it was sent all: it gets no more then.
   */
  ask(pieces: readonly Uint8Array[], bounds: ExchangeBounds): Promise<DirectlyExchanged>;
  /** Whether another request may be sent over it. */
  isUsable(): boolean;
  close(): void;
}

/** An exchange that goes on. */
interface Exchanging {
  readonly bounds: ExchangeBounds;
  readonly settle: (exchanged: DirectlyExchanged) => void;
  /** Whether the system has taken all of the request. */
  isSent: boolean;
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
    else goOn(exchanging, exchanging.head);
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
    now.head = head;
    if (head.lengthBytes === null) {
      if (maxBytes > maxChunkedBytes) return end({ kind: 'unusual' });
      // Sizes and line ends of chunks take less than what they hold, but for those of a few bytes.
      now.target = Buffer.allocUnsafeSlow(2 * maxChunkedBytes);
    } else {
      if (head.lengthBytes > maxBytes) return broken(`an answer of more than ${maxBytes} bytes`);
      if (early.length > head.lengthBytes) return broken('more bytes than were announced');
      const isGood = head.status === 200 || head.status === 206;
      now.target = isGood && into?.length === head.lengthBytes ? into : Buffer.allocUnsafeSlow(head.lengthBytes);
    }
    now.target.set(early);
    now.filled = early.length;
    goOn(now, head);
  }

  function goOn(now: Exchanging, head: AnswerHead): void {
    if (head.lengthBytes === null) joinIfWhole(now, head);
    else if (now.filled === head.lengthBytes) finish(now, head, now.target);
  }

  function joinIfWhole(now: Exchanging, head: AnswerHead): void {
    const { maxAnswerBytes: maxBytes } = now.bounds;
    const joined = joinChunks(Buffer.from(now.target.buffer, now.target.byteOffset, now.filled));
    if (joined === 'unusual') end({ kind: 'unusual' });
    else if (joined !== null && joined.lengthBytes < now.filled) broken('more bytes than were announced');
    else if ((joined?.body.length ?? 0) > maxBytes || (joined === null && now.filled === now.target.length))
      broken(`an answer of more than ${maxBytes} bytes`);
    else if (joined !== null) finish(now, head, joined.body);
  }

  function finish(now: Exchanging, { status, headers, keptMs }: AnswerHead, bytes: Uint8Array): void {
    const answer: DirectlyExchanged = { kind: 'answer', status, headers, bytes };
    // The memory of the request belongs to its owner again from here on.
    if (!now.isSent) return end(answer);
    if (keptMs !== null) usableUntilMs = performance.now() + keptMs;
    now.settle(answer);
  }

  function send(now: Exchanging, pieces: readonly Uint8Array[]): void {
    const last = pieces.length - 1;
    // Corked, so that the head leaves together with what follows it; alone it leaves sooner without.
    if (last > 0) socket.cork();
    for (const [index, piece] of pieces.entries()) {
      if (index < last) socket.write(piece);
      else
        socket.write(piece, () => {
          now.isSent = true;
        });
    }
    if (last > 0) socket.uncork();
  }

  return {
    close: () => socket.destroy(),
    isUsable: () => exchanging === null && !socket.destroyed && performance.now() < usableUntilMs,
    ask: (pieces, bounds) =>
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
        exchanging = { bounds, settle, isSent: false, head: null, target: headRoom, filled: 0 };
        socket.ref();
        socket.setTimeout(bounds.idleMs);
        send(exchanging, pieces);
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
