import type { Digest } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';

/**
 * A folder of the local disk that files are brought into. Names are relative, `/`-separated and have no `..`; whoever
 * makes them up from what others wrote checks that first. A name that leads through a symbolic link inside the folder is
 * refused, so that nothing is ever written outside it. All methods @throws store/io
 */
export interface LocalFolder {
  /** Absolute. */
  readonly path: string;
  /** Absolute path of a name, for whoever writes the file. */
  place(name: string): Promise<string>;
  /** Size of the regular file of that name; null when there is none, or something else is there. */
  sizeOf(name: string): Promise<number | null>;
  /** SHA-256 of a file that is there. */
  digestOf(name: string): Promise<Digest>;
  /** Random access to a regular file; null when there is none. The caller closes it. */
  open(name: string): Promise<(ByteSource & { close(): Promise<void> }) | null>;
  /** Writes a file atomically: the name has what it had until all pieces came. The pieces' failure is passed on. */
  write(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * The same of a file whose digest is known, as `write` of pieces that follow on what an earlier, broken attempt has left
   * of it: at most its size, and none of it compared with anything. A failure that may pass keeps what came for the next
   * attempt; after every other one nothing is left. No two processes go on with the same bytes.
   */
  resume(
    name: string,
    known: { readonly digest: Digest; readonly sizeBytes: number },
    pieces: (left: ByteSource) => AsyncIterable<Uint8Array>,
  ): Promise<void>;
}
