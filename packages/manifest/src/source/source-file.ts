import { type Fault, makeFault } from './fault.js';
import type { Position } from './line-index.js';

/** A file as the caller read it. `path` is what faults name; it is never opened. */
export type SourceFile = { readonly path: string } & ({ readonly bytes: Uint8Array } | { readonly text: string });

/** The text of a file without a byte order mark, or the fault that keeps it from being read. */
export function readText(source: SourceFile, maxBytes: number): string | Fault {
  const sizeBytes = 'bytes' in source ? source.bytes.length : source.text.length;
  if (sizeBytes > maxBytes) {
    const at = { file: source.path, position: { line: 1, column: 1 }, path: [] };
    return makeFault(at, 'manifest/too-large', { sizeBytes, maxBytes });
  }
  if ('text' in source) return withoutMark(source.text);
  const text = decodeUtf8(source.bytes);
  if (text !== null) return withoutMark(text);
  const offset = validUtf8Length(source.bytes);
  const at = { file: source.path, position: bytePosition(source.bytes, offset), path: [] };
  return makeFault(at, 'manifest/encoding', { offset });
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** One for all files: making it takes longer than what it does for one. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}

/** Bytes before the first that cannot be UTF-8 (RFC 3629, section 4). */
function validUtf8Length(bytes: Uint8Array): number {
  let offset = 0;
  while (offset < bytes.length) {
    const length = characterLength(bytes, offset);
    if (length === 0) return offset;
    offset += length;
  }
  return offset;
}

/** Length in bytes of the character that starts at an offset; 0 when none does. */
function characterLength(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  const second = bytes[offset + 1] ?? 0;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let index = 2; index < length; index++) if (((bytes[offset + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function bytePosition(bytes: Uint8Array, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let index = 0; index < offset; index++) {
    if (bytes[index] === 0x0a) {
      line++;
      start = index + 1;
    }
  }
  return { line, column: offset - start + 1 };
}
