/** What a look at the first opcodes of a file found. */
export type OpcodeScan = 'ends' | 'calls' | 'unclear' | 'broken';

type Argument = number | 'line' | 'number' | 'quoted' | 'names' | readonly ['length', number];

/** Argument, values taken, values given; `-1` taken means everything above the mark. */
type Opcode = readonly [argument: Argument, taken: number, given: number];

const opcodes = new Map<number, Opcode>();
const define = (codes: string, ...opcode: Opcode): void => {
  for (const code of codes) opcodes.set(code.charCodeAt(0), opcode);
};
define('N\x88\x89])}\x8f\x97', 0, 0, 1);
define('IFL', 'number', 0, 1);
define('VP', 'line', 0, 1);
define('S', 'quoted', 0, 1);
define('c', 'names', 0, 1);
define('K\x82', 1, 0, 1);
define('M\x83', 2, 0, 1);
define('J\x84', 4, 0, 1);
define('G', 8, 0, 1);
define('UC\x8a\x8c', ['length', 1], 0, 1);
define('TXB\x8b', ['length', 4], 0, 1);
define('\x8d\x8e\x96', ['length', 8], 0, 1);
define('h', 1, 0, 1);
define('j', 4, 0, 1);
define('g', 'number', 0, 1);
define('q', 1, 1, 1);
define('r', 4, 1, 1);
define('p', 'number', 1, 1);
define('\x94\x98', 0, 1, 1);
define('2', 0, 1, 2);
define('Q\x85', 0, 1, 1);
define('Rab\x81\x86\x93', 0, 2, 1);
define('s\x87\x92', 0, 3, 1);
define('tld\x91o', 0, -1, 1);
define('i', 'names', -1, 1);
define('1', 0, -1, 0);
define('\x80', 1, 0, 0);
define('\x95', 8, 0, 0);

/** A length whose top byte is a printable character is text that was taken for a length. */
const longestArgument = 2 ** 28;
const importCodes = new Set([0x63, 0x69, 0x93]);
/** REDUCE, OBJ, INST, BUILD, NEWOBJ and NEWOBJ_EX. */
const callCodes = new Set([0x52, 0x6f, 0x69, 0x62, 0x81, 0x92]);
const mostMarks = 1000;

/**
 * Whether bytes can be the beginning of a pickle: every opcode known, every argument sound, and no value taken that was
 * not given. `calls` as soon as something imported can have been called, which a loader does before it meets what is
 * broken behind; `ends` at a sound STOP.
 */
export function scanOpcodes(bytes: Uint8Array): OpcodeScan {
  const marks: number[] = [];
  let depth = 0;
  let position = 0;
  let hasImport = false;
  while (position < bytes.length) {
    const code = bytes[position++] ?? 0;
    if (code === 0x2e) return depth >= 1 ? 'ends' : 'broken';
    if (code === 0x28) {
      if (marks.push(depth) > mostMarks) return 'broken';
      depth = 0;
      continue;
    }
    // POP takes the mark when there is nothing above it; APPENDS, SETITEMS and ADDITEMS need a target below it.
    const takesMark = code === 0x30 ? depth === 0 : 'eu\x90'.includes(String.fromCharCode(code));
    const opcode: Opcode | undefined =
      code === 0x30 ? [0, takesMark ? -1 : 1, 0] : takesMark ? [0, -1, 0] : opcodes.get(code);
    if (opcode === undefined) return 'broken';
    const [argument, taken, given] = opcode;
    const next = argumentEnd(bytes, position, argument);
    if (next === null) return 'broken';
    if (taken >= 0 ? depth < taken : marks.length === 0) return 'broken';
    depth = (taken >= 0 ? depth - taken : (marks.pop() ?? 0)) + given;
    if (takesMark && code !== 0x30 && depth < 1) return 'broken';
    hasImport ||= importCodes.has(code) && next <= bytes.length;
    if (hasImport && callCodes.has(code)) return 'calls';
    position = next;
  }
  return 'unclear';
}

/** Where an argument ends, past the bytes when it is cut off there; null when it cannot be one. */
function argumentEnd(bytes: Uint8Array, start: number, argument: Argument): number | null {
  if (typeof argument === 'number') return start + argument;
  if (typeof argument === 'object') return lengthEnd(bytes, start, argument[1]);
  const first = lineAt(bytes, start);
  if (first === null) return bytes.length + 1;
  const end = start + first.length + 1;
  if (argument === 'line') return end;
  if (argument === 'number') return /^[-+]?(?:\d[\d.e+-]*|inf|nan)L?\r?$/.test(first) ? end : null;
  if (argument === 'quoted') return /^(['"]).*\1\s*$/s.test(first) ? end : null;
  const second = lineAt(bytes, end);
  if (!/^[\w.]+$/.test(first)) return null;
  if (second === null) return bytes.length + 1;
  return /^[\w.<>]+$/.test(second) ? end + second.length + 1 : null;
}

function lengthEnd(bytes: Uint8Array, start: number, widthBytes: number): number | null {
  let length = 0;
  for (let index = 0; index < widthBytes; index++) length += (bytes[start + index] ?? 0) * 256 ** index;
  return length < longestArgument || widthBytes === 8 ? start + widthBytes + length : null;
}

function lineAt(bytes: Uint8Array, start: number): string | null {
  const end = bytes.indexOf(0x0a, start);
  return end < 0 ? null : String.fromCharCode(...bytes.subarray(start, end));
}
