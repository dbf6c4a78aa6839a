import { parseUtf8 } from '@weighbridge/core';

const named: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text of a STRING opcode's line: quoted, with the escapes of Python's byte literals. Null when it is not quoted. */
export function parseQuoted(line: string): string | null {
  const trimmed = line.trim();
  const quote = trimmed[0];
  if (trimmed.length < 2 || (quote !== "'" && quote !== '"') || !trimmed.endsWith(quote)) return null;
  return trimmed.slice(1, -1).replaceAll(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S])/g, (whole, escape: string) => {
    if (escape.length > 1 && escape.startsWith('x')) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (/^[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8) & 0xff);
    return Object.hasOwn(named, escape) ? (named[escape] ?? whole) : whole;
  });
}

/** The text of a UNICODE opcode's line: Latin-1 with `\uXXXX` and `\UXXXXXXXX` (Python's raw-unicode-escape). */
export function parseRawUnicode(line: string): string {
  return line.replaceAll(/(\\+)(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/g, (whole, slashes: string, escape: string) => {
    const point = Number.parseInt(escape.slice(1), 16);
    // Only an odd number of backslashes escapes; code points beyond Unicode stay as they are written.
    if (slashes.length % 2 === 0 || point > 0x10ffff) return whole;
    return slashes.slice(1) + String.fromCodePoint(point);
  });
}

/** A line of module or attribute name, which Python reads as UTF-8. */
export function parseNameLine(line: string): string {
  const bytes = Uint8Array.from(line, (character) => character.charCodeAt(0));
  try {
    return parseUtf8(bytes);
  } catch {
    // Not UTF-8: Python refuses to load it; the Latin-1 reading is listed, so that nothing is hidden.
    return line;
  }
}

/** An INT or LONG line: Python's decimal integers; `00` and `01` of INT are the booleans. */
export function parseIntegerLine(line: string, isInt: boolean): boolean | number | bigint {
  const digits = line.trim().replace(/L$/, '');
  if (isInt && line === '00') return false;
  if (isInt && line === '01') return true;
  if (!/^[+-]?\d{1,4300}$/.test(digits)) return Number.NaN;
  const value = BigInt(digits);
  return narrow(value);
}

/** Little-endian two's complement of LONG1 and LONG4. */
export function parseLongBytes(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let index = bytes.length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[index] ?? 0);
  return narrow(bytes.length === 0 ? 0n : BigInt.asIntN(8 * bytes.length, value));
}

function narrow(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}
