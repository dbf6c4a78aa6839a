import { Readable, pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

/** Raw DEFLATE (RFC 1951) from pieces to pieces, by node:zlib; stops reading when its reader stops. */
export function inflateStream(compressed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const inflate = createInflateRaw();
  // Faults of either end reach whoever reads, who is the one to tell them.
  pipeline(Readable.from(compressed, { objectMode: false }), inflate, () => {});
  return inflate;
}
