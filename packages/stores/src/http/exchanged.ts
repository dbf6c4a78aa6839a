import type { IncomingHttpHeaders } from 'node:http';

/** One request whose answer fits into memory. */
export interface Question {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent one after another from where they lie, never copied; they must not change until the answer is there. */
  readonly body: readonly Uint8Array[];
}

/** What one exchange may take. */
export interface ExchangeBounds {
  /** How long nothing may move, in either direction. */
  readonly idleMs: number;
  /** How long all of it may take. */
  readonly totalMs: number;
  readonly maxAnswerBytes: number;
  /** Where the body of a good answer goes when it is announced to be exactly as long, until the exchange is over. */
  readonly into?: Uint8Array | undefined;
}

/** A whole answer, or why there is none. Whatever `broken` says is ours or the name of a system error. */
export type Exchanged =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'broken'; readonly reason: string };

/** The name of a system error such as ECONNRESET or CERT_HAS_EXPIRED: texts of errors can quote what was sent. */
export function reasonOf(cause: Error): string {
  const code = 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'the connection failed';
}

/** How messages show a bound. */
export function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
