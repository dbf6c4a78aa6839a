/** A body that came in chunks. */
export interface JoinedChunks {
  readonly body: Buffer;
  /** That it took on its way, from the first chunk to the empty line behind the last. */
  readonly lengthBytes: number;
}

/** Of at most 4 GiB, and more digits than that nobody needs. */
const sizeLine = /^[0-9A-Fa-f]{1,8}$/;
const lineEnd = '\r\n';

/**
 * Joins the chunks of a body (RFC 9112, 7.1), of which `bytes` has the beginning. Null when it has not come whole;
 * 'unusual' for extensions of chunks, for fields behind the last one, and for what is not written exactly as the standard
 * has it: that leaves a doubt where the body ends.
 */
export function joinChunks(bytes: Buffer): JoinedChunks | null | 'unusual' {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const endOfLine = bytes.indexOf(lineEnd, at);
    if (endOfLine === -1) return isBeginOfSize(bytes.toString('latin1', at)) ? null : 'unusual';
    const text = bytes.toString('latin1', at, endOfLine);
    if (!sizeLine.test(text)) return 'unusual';
    const start = endOfLine + lineEnd.length;
    const end = start + Number.parseInt(text, 16);
    const behind = bytes.toString('latin1', end, end + lineEnd.length);
    if (!lineEnd.startsWith(behind)) return 'unusual';
    if (behind !== lineEnd) return null;
    at = end + lineEnd.length;
    if (start === end) return { body: Buffer.concat(chunks), lengthBytes: at };
    chunks.push(bytes.subarray(start, end));
  }
}

/** Whether the line of a size can go on like that. */
function isBeginOfSize(text: string): boolean {
  return /^(?:[0-9A-Fa-f]{1,8}\r?)?$/.test(text);
}
