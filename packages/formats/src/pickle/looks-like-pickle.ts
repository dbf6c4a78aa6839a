import { scanOpcodes } from './scan-opcodes.js';

/** Beginnings that Python's pickler gives to protocols 0 and 1 and that prose, tables and JSON do not have. */
const plainStart = /^(?:\([dlt]p\d+\n|[\])}]q[\0-\x20]|\([IFL][-+.\de]+L?\n)/;

const examinedBytes = 512;

/** Python has protocols up to 5, and got one in ten years. Every loader ends at a PROTO above its own, before anything runs. */
const highestProtocol = 8;

/**
 * Whether the first bytes of a file (512 are best) can be those of a pickle. From protocol 2 on they are PROTO and the
 * protocol; what names one that no Python will have soon is none. Protocols 0 and 1 have no signature: their usual beginnings are taken, and whatever is sound as opcodes up to
 * its first call or its end, because loaders do not ask how a pickle begins.
 */
export function looksLikePickle(firstBytes: Uint8Array): boolean {
  const [first = 0, second = 0] = firstBytes;
  if (firstBytes.length < 2) return false;
  if (first === 0x80 && second >= 1 && second <= 5) return true;
  if (first === 0x80 && second > highestProtocol) return false;
  const examined = firstBytes.subarray(0, examinedBytes);
  if (plainStart.test(String.fromCharCode(...examined))) return true;
  const scan = scanOpcodes(examined);
  return scan === 'calls' || scan === 'ends' || (scan === 'unclear' && examined.length === examinedBytes);
}
