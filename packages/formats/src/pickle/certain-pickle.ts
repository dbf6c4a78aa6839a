/** The opcode that begins every pickle since protocol 2. */
const protocolOpcode = 0x80;

/**
 * GLOBAL or INST with two names that Python could import, after any marks and empty containers, and then an opcode that
 * a pickler would write there.
 */
const importPattern =
  /^[(\]})l]*[ci][A-Za-z_][A-Za-z0-9_.]*\n[A-Za-z_][A-Za-z0-9_.]*\n(?:p\d+\n|[q()\]}.\x80-\xff]|[SV]['"\\]?|[IF][-\d]|c[A-Za-z_][A-Za-z0-9_.]*\n)/;

/**
 * Whether the first bytes of a file are a pickle's whatever follows: what is broken behind them is a broken pickle then, and
 * loading it would run what stands before.
 */
export function isCertainPickle(firstBytes: Uint8Array): boolean {
  return firstBytes[0] === protocolOpcode || importPattern.test(String.fromCharCode(...firstBytes));
}
