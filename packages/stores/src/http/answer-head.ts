import type { IncomingHttpHeaders } from 'node:http';

/** What comes before the body of an answer that needs no further knowledge to be read. */
export interface AnswerHead {
  /** From 200. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Of the body that follows; null where it comes in chunks. */
  readonly lengthBytes: number | null;
  /** How long the connection may be used again once the body is there; 0 when it may not, null when nothing says it. */
  readonly keptMs: number | null;
}

/** Where the head of an answer ends, with the empty line; null when it has not come whole. */
export function endOfHead(bytes: Buffer): number | null {
  const end = bytes.indexOf('\r\n\r\n');
  return end === -1 ? null : end + 4;
}

const statusLine = /^HTTP\/1\.1 ([2-5]\d\d) [\t\x20-\x7e\x80-\xff]*$/;
/** A field name is a token; its value has no control characters, and no line is folded (RFC 9112, 5). */
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)$/;

/** Whoever keeps a connection open for so long may close it a moment earlier than we think. */
const keptMarginMs = 1000;

/**
 * Reads the head of an answer (RFC 9112, 4 to 6), of which `bytes` is all up to the empty line. Null for whatever leaves
 * a doubt where its body ends, or is not written exactly as the standard has it: an interim answer, a length that is
 * missing, said twice, no number, or said beside chunks, HTTP/1.0, a stray line end.
 */
export function parseAnswerHead(bytes: Buffer): AnswerHead | null {
  const [first = '', ...lines] = bytes.toString('latin1', 0, bytes.length - 4).split('\r\n');
  const status = statusLine.exec(first)?.[1];
  if (status === undefined) return null;
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = fieldLine.exec(line) ?? [];
    if (name === '') return null;
    const key = name.toLowerCase();
    headers[key] = Object.hasOwn(headers, key) ? `${headers[key]}, ${value.trim()}` : value.trim();
  }
  // Of these the length tells what another answer would have had.
  const lengthBytes = status === '204' || status === '304' ? undefined : lengthOf(headers);
  return lengthBytes === undefined ? null : { status: Number(status), headers, lengthBytes, keptMs: keptMsOf(headers) };
}

function lengthOf(headers: Readonly<Record<string, string>>): number | null | undefined {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  if (length === undefined) return encoding?.toLowerCase() === 'chunked' ? null : undefined;
  return encoding === undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

function keptMsOf(headers: Readonly<Record<string, string>>): number | null {
  const wishes = (headers['connection'] ?? '').toLowerCase().split(/[\t ,]+/);
  if (wishes.includes('close')) return 0;
  const seconds = /(?:^|[\t ,])timeout=(\d{1,6})(?:[\t ,]|$)/i.exec(headers['keep-alive'] ?? '')?.[1];
  return seconds === undefined ? null : Math.max(0, Number(seconds) * 1000 - keptMarginMs);
}
